import type { z } from "zod";
import { InputError } from "../errors";
import { describe, describeIssue, locate } from "./issues";

/**
 * Checks the plain data of a component's arguments at once and reports every problem, one line each. Other languages
 * hand over arguments unchecked (facts/pulumi-components.md b), so types alone are not enough.
 */
export function check(kind: string, name: string, shape: z.ZodType, data: unknown): void {
  const result = shape.safeParse(data, { error: describeIssue });
  if (result.success) return;
  throw new InputError(
    result.error.issues.flatMap(locate).map(({ path, message }) => `${kind} "${name}": ${describe(path, message)}`),
  );
}
