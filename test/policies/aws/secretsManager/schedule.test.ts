import { longestGapDays } from "../../../../policies/aws/secretsManager/schedule";

// In a year in which nothing is special.
beforeAll(() => jest.useFakeTimers({ now: Date.UTC(2026, 5, 1) }));
afterAll(() => jest.useRealTimers());

test.each([
  ["rate(1 day)", 1],
  ["rate(10 days)", 10],
  ["rate(36 hours)", 1.5],
  ["cron(0 4 * * ? *)", 1],
  ["cron(0 */6 * * ? *)", 1],
  ["cron(0 /8 * * ? *)", 1],
  ["cron(0/15 * * * ? *)", 1],
  ["cron(0 4 1 1/3 ? *)", 92],
  ["cron(0 4 ? * L *)", 7],
  ["cron(0 4 ? * 6L *)", 35],
  ["cron(0 0,23 1 * ? *)", 31],
  ["cron(0 4 ? * MON-FRI *)", 3],
  ["cron(0 4 ? * 2-6 *)", 3],
  ["cron(0 4 ? * 7 *)", 7],
  ["cron(0 4 1,15 * ? *)", 17],
  ["cron(0 4 ? * 2#1 *)", 35],
  ["cron(0 4 1 1 ? *)", 366],
  ["cron(0 4 ? * SUN#1 2030)", Number.POSITIVE_INFINITY],
])("%s: at most %d days", (expression, days) => {
  expect(longestGapDays(expression)).toBe(days);
});

test.each([
  "",
  "rate()",
  "rate(ten days)",
  "cron(0 4 * * ?)",
  "cron(61 4 * * ? *)",
  "cron(0 24 * * ? *)",
  "cron(0 4 ? * 9 *)",
  "daily",
])("%s is none", (expression) => {
  expect(longestGapDays(expression)).toBeUndefined();
});
