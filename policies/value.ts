import * as pulumi from "@pulumi/pulumi";

/** What stands where a value is not known before `up`: never a reason to complain. */
export const notYetKnown: unique symbol = Symbol("not known before up");

/** A property of a resource as a rule sees it: plain data in which what is not known yet has a mark. */
export type Value = undefined | null | boolean | number | string | typeof notYetKnown | Value[] | Values;
export interface Values {
  [key: string]: Value;
}

/**
 * A plain copy for a rule to look at. Policies get properties behind a proxy that throws where a value isn't known yet, and
 * Pulumi then reports that the whole rule "can't run", once for each resource (facts: @pulumi/policy proxy.js). Never
 * hand such a copy to a remediation: it would store secrets in clear.
 */
export function valueOf(given: unknown): Value {
  if (given === null || typeof given !== "object") return given as Value;
  if (Array.isArray(given)) return Array.from({ length: given.length }, (_, index) => property(given, index));
  if (pulumi.asset.Asset.isInstance(given) || pulumi.asset.Archive.isInstance(given)) return notYetKnown;
  return valuesOf(given);
}

export function valuesOf(given: object): Values {
  return Object.fromEntries(Object.keys(given).map((key) => [key, property(given, key)]));
}

function property(given: object, key: PropertyKey): Value {
  let inner: unknown;
  try {
    inner = (given as Record<PropertyKey, unknown>)[key];
  } catch (error) {
    if (isUnknownError(error)) return notYetKnown;
    throw error;
  }
  return valueOf(inner);
}

/** @pulumi/policy exports no class for it. */
function isUnknownError(error: unknown): boolean {
  return error instanceof Error && "unknownTypeSentinel" in error;
}

/** What stands at a path; undefined where the path ends before. What is in something unknown is unknown too. */
export function at(value: Value, ...path: (string | number)[]): Value {
  let inner = value;
  for (const key of path) {
    if (inner === notYetKnown) return notYetKnown;
    if (inner === null || typeof inner !== "object") return undefined;
    inner = (inner as Values)[key];
  }
  return inner;
}

/** Given, even if it is not known yet what. An empty text, list or set is as good as none. */
export function isSet(value: Value): boolean {
  if (value === undefined || value === null || value === "") return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/** Surely not true: false or absent. */
export function isOff(value: Value): boolean {
  return value !== notYetKnown && value !== true && value !== "true";
}

/** The items of a list; one item that stands alone counts as a list of one, and what isn't known as none. */
export function itemsOf(value: Value): Value[] {
  if (value === undefined || value === null || value === notYetKnown) return [];
  return Array.isArray(value) ? value : [value];
}

/** The keys and values of a set; of anything else none. */
export function entriesOf(value: Value): [string, Value][] {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? Object.entries(value) : [];
}

/** Whether anything in a value is not known yet. */
export function hasUnknown(value: Value): boolean {
  if (value === notYetKnown) return true;
  return value !== null && typeof value === "object" && Object.values(value).some(hasUnknown);
}

/** What a JSON text says; undefined where it is none. */
export function jsonOf(text: string): Value {
  try {
    return valueOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}
