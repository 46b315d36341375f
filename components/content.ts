import * as pulumi from "@pulumi/pulumi";
import { InputError } from "./errors";

/** A secret's content: one value stored verbatim, or named fields stored as one JSON object. */
export interface SecretContentArgs {
  /** The value. */
  value?: pulumi.Input<string>;
  /** Named values. */
  fields?: Record<string, pulumi.Input<string>>;
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html, and the same at Google. */
export const maximumContentBytes = 65_536;

/** The exact text to store, as a secret. Undefined where neither value nor fields are given. */
export function storedContent(subject: string, content: SecretContentArgs): pulumi.Output<string> | undefined {
  if (content.fields !== undefined) {
    return secretText(fieldsOf(subject, content.fields).apply(fieldsText), (text) =>
      checkSize(`${subject}: fields`, text),
    );
  }
  if (content.value !== undefined) {
    return secretText(pulumi.output(content.value), (text) => checkValue(subject, text));
  }
  return undefined;
}

/** The field of one name, as a secret. */
export function fieldContent(subject: string, content: SecretContentArgs, field: string): pulumi.Output<string> {
  return secretText(pulumi.output(content.fields?.[field] ?? ""), (text) => checkField(subject, field, text));
}

/** One JSON object with sorted keys, so that the same fields are always the same bytes. */
function fieldsText(fields: Record<string, string>): string {
  const sorted = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  // Not through an object: it would put keys that look like numbers first.
  return `{${sorted.map(([field, text]) => `${JSON.stringify(field)}:${JSON.stringify(text)}`).join(",")}}`;
}

function fieldsOf(
  subject: string,
  fields: Record<string, pulumi.Input<string>>,
): pulumi.Output<Record<string, string>> {
  return pulumi.all(fields).apply((known) => {
    for (const [field, text] of Object.entries(known)) checkField(subject, field, text);
    return known;
  });
}

function secretText(text: pulumi.Output<string>, checked: (text: string) => void): pulumi.Output<string> {
  return pulumi.secret(
    text.apply((known) => {
      checked(known);
      return known;
    }),
  );
}

function checkField(subject: string, field: string, text: unknown): void {
  if (typeof text !== "string") throw new InputError([`${subject}: fields.${field}: must be a text`]);
  if (text === "") throw new InputError([`${subject}: fields.${field}: is empty: give it a value, or leave it out`]);
}

function checkValue(subject: string, text: unknown): void {
  if (typeof text !== "string")
    throw new InputError([`${subject}: value: must be a text; for named values use fields`]);
  if (text === "") throw new InputError([`${subject}: value: is empty: give it a value, or leave it out`]);
  checkSize(`${subject}: value`, text);
}

function checkSize(subject: string, text: string): void {
  const problem = sizeProblem(text);
  if (problem !== undefined) throw new InputError([`${subject}: ${problem}`]);
}

/** What is wrong with the size of a value, as it is stored. */
export function sizeProblem(text: string): string | undefined {
  const bytes = Buffer.byteLength(text);
  if (bytes <= maximumContentBytes) return undefined;
  return `has ${bytes} bytes; a secret holds at most ${maximumContentBytes}: shorten it, or make it several secrets`;
}

/** The same for fields, as JSON. Those that are no plain text yet count as empty: they are measured when they are known. */
export function fieldsSizeProblem(fields: Record<string, unknown>): string | undefined {
  const plain = Object.entries(fields).map(([field, text]) => [field, typeof text === "string" ? text : ""] as const);
  return sizeProblem(fieldsText(Object.fromEntries(plain)));
}
