import { matchesArn, matchesPlain, matchesWild, plain, type Token } from "./patterns";
import { Doubt, type Truth } from "./truth";

/** How one value of the policy is compared with one of the request. */
export interface Operator {
  readonly matches: (wanted: readonly Token[], given: string) => Truth;
  /** True where none of the policy's values matches, and where the request has no such key. */
  readonly negated: boolean;
  /** Whether policy variables are filled: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html */
  readonly variables: boolean;
}

const date = ordered("date", dateOf);
const number = ordered("number", numberOf);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { matches: matchesPlain, negated: false, variables: true },
  StringNotEquals: { matches: matchesPlain, negated: true, variables: true },
  StringEqualsIgnoreCase: { matches: matchesIgnoringCase, negated: false, variables: true },
  StringNotEqualsIgnoreCase: { matches: matchesIgnoringCase, negated: true, variables: true },
  StringLike: { matches: matchesWild, negated: false, variables: true },
  StringNotLike: { matches: matchesWild, negated: true, variables: true },
  ArnEquals: { matches: matchesArn, negated: false, variables: true },
  ArnNotEquals: { matches: matchesArn, negated: true, variables: true },
  ArnLike: { matches: matchesArn, negated: false, variables: true },
  ArnNotLike: { matches: matchesArn, negated: true, variables: true },
  Bool: { matches: matchesBoolean, negated: false, variables: false },
  DateEquals: { matches: date((given, wanted) => given === wanted), negated: false, variables: false },
  DateNotEquals: { matches: date((given, wanted) => given === wanted), negated: true, variables: false },
  DateLessThan: { matches: date((given, wanted) => given < wanted), negated: false, variables: false },
  DateLessThanEquals: { matches: date((given, wanted) => given <= wanted), negated: false, variables: false },
  DateGreaterThan: { matches: date((given, wanted) => given > wanted), negated: false, variables: false },
  DateGreaterThanEquals: { matches: date((given, wanted) => given >= wanted), negated: false, variables: false },
  NumericEquals: { matches: number((given, wanted) => given === wanted), negated: false, variables: false },
  NumericNotEquals: { matches: number((given, wanted) => given === wanted), negated: true, variables: false },
  NumericLessThan: { matches: number((given, wanted) => given < wanted), negated: false, variables: false },
  NumericLessThanEquals: { matches: number((given, wanted) => given <= wanted), negated: false, variables: false },
  NumericGreaterThan: { matches: number((given, wanted) => given > wanted), negated: false, variables: false },
  NumericGreaterThanEquals: { matches: number((given, wanted) => given >= wanted), negated: false, variables: false },
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

type Comparison = (given: number, wanted: number) => boolean;

function ordered(kind: string, read: (text: string) => number | undefined) {
  return (compare: Comparison) =>
    (wanted: readonly Token[], given: string): Truth => {
      const [left, right] = [read(given), read(plain(wanted))];
      return left === undefined || right === undefined
        ? new Doubt(`what a ${kind} operator compares is no ${kind}`)
        : compare(left, right);
    };
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
