import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { Fault } from "../backend";
import { InputError } from "../errors";
import { describe, describeIssue, locate } from "./issues";
import { reservedKeys } from "./reservedNames";

/**
 * Checks the plain data of a component's arguments at once and reports every problem, one line each. Other languages
 * hand over arguments unchecked (facts/pulumi-components.md b), so types alone are not enough.
 */
export function check(kind: string, name: string, shape: z.ZodType, data: unknown): void {
  const result = shape.safeParse(data, { error: describeIssue });
  const issues = result.error?.issues ?? [];
  const problems = issues.flatMap((issue) => {
    const live = liveObject(data, issue);
    return live === undefined ? locate(issue) : [{ path: live.path, message: messageFor(live) }];
  });
  refuse(kind, name, [...reservedKeys(data), ...problems]);
}

/** Throws what is wrong with a component's arguments, one line each; does nothing where nothing is. */
export function refuse(kind: string, name: string, faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const lines = faults.map(({ path, message }) => `${kind} "${name}": ${describe(path, message)}`);
  throw new InputError([...new Set(lines)]);
}

const notWrittenOut =
  "must be written out here, key by key: an Output (a reference to a resource or a secret) can't stand for the whole";

/** An Output or a resource where plain data belongs, and the way to it. */
interface Live {
  path: PropertyKey[];
  value: unknown;
}

function messageFor({ value, path }: Live): string {
  if (!pulumi.Resource.isInstance(value)) return notWrittenOut;
  const { ref } = value as { ref?: { name?: string } };
  if (ref === undefined) return "is a resource: write out what is asked for here, key by key";
  return `is the component itself: write ${camelCase(ref.name ?? String(path.at(-1)))}.ref`;
}

/** As a variable is usually called that holds the component. */
function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The Output or resource that stands for an object: zod takes it for one, whose keys are all wrong. */
function liveObject(data: unknown, issue: z.core.$ZodIssue): Live | undefined {
  const isAboutAll = issue.code === "unrecognized_keys" || issue.code === "custom";
  const container = isAboutAll ? issue.path : issue.path.slice(0, -1);
  let value = data;
  for (const [index, key] of container.entries()) {
    value = (value as Record<PropertyKey, unknown>)[key];
    if (pulumi.Output.isInstance(value) || pulumi.Resource.isInstance(value)) {
      return { path: container.slice(0, index + 1), value };
    }
  }
  return undefined;
}
