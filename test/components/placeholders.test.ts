import { fill } from "../../components/placeholders";

const values = { one: "1", two: ["a", "b"], none: [] };

test.each([
  ["a text without a placeholder", "text", "text"],
  ["one value", "x<one>y", "x1y"],
  ["several values become a list", "x<two>", ["xa", "xb"]],
  ["several placeholders", "<one>/<two>/<one>", ["1/a/1", "1/b/1"]],
  ["two lists, each with each", "<two><two>", ["aa", "ab", "ba", "bb"]],
  ["a list in a list is flattened", ["<two>", "<one>"], ["a", "b", "1"]],
  ["objects, in keys and values", { "<one>": { a: ["<one>"] } }, { "1": { a: ["1"] } }],
  ["several values become several keys", { "<two>:x": "<one>" }, { "a:x": "1", "b:x": "1" }],
  ["what is no text", { a: true, b: 1, c: null }, { a: true, b: 1, c: null }],
])("fills %s", (_, template, expected) => {
  expect(fill<unknown>(template, values)).toEqual(expected);
});

test("what is put in is not searched again, nor taken for a pattern", () => {
  expect(fill("<a>|<b>", { a: "<b>$&$1", b: "$$" })).toBe("<b>$&$1|$$");
});

test("a placeholder without a value is an error", () => {
  expect(() => fill("<three>", values)).toThrow(new Error("policy file: nothing given for <three>"));
});
