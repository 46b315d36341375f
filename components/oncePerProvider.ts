import type * as pulumi from "@pulumi/pulumi";
import { perOperation } from "./perProgram";

/** Asks the provider of a function each question once in a program, whichever components have it. */
export function oncePerProvider<T>(token: string) {
  const answers = perOperation(() => new Map<pulumi.ProviderResource | undefined, Map<string, Promise<T>>>());
  return (
    options: pulumi.CustomResourceOptions,
    question: string,
    ask: (isDefaultProvider: boolean) => Promise<T>,
  ): Promise<T> => {
    const provider = options.parent?.getProvider(token);
    const known = answers().get(provider) ?? new Map<string, Promise<T>>();
    answers().set(provider, known);
    const answer = known.get(question) ?? ask(provider === undefined);
    known.set(question, answer);
    return answer;
  };
}
