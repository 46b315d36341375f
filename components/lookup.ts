import * as pulumi from "@pulumi/pulumi";
import { sameError } from "./errors";

/** A look-up with the provider of the component. */
export function lookupOptions({ parent }: pulumi.CustomResourceOptions): pulumi.InvokeOptions {
  return parent === undefined ? {} : { parent };
}

/** Undefined where the cloud knows no such thing, or doesn't tell us: what is then asked of it tells. */
export async function found<T>(lookup: Promise<T>): Promise<T | undefined> {
  return lookup.catch(() => undefined);
}

/** Says in one line why a look-up failed, from the provider's own words, which are not repeated. */
export type Explain = (said: string) => string;

/** The answer of a look-up. A failure is one line, once for the whole program. */
export async function answerTo<T>(lookup: Promise<T>, explain: Explain): Promise<T> {
  return lookup.catch((error) => {
    throw explained(error, explain);
  });
}

/**
 * The same for a look-up in the output form, which waits for what its options name and is unknown in a preview that
 * creates that. Pulumi would print its failure with stack frames, behind the name of each input that fails with it.
 */
export function outputOf<T>(looked: pulumi.Output<T>, explain: Explain): pulumi.Output<T> {
  const settled = failureOf(looked).then((failure) => {
    if (failure === undefined) return looked;
    throw explained(failure, explain);
  });
  return pulumi.output(settled) as pulumi.Output<T>;
}

/** As `found`, and undefined too in a preview that creates what the look-up waits for. */
export async function foundIfKnown<T>(looked: pulumi.Output<T>): Promise<T | undefined> {
  if ((await failureOf(looked)) !== undefined || !(await promisesOf(looked).isKnown)) return undefined;
  return new Promise((resolve) => void looked.apply(resolve));
}

async function failureOf(output: pulumi.Output<unknown>): Promise<Error | undefined> {
  const outcomes = await Promise.allSettled(Object.values(promisesOf(output)));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  return failed === undefined ? undefined : (failed.reason as Error);
}

/**
 * An Output fails by promises of its own, and Pulumi prints what nobody handles
 * (https://github.com/pulumi/pulumi/blob/v3.250.0/sdk/nodejs/output.ts, OutputImpl).
 */
function promisesOf(output: pulumi.Output<unknown>): { isKnown: Promise<boolean>; isSecret: Promise<boolean> } {
  const { isKnown, isSecret } = output as unknown as ReturnType<typeof promisesOf>;
  return { isKnown, isSecret };
}

/** An error of ours, by which something that was waited for failed, stays as it is; so does that of an engine which is going away. */
function explained(error: Error, explain: Explain): Error {
  return isSaid(error) ? error : sameError(explain(error.message));
}

function isSaid(error: Error): boolean {
  return pulumi.RunError.isInstance(error) || pulumi.isGrpcError(error);
}
