import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import { isReserved } from "./reservedNames";

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
      return "is an empty list: add something, or leave it out";
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

/** A problem and its place. `key` is what the user chose as the last part of the path. */
export interface Located {
  path: PropertyKey[];
  message: string;
  key?: string;
}

/** An unknown key is reported at its own place, with the key that was probably meant. */
export function locate(issue: z.core.$ZodIssue): Located[] {
  const { path, message } = issue;
  if (issue.code === "invalid_key") return [{ path, message, key: String(path.at(-1)) }];
  if (issue.code === "custom" && issue.params?.hideKey) return [{ path, message, key: String(path.at(-1)) }];
  if (issue.code !== "unrecognized_keys") return [{ path, message }];
  // A name that nothing may have is told by itself.
  const keys = issue.keys.filter((key) => !isReserved(key));
  return keys.map((key) => {
    const meant = nearest(key, knownKeys(message));
    return {
      path: [...path, key],
      ...(meant === undefined ? { message, key } : { message: `unknown key: did you mean ${meant}?` }),
    };
  });
}

const keysHere = "unknown key: the keys here are ";

/** Marks a key that is known only to be refused with a message of its own. */
export const notOffered = { notOffered: true };

function unknownKey(inst: unknown): string {
  const shape = (inst as { _zod?: { def?: { shape?: z.ZodRawShape } } } | undefined)?._zod?.def?.shape ?? {};
  const offered = Object.entries(shape).filter(([, key]) => (key as z.ZodType).meta()?.notOffered !== true);
  return keysHere + offered.map(([key]) => key).join(", ");
}

function knownKeys(message: string): string[] {
  return message.slice(keysHere.length).split(", ");
}

/** The one of several names that was probably meant; undefined where none is near. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  return candidates.find((known) => isNearly(known, name));
}

/** Two letters away at most, whatever their case: then it is a key's name, and no value that lost its quotes. */
function isNearly(known: string, key: string): boolean {
  const [a, b] = [known.toLowerCase(), key.toLowerCase()];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] as number) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] as number) + 1, (next[j] as number) + 1));
    }
    row = next;
  }
  return (row.at(-1) as number) <= Math.min(2, a.length - 2);
}
