import { type LogEntry, matches, parse } from "./logQuery";

/** What https://cloud.google.com/logging/docs/view/logging-query-language says, with its own examples where it has some. */
const decide = (query: string, entry: LogEntry) => matches(parse(query), entry);
const json = (jsonPayload: object): LogEntry => ({ jsonPayload });

test.each<[string, string, LogEntry, boolean]>([
  [
    "one type of two",
    'resource.type = ("gce_instance" OR "aws_ec2_instance")',
    { resource: { type: "gce_instance" } },
    true,
  ],
  [
    "neither of two",
    'resource.type = ("gce_instance" OR "aws_ec2_instance")',
    { resource: { type: "gae_app" } },
    false,
  ],
  ["has both words", 'jsonPayload.animal : ("nice" AND "pet")', json({ animal: "a pet, and nice" }), true],
  ["has one of both words", 'jsonPayload.animal : ("nice" AND "pet")', json({ animal: "a pet" }), false],
  ["NOT of a missing field", "NOT jsonPayload.missingField=foo", json({}), true],
  ["!= of a missing field", "jsonPayload.missingField!=foo", json({}), false],
  ["!~ of a missing field", 'jsonPayload.missingField!~"foo"', json({}), false],
  ["a missing field is not greater", "protoPayload.status.code>0", { protoPayload: { status: {} } }, false],
  ["one of an array is less", "jsonPayload.shoeSize < 7", json({ shoeSize: [8.5, 9, 6] }), true],
  ["none of an array is less", "jsonPayload.shoeSize < 6", json({ shoeSize: [8.5, 9, 6] }), false],
  ["into the objects of an array", 'jsonPayload.a.b="2"', json({ a: [{ b: "1" }, { b: "2" }] }), true],
  ["there is a field", "operation.id:*", { operation: { id: "1" } }, true],
  ["there is no field", "operation.id:*", { operation: {} }, false],
  ["there is an object", "jsonPayload.a:*", json({ a: {} }), true],
  ["there is nothing in an array", "jsonPayload.a:*", json({ a: [] }), false],
  ["letter case of a text", 'textPayload="The CAT"', { textPayload: "the cat" }, true],
  ["letter case of a substring", "textPayload:CAT", { textPayload: "the cat in the hat" }, true],
  ["letter case of a pattern", 'textPayload=~"CAT"', { textPayload: "the cat" }, false],
  ["a pattern is not anchored", 'textPayload=~"c.t"', { textPayload: "the cat in the hat" }, true],
  ["an anchored pattern", 'textPayload=~"^cat$"', { textPayload: "the cat" }, false],
  ["a pattern is looked for in texts only", 'jsonPayload.a=~"1"', json({ a: 1 }), false],
  ["equal is not a part", "textPayload=cat", { textPayload: "the cat" }, false],
  ["numbers", "jsonPayload.a=-1.50", json({ a: -1.5 }), true],
  ["what is no number", "jsonPayload.a=one", json({ a: 1 }), false],
  ["booleans in any case", 'jsonPayload.a="True"', json({ a: true }), true],
  [
    "a quoted part of a path",
    'labels."compute.googleapis.com/resource_id"=7',
    { labels: { "compute.googleapis.com/resource_id": "7" } },
    true,
  ],
  ["a quote in quotes", String.raw`jsonPayload."\"foo\"":apple`, json({ '"foo"': "an apple" }), true],
  ["a backslash in quotes", String.raw`textPayload=~"^a\\.b$"`, { textPayload: "a.b" }, true],
  [
    "a comment, before, between and after",
    '-- one\nresource.type = "a" -- two\n-- AND textPayload=b\nseverity=INFO --',
    { resource: { type: "a" }, severity: "INFO" },
    true,
  ],
  [
    "AND may be left out",
    'textPayload="b" severity="d" -trace="f"',
    { textPayload: "b", severity: "d", trace: "g" },
    true,
  ],
  ["- is NOT", 'textPayload="b" severity="d" -trace="f"', { textPayload: "b", severity: "d", trace: "f" }, false],
])("%s", (_, query, entry, expected) => {
  expect(decide(query, entry)).toBe(expected);
});

test("NOT before OR before AND", () => {
  const flat = "jsonPayload.a=1 OR NOT jsonPayload.b=1 AND NOT jsonPayload.c=1 OR jsonPayload.d=1";
  const nested = "(jsonPayload.a=1 OR (NOT jsonPayload.b=1)) AND ((NOT jsonPayload.c=1) OR jsonPayload.d=1)";
  expect(parse(flat)).toEqual(parse(nested));
});

test.each([
  ["lower-case operators are words", 'severity="a" or severity="b"'],
  ["a word without a field", '"The Cat in The Hat"'],
  ["a function", 'log_id("cloudaudit.googleapis.com/activity")'],
  ["an operator for a value", "severity=OR"],
  ["an open parenthesis", '(severity="a"'],
  ["nothing", ""],
])("not understood: %s", (_, query) => {
  expect(() => parse(query)).toThrow();
});

test("a field that no entry can have", () => {
  expect(() => decide("thud=1", {})).toThrow("a log entry has no field thud");
});
