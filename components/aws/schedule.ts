import type { Fault } from "../backend";

/**
 * When Secrets Manager rotates, and the rules for it:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
const shortestGap = 4;
const shape = "must be rate(10 days), rate(12 hours) or cron(0 HOURS DAY-OF-MONTH MONTH DAY-OF-WEEK *), in UTC";
const tooOften = `rotates more often than every ${shortestGap} hours, the most that AWS does: make it rarer`;

/** What an expression comes to: the hours between two rotations, and how many hours of the day are left after the last. */
interface Timing {
  gap: number;
  left: number;
}

export function scheduleFaults(expression: string, windowHours: number | undefined): Fault[] {
  const timing = timingOf(expression);
  if (typeof timing === "string") return [{ path: ["scheduleExpression"], message: timing }];
  const longest = Math.min(timing.gap, timing.left);
  if (windowHours === undefined || windowHours <= longest) return [];
  const message = `reaches into the next rotation or the next day: with ${expression} at most ${longest}`;
  return [{ path: ["windowHours"], message }];
}

/** The timing, or what is wrong. */
function timingOf(expression: string): Timing | string {
  const rate = /^rate\(([1-9]\d*) (hour|day)s?\)$/.exec(expression);
  if (rate !== null) return timingOfRate(Number(rate[1]), rate[2] as string);
  const cron = /^cron\((\S+) (\S+) (\S+) (\S+) (\S+) (\S+)\)$/.exec(expression);
  return cron === null ? shape : timingOfCron(cron.slice(1));
}

function timingOfRate(count: number, unit: string): Timing | string {
  if (unit === "day") return { gap: 24 * count, left: 24 };
  return count < shortestGap ? tooOften : { gap: count, left: 24 };
}

/** A field of cron(): its numbers, their names, and what else it takes besides lists, ranges and steps. */
interface CronField {
  name: string;
  first: number;
  last: number;
  names: string[];
  special?: RegExp;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const hoursField: CronField = { name: "hours", first: 0, last: 23, names: [] };
const cronFields: CronField[] = [
  hoursField,
  { name: "day-of-month", first: 1, last: 31, names: [], special: /^[?L]$/ },
  { name: "month", first: 1, last: 12, names: months },
  {
    name: "day-of-week",
    first: 1,
    last: 7,
    names: weekdays,
    special: /^([?L]|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
  },
];

function timingOfCron([minutes = "", hours = "", day = "", month = "", weekday = "", year = ""]: string[]):
  | Timing
  | string {
  if (minutes !== "0") return "the minutes of cron() must be 0: rotations start on the hour";
  if (year !== "*") return "the year of cron() must be *";
  const wrong = cronFields.find((field, index) => !isField([hours, day, month, weekday][index] as string, field));
  if (wrong !== undefined) return `the ${wrong.name} of cron() is not as AWS takes it: ${shape}`;
  if (day === "?" && weekday === "?") return "the day-of-month and day-of-week of cron() are both ?: set one";
  if (isChosen(day) && isChosen(weekday)) {
    return "the day-of-month and day-of-week of cron() are both set: put ? for one of them";
  }
  return timingOfHours(hoursOf(hours), !isChosen(day) && !isChosen(weekday));
}

function isChosen(field: string): boolean {
  return field !== "*" && field !== "?";
}

/** A schedule in hours begins anew each day. */
function timingOfHours(hours: number[], daily: boolean): Timing | string {
  const [first = 0] = hours;
  const next = daily ? [first + 24] : [];
  const gaps = [...hours.slice(1), ...next].map((hour, index) => hour - (hours[index] as number));
  const gap = Math.min(24, ...gaps);
  return gap < shortestGap ? tooOften : { gap, left: 24 - (hours.at(-1) as number) };
}

function isField(text: string, field: CronField): boolean {
  return text.split(",").every((item) => field.special?.test(item) || rangeOf(item, field) !== undefined);
}

interface Range {
  from: number;
  to: number;
  step: number;
}

/** `5`, `5-9`, and either with `/3`; `*` before the slash, or nothing, begins at the first. */
function rangeOf(item: string, { first, last, names }: CronField): Range | undefined {
  const parts = /^(\*|\w+)?(?:-(\w+))?(?:\/(\d+))?$/.exec(item);
  if (parts === null) return undefined;
  const [, from = "*", to, step] = parts;
  const number = (text: string) => {
    const named = names.indexOf(text.toUpperCase());
    if (named >= 0) return first + named;
    return /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  };
  const start = from === "*" ? first : number(from);
  const end = to !== undefined ? number(to) : step === undefined && from !== "*" ? start : last;
  const isWhole = from !== "*" || to === undefined;
  const valid = item !== "" && isWhole && start >= first && start <= end && end <= last && Number(step ?? 1) > 0;
  return valid ? { from: start, to: end, step: Number(step ?? 1) } : undefined;
}

function hoursOf(text: string): number[] {
  const hours = text.split(",").flatMap((item) => {
    const { from, to, step } = rangeOf(item, hoursField) as Range;
    return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
  });
  return [...new Set(hours)].sort((a, b) => a - b);
}
