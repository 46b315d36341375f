import { Cron } from "croner";

/**
 * The most days between two rotations of a schedule, in whole days if it is a cron; Infinity where it ends; undefined for what is none. AWS's syntax:
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function longestGapDays(expression: string): number | undefined {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression.trim());
  if (rate !== null) return Number(rate[1]) / perDay[rate[2] as keyof typeof perDay];
  const cron = /^cron\((.+)\)$/.exec(expression.trim());
  return cron === null ? undefined : longestGapOfCron((cron[1] as string).trim().split(/\s+/));
}

const perDay = { minute: 1440, hour: 24, day: 1 };
const dayMilliseconds = 86_400_000;
/** Long enough for any schedule of one year, and for one that is once in a leap year to show. */
const watchedDays = 366 * 9;

/**
 * Counted from day to day: several runs in a day shorten a gap by less than a day, which no limit in whole days tells
 * apart, and a schedule of each minute would have millions of them.
 */
function longestGapOfCron(fields: string[]): number | undefined {
  if (fields.length !== 6) return undefined;
  const [minutes, hours, day, month, weekday, year] = fields as [string, string, string, string, string, string];
  const days = `${day} ${month} ${ownWeekday(weekday)} ${year}`;
  if (cronOf(`0 ${minutes} ${hours} ${days}`) === undefined) return undefined;
  const cron = cronOf(`0 0 0 ${days}`) as Cron;
  const start = Date.UTC(new Date().getUTCFullYear(), 0, 1);
  let [longest, before] = [0, start];
  for (let run = cron.nextRun(new Date(start)); run !== null; run = cron.nextRun(run)) {
    longest = Math.max(longest, run.getTime() - before);
    before = run.getTime();
    if (before - start > watchedDays * dayMilliseconds) return longest / dayMilliseconds;
  }
  return Number.POSITIVE_INFINITY;
}

/** croner counts weekdays from 0 for Sunday, AWS from 1; AWS's `L` alone is the last day of the week. */
function ownWeekday(weekday: string): string {
  if (weekday.toUpperCase() === "L") return "6";
  return weekday.replace(/\d(?!\w*#)|\d(?=#)/g, (digit, index: number) =>
    ["#", "/"].includes(weekday[index - 1] as string) ? digit : String(Number(digit) - 1),
  );
}

/** AWS's steps may begin at a number, or at nothing: `1/3`, `/8`. */
function cronOf(pattern: string): Cron | undefined {
  try {
    return new Cron(pattern, { paused: true, utcOffset: 0, sloppyRanges: true });
  } catch {
    return undefined;
  }
}
