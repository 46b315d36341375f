import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { perOperation } from "./perProgram";

/**
 * The user's input or account is wrong. `RunError` makes the engine print the message without a stack. Messages name
 * what, where, the rule and what to do, one line for each problem, and never hold a value.
 */
export class InputError extends pulumi.RunError {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
    // Pulumi writes "error serializing property" before what fails in an Output, once for each input that it fails.
    const { message } = this;
    Object.defineProperty(this, "message", { get: () => message, set: () => {} });
    // The host of a plugin prints the stack of what fails in an Output, and knows no RunError.
    this.stack = message;
  }

  /**
   * Pulumi inspects every error that it reports, and hangs the failed promise on it, and on that hangs the whole program:
   * unfolding all that took 16 seconds and is shown to nobody.
   */
  [inspect.custom](): string {
    return this.message;
  }
}

const told = perOperation(() => new Map<string, InputError>());

/** The error with this text, one for the whole program: Pulumi prints each error once, however many Outputs it fails. */
export function sameError(problem: string): InputError {
  const all = told();
  const error = all.get(problem) ?? new InputError([problem]);
  all.set(problem, error);
  return error;
}
