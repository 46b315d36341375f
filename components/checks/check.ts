import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Fault } from "../backend";
import { InputError } from "../errors";
import { describe, describeIssue, locate } from "./issues";

/**
 * Checks the plain data of a component's arguments at once and reports every problem, one line each. Other languages
 * hand over arguments unchecked (facts/pulumi-components.md b), so types alone are not enough.
 */
export function check(kind: string, name: string, shape: z.ZodType, data: unknown): void {
  const result = shape.safeParse(data, { error: describeIssue });
  if (result.success) return;
  const problems = result.error.issues.flatMap((issue) => {
    const path = pathToOutput(data, issue);
    return path === undefined ? locate(issue) : [{ path, message: notWrittenOut }];
  });
  refuse(kind, name, problems);
}

/** Throws what is wrong with a component's arguments, one line each; does nothing where nothing is. */
export function refuse(kind: string, name: string, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const lines = faults.map(({ path, message }) => `${kind} "${name}": ${describe(path, message)}`);
  throw new InputError([...new Set(lines)]);
}

const notWrittenOut =
  "must be written out here, key by key: an Output (a reference to a resource or a secret) can't stand for the whole";

/** Where an Output stands for an object: zod takes it for one, whose keys are all wrong. */
function pathToOutput(data: unknown, issue: z.core.$ZodIssue): PropertyKey[] | undefined {
  const isAboutAll = issue.code === "unrecognized_keys" || issue.code === "custom";
  const container = isAboutAll ? issue.path : issue.path.slice(0, -1);
  let value = data;
  for (const [index, key] of container.entries()) {
    value = (value as Record<PropertyKey, unknown>)[key];
    if (pulumi.Output.isInstance(value)) return container.slice(0, index + 1);
  }
  return undefined;
}
