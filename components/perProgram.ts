import * as pulumi from "@pulumi/pulumi";

/**
 * Something that each program has one of: a process may run several programs, each after the other. Undefined where
 * components are constructed for a program in another language, which is not seen from here.
 */
export function perProgram<T>(make: () => T): () => T | undefined {
  const all = new WeakMap<object, T>();
  return () => {
    const stack = pulumi.runtime.getStackResource();
    if (stack === undefined) return undefined;
    const one = all.get(stack) ?? make();
    all.set(stack, one);
    return one;
  };
}

/** The same, and one for each operation of a program in another language, for which a plugin constructs. */
export function perOperation<T>(make: () => T): () => T {
  const ofProgram = perProgram(make);
  const ofOperations = new Map<string, T>();
  return () => {
    const one = ofProgram();
    if (one !== undefined) return one;
    const operation = monitorAddress();
    const ofOperation = ofOperations.get(operation) ?? make();
    ofOperations.set(operation, ofOperation);
    return ofOperation;
  };
}

/** Asks each question once for an operation, whoever has it: the answer is shared. */
export function askedOnce<T>(): (question: unknown, ask: () => Promise<T>) => Promise<T> {
  const answers = perOperation(() => new Map<string, Promise<T>>());
  return (question, ask) => {
    const known = answers();
    const key = JSON.stringify(question);
    const answer = known.get(key) ?? ask();
    known.set(key, answer);
    return answer;
  };
}

/** Each operation of the engine has a resource monitor of its own. */
function monitorAddress(): string {
  const monitor = pulumi.runtime.getMonitor() as { getChannel?: () => { getTarget: () => string } } | undefined;
  return monitor?.getChannel?.().getTarget() ?? "";
}
