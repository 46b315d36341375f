/**
 * A set of texts, as policies speak of them: a sequence of characters, of gaps that take one character, and of gaps that
 * take any number. Nothing more is needed for what IAM, CEL's `startsWith` and Kubernetes say, and it keeps the product of
 * several languages small.
 */
export type Language = readonly Token[];

export type Token = Characters | Gap;

/** One character; several where the case does not matter. */
export interface Characters {
  readonly oneOf: string;
}

export interface Gap {
  /** Any number of characters, none included; else exactly one. */
  readonly many: boolean;
  /** A character that the gap does not take. */
  readonly except?: string;
}

export const anything: Language = [{ many: true }];

/** The text itself. */
export function text(value: string): Language {
  return [...units(value)].map((oneOf) => ({ oneOf }));
}

export function textIgnoringCase(value: string): Language {
  return units(value).map((one) => ({ oneOf: [...new Set([one.toLowerCase(), one.toUpperCase(), one])].join("") }));
}

/** Policies count UTF-16 units, as JavaScript does. */
function units(value: string): string[] {
  return value.split("");
}
