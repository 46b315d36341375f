import { types } from "node:util";
import * as pulumi from "@pulumi/pulumi";

/**
 * Uses a value at once where the program has it, and in an Output only where it comes later. With Outputs alone, one
 * image that is still being built would make the whole workload unknown in the preview, and hide its faults.
 */
export function whenKnown<T, Result>(input: unknown, use: (known: T) => pulumi.Input<Result>): pulumi.Input<Result> {
  if (!isLater(input)) return use(input as T);
  return (pulumi.output(input) as pulumi.Output<unknown>).apply((known) => use(known as T)) as pulumi.Output<Result>;
}

/** The same for several: at once where none of them comes later. */
export function whenAllKnown<T extends unknown[], Result>(
  inputs: readonly unknown[],
  use: (known: T) => pulumi.Input<Result>,
): pulumi.Input<Result> {
  return whenKnown(inputs.some(isLater) ? pulumi.all([...inputs]) : inputs, use);
}

/** What is unknown in a preview is no Output where a transform receives it, but a value of its own. */
function isLater(input: unknown): boolean {
  return pulumi.Output.isInstance(input) || types.isPromise(input) || pulumi.isUnknown(input);
}
