import { tagFaults } from "../../../components/aws/tagFaults";

const allowed = "it takes letters, digits, spaces and + - = . _ : / @ only";
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, ""]));

test.each<[string, Record<string, string>]>([
  ["none", {}],
  ["letters of any language", { Größe: "日本 1" }],
  ["every sign that AWS takes", { "a+-=._:/@ b": "+-=._:/@" }],
  ["the longest", { ["k".repeat(128)]: "v".repeat(256) }],
  ["an empty value", { a: "" }],
  ["as many as there may be beside ours", many(47)],
])("AWS takes %s", (_, tags) => {
  expect(tagFaults(tags, 3)).toEqual([]);
});

test.each<[string, Record<string, string>, string[], string]>([
  [
    "a long key",
    { ["k".repeat(129)]: "" },
    ["tags", "k".repeat(129)],
    "the key is longer than 128 characters, the most that AWS takes",
  ],
  ["a long value", { a: "v".repeat(257) }, ["tags", "a"], "is longer than 256 characters, the most that AWS takes"],
  ["a sign in a key", { "a#": "" }, ["tags", "a#"], `the key has characters that AWS refuses: ${allowed}`],
  ["a sign in a value", { a: "x;y" }, ["tags", "a"], `has characters that AWS refuses: ${allowed}`],
  [
    "AWS's own, in any case",
    { "Aws:a": "" },
    ["tags", "Aws:a"],
    "tags that begin with aws:, in whatever case, are reserved",
  ],
  ["too many", many(48), ["tags"], "are 48, and 3 are ours: AWS takes 50 in all"],
])("AWS refuses %s", (_, tags, path, message) => {
  expect(tagFaults(tags, 3)).toEqual([{ path, message }]);
});
