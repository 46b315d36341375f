import type { Entry } from "./entries";
import { at } from "./problems";
import type { Settings } from "./settings";
import { configKeyOf, type SecretEntry } from "./shapes";

/** Warnings about a secret's values, by place. They never hold a value. */
export function valueWarnings(secret: Entry<SecretEntry>, settings: Settings): string[] {
  const { value, fields = {} } = secret.known as SecretEntry;
  const values: [path: string[], value: unknown][] = [
    [["value"], value],
    ...Object.entries(fields).map(([field, given]): [string[], unknown] => [["fields", field], given]),
  ];
  return values.flatMap(([path, given]) => {
    const told = [inClear(given, settings), lineBreak(given, secret.blockStyle(path))];
    return told.flatMap((message) => (message === undefined ? [] : [`${at(secret.place(path))}: ${message}`]));
  });
}

function inClear(value: unknown, settings: Settings): string | undefined {
  const key = configKeyOf(value);
  if (key !== undefined) {
    return settings.isInClear(key)
      ? `configuration key "${key}" stands in the stack's configuration in clear: run pulumi config set --secret ${key}`
      : undefined;
  }
  return value === undefined
    ? undefined
    : "the value stands in the file in clear: set it with pulumi config set --secret KEY and write { config: KEY }";
}

/** A block text ends in a line break unless it says otherwise: https://yaml.org/spec/1.2.2/#8112-block-chomping-indicator */
function lineBreak(value: unknown, style: string | undefined): string | undefined {
  if (style === undefined || typeof value !== "string" || !value.endsWith("\n")) return undefined;
  return `the value ends in a line break, which is stored with it: write ${style}- to leave it out, or ${style}+ to keep it`;
}
