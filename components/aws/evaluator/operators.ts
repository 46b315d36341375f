import { Doubt, type Truth } from "../../prover/truth";
import { matchesArn, matchesPlain, matchesWild, plain, type Token } from "./patterns";

/** How one value of the policy is compared with one of the request. */
export interface Comparison {
  readonly compared: "text" | "textIgnoringCase" | "wildcards" | "arn" | "boolean" | "date" | "number";
  readonly matches: (wanted: readonly Token[], given: string) => Truth;
  /** Whether policy variables are filled: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
  readonly variables: boolean;
}

export interface Operator extends Comparison {
  /** True where none of the policy's values matches, and where the request has no such key. */
  readonly negated: boolean;
}

const text: Comparison = { compared: "text", matches: matchesPlain, variables: true };
const anyCase: Comparison = { compared: "textIgnoringCase", matches: matchesIgnoringCase, variables: true };
const wildcards: Comparison = { compared: "wildcards", matches: matchesWild, variables: true };
const arn: Comparison = { compared: "arn", matches: matchesArn, variables: true };
const boolean: Comparison = { compared: "boolean", matches: matchesBoolean, variables: false };
const date = ordered("date", dateOf);
const number = ordered("number", numberOf);

const is = (comparison: Comparison): Operator => ({ ...comparison, negated: false });
const isNot = (comparison: Comparison): Operator => ({ ...comparison, negated: true });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const operators: Readonly<Record<string, Operator>> = {
  StringEquals: is(text),
  StringNotEquals: isNot(text),
  StringEqualsIgnoreCase: is(anyCase),
  StringNotEqualsIgnoreCase: isNot(anyCase),
  StringLike: is(wildcards),
  StringNotLike: isNot(wildcards),
  ArnEquals: is(arn),
  ArnNotEquals: isNot(arn),
  ArnLike: is(arn),
  ArnNotLike: isNot(arn),
  Bool: is(boolean),
  DateEquals: is(date((given, wanted) => given === wanted)),
  DateNotEquals: isNot(date((given, wanted) => given === wanted)),
  DateLessThan: is(date((given, wanted) => given < wanted)),
  DateLessThanEquals: is(date((given, wanted) => given <= wanted)),
  DateGreaterThan: is(date((given, wanted) => given > wanted)),
  DateGreaterThanEquals: is(date((given, wanted) => given >= wanted)),
  NumericEquals: is(number((given, wanted) => given === wanted)),
  NumericNotEquals: isNot(number((given, wanted) => given === wanted)),
  NumericLessThan: is(number((given, wanted) => given < wanted)),
  NumericLessThanEquals: is(number((given, wanted) => given <= wanted)),
  NumericGreaterThan: is(number((given, wanted) => given > wanted)),
  NumericGreaterThanEquals: is(number((given, wanted) => given >= wanted)),
};

function matchesIgnoringCase(wanted: readonly Token[], given: string): boolean {
  return plain(wanted).toLowerCase() === given.toLowerCase();
}

function matchesBoolean(wanted: readonly Token[], given: string): Truth {
  const values = [plain(wanted).toLowerCase(), given.toLowerCase()];
  if (values.some((value) => value !== "true" && value !== "false")) {
    return new Doubt("what Bool compares is neither true nor false");
  }
  return values[0] === values[1];
}

function ordered(compared: "date" | "number", read: (text: string) => number | undefined) {
  return (compare: (given: number, wanted: number) => boolean): Comparison => ({
    compared,
    matches: (wanted, given) => {
      const [left, right] = [read(given), read(plain(wanted))];
      return left === undefined || right === undefined
        ? new Doubt(`what a ${compared} operator compares is no ${compared}`)
        : compare(left, right);
    },
    variables: false,
  });
}

/** Without its time zone a time is not known. */
const iso = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** ISO 8601, or seconds since 1970; a number of four digits could also be a year. */
function dateOf(text: string): number | undefined {
  if (/^\d{6,11}$/.test(text)) return Number(text) * 1000;
  return iso.test(text) && isInCalendar(text.slice(0, 10)) ? numberOrNone(Date.parse(text)) : undefined;
}

/** JavaScript takes February 30 for March 2. */
function isInCalendar(day: string): boolean {
  const time = Date.parse(day);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

function numberOrNone(time: number): number | undefined {
  return Number.isNaN(time) ? undefined : time;
}

function numberOf(text: string): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}
