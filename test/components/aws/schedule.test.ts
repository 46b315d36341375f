import { scheduleFaults } from "../../../components/aws/schedule";

const shape = "must be rate(10 days), rate(12 hours) or cron(0 HOURS DAY-OF-MONTH MONTH DAY-OF-WEEK *), in UTC";
const tooOften = "rotates more often than every 4 hours, the most that AWS does: make it rarer";
const field = (name: string) => `the ${name} of cron() is not as AWS takes it: ${shape}`;

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html has most of these. */
test.each([
  "rate(4 hours)",
  "rate(1 day)",
  "rate(10 days)",
  "cron(0 10 * * ? *)",
  "cron(0 18 ? * SAT *)",
  "cron(0 8 1 * ? *)",
  "cron(0 1 * 1/3 SUN *)",
  "cron(0 17 L * ? *)",
  "cron(0 8 ? * MON-FRI *)",
  "cron(0 16 1,15 * ? *)",
  "cron(0 0 ? * SUN#1 *)",
  "cron(0 4/12 * * ? *)",
  "cron(0 */4 * * ? *)",
  "cron(0 /8 * * ? *)",
  "cron(0 2/10 * * ? *)",
  "cron(0 0,4,20 * JAN,APR,JUL,OCT ? *)",
  "cron(0 8 ? * SUNL *)",
  "cron(0 8 ? * 5L *)",
  "cron(0 1,23 1 * ? *)",
])("AWS takes %s", (expression) => {
  expect(scheduleFaults(expression, undefined)).toEqual([]);
});

test.each([
  ["monthly", shape],
  ["rate(0 days)", shape],
  ["rate(10 minutes)", shape],
  ["rate(10days)", shape],
  ["cron(0 10 * * ?)", shape],
  ["cron(0 10 * * ? *) ", shape],
  ["rate(3 hours)", tooOften],
  ["cron(0 * * * ? *)", tooOften],
  ["cron(0 */3 * * ? *)", tooOften],
  ["cron(0 4,6 1 * ? *)", tooOften],
  ["cron(0 1,23 * * ? *)", tooOften],
  ["cron(30 10 * * ? *)", "the minutes of cron() must be 0: rotations start on the hour"],
  ["cron(0 10 * * ? 2027)", "the year of cron() must be *"],
  ["cron(0 24 * * ? *)", field("hours")],
  ["cron(0 -5 * * ? *)", field("hours")],
  ["cron(0 4/0 * * ? *)", field("hours")],
  ["cron(0 , * * ? *)", field("hours")],
  ["cron(0 ? * * ? *)", field("hours")],
  ["cron(0 8 32 * ? *)", field("day-of-month")],
  ["cron(0 8 0 * ? *)", field("day-of-month")],
  ["cron(0 8 9-3 * ? *)", field("day-of-month")],
  ["cron(0 8 1 13 ? *)", field("month")],
  ["cron(0 8 1 JUNE ? *)", field("month")],
  ["cron(0 8 ? * XYZL *)", field("day-of-week")],
  ["cron(0 8 ? * MON#6 *)", field("day-of-week")],
  ["cron(0 8 ? * ? *)", "the day-of-month and day-of-week of cron() are both ?: set one"],
  ["cron(0 8 1 * MON *)", "the day-of-month and day-of-week of cron() are both set: put ? for one of them"],
])("AWS refuses %s", (expression, message) => {
  expect(scheduleFaults(expression, undefined)).toEqual([{ path: ["scheduleExpression"], message }]);
});

test.each([
  ["rate(4 hours)", 4],
  ["rate(2 days)", 24],
  ["cron(0 4/12 * * ? *)", 8],
  ["cron(0 0,4 1 * ? *)", 4],
  ["cron(0 22 1 * ? *)", 2],
])("with %s the window is at most %d hours", (expression, longest) => {
  expect(scheduleFaults(expression, longest)).toEqual([]);
  const message = `reaches into the next rotation or the next day: with ${expression} at most ${longest}`;
  expect(scheduleFaults(expression, longest + 1)).toEqual([{ path: ["windowHours"], message }]);
});
