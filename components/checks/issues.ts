import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";

/**
 * Turns zod's issues into our words: the rule and what to do, never the received value. Messages of our own checks
 * (`custom`) pass through.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue.expected, issue.input);
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}`;
    case "unrecognized_keys":
      return unknownKey(issue.inst);
    case "too_small":
      return issue.origin === "array" || issue.origin === "map" || issue.origin === "record"
        ? `needs at least ${issue.minimum}`
        : issue.origin === "string"
          ? "is empty: give it a text, or leave it out"
          : `must be at least ${issue.minimum}`;
    case "too_big":
      return issue.origin === "string"
        ? `is longer than ${issue.maximum} characters`
        : `must be at most ${issue.maximum}`;
    case "invalid_key":
      return issue.issues[0]?.message;
    default:
      return undefined;
  }
}

/** `field: rule`, or the rule alone where it is about the whole. */
export function describe(path: readonly PropertyKey[], message: string): string {
  return path.length === 0 ? message : `${fieldName(path)}: ${message}`;
}

/** `env.OPENAI_API_KEY.secret`, `secrets[0].name`. */
function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

const article: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a set of keys and values",
  record: "a set of keys and values",
};

function wrongType(expected: string, input: unknown): string {
  const wanted = article[expected] ?? expected;
  if (input === undefined || input === null) return `is missing: it must be ${wanted}`;
  if (pulumi.Output.isInstance(input)) return "must be plain and known when the program is built, not an Output";
  if (expected === "string" && typeof input !== "object") return "must be a text: put it in quotes";
  return `must be ${wanted}`;
}

/** An unknown key is reported at its own place; one that doesn't look like a field's name is not repeated. */
export function locate(issue: z.core.$ZodIssue): { path: PropertyKey[]; message: string }[] {
  if (issue.code !== "unrecognized_keys") return [{ path: issue.path, message: issue.message }];
  return issue.keys.map((key) => ({
    path: /^[a-z]+([A-Z][a-z]*)*$/.test(key) ? [...issue.path, key] : issue.path,
    message: issue.message,
  }));
}

function unknownKey(inst: unknown): string {
  const shape = (inst as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape ?? {};
  return `unknown key: the keys here are ${Object.keys(shape).join(", ")}`;
}
