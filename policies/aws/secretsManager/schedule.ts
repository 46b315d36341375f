import { Cron } from "croner";

/**
 * The most days between two rotations of a schedule; Infinity where it ends; undefined for what is none. AWS's syntax:
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

function longestGapOfCron(fields: string[]): number | undefined {
  if (fields.length !== 6) return undefined;
  const runs = runsOf(fields);
  if (runs === undefined) return undefined;
  const start = Date.UTC(new Date().getUTCFullYear(), 0, 1);
  let [longest, before] = [0, start];
  for (const run of runs(new Date(start))) {
    longest = Math.max(longest, run.getTime() - before);
    before = run.getTime();
    if (before - start > watchedDays * dayMilliseconds) return longest / dayMilliseconds;
  }
  return Number.POSITIVE_INFINITY;
}

/** croner counts weekdays from 0 for Sunday, AWS from 1; what AWS writes as `?` is any. */
function runsOf([minutes, hours, day, month, weekday, year]: string[]) {
  const ownWeekday = (weekday as string).replace(/\d(?!\w*#)|\d(?=#)/g, (digit, index: number, all: string) =>
    all[index - 1] === "#" || all[index - 1] === "/" ? digit : String(Number(digit) - 1),
  );
  try {
    const cron = new Cron(`0 ${minutes} ${hours} ${day} ${month} ${ownWeekday} ${year}`, {
      paused: true,
      timezone: "UTC",
    });
    return function* (from: Date): Generator<Date> {
      for (let run = cron.nextRun(from); run !== null; run = cron.nextRun(run)) yield run;
    };
  } catch {
    return undefined;
  }
}
