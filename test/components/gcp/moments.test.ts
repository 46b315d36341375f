import { inUtc, isTooFar, nextReminder } from "../../../components/gcp/moments";

test.each([
  ["2099-01-31T18:00:00Z", "2099-01-31T18:00:00Z"],
  ["2099-01-31T18:00:00.000Z", "2099-01-31T18:00:00Z"],
  ["2099-01-31T18:00:00+01:00", "2099-01-31T17:00:00Z"],
  ["2099-01-31T18:00:00.5Z", "2099-01-31T18:00:00.500Z"],
])("%s as Google gives it back: %s", (given, expected) => {
  expect(inUtc(given)).toBe(expected);
});

test.each([
  ["before the first", "2026-12-31T18:00:00Z", "2027-01-01T18:00:00Z"],
  ["just before the first", "2027-01-01T17:59:59Z", "2027-01-01T18:00:00Z"],
  ["at the first", "2027-01-01T18:00:00Z", "2027-01-31T18:00:00Z"],
  ["after the first", "2027-01-01T18:00:01Z", "2027-01-31T18:00:00Z"],
  ["just before the second: it is not skipped", "2027-01-31T17:59:59Z", "2027-01-31T18:00:00Z"],
  ["years later", "2031-06-15T00:00:00Z", "2031-07-09T18:00:00Z"],
])("the next reminder every 30 days, %s", (_, now, expected) => {
  expect(nextReminder("2027-01-01T19:00:00+01:00", 30, Date.parse(now))).toBe(expected);
});

test.each([
  [99, false],
  [101, true],
])("%i years from now are too far: %s", (years, expected) => {
  expect(isTooFar(new Date(Date.now() + years * 365 * 86_400_000).toISOString())).toBe(expected);
});
