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

/** The same, and one for a plugin that constructs for a program in another language: it lives for one operation. */
export function perOperation<T>(make: () => T): () => T {
  const ofProgram = perProgram(make);
  let ofPlugin: T | undefined;
  return () => {
    const one = ofProgram();
    if (one !== undefined) return one;
    ofPlugin ??= make();
    return ofPlugin;
  };
}
