import { kindsOf } from "../../../components/prover/kinds";
import { anything, type Language, type Token, text, textIgnoringCase } from "../../../components/prover/language";

/** `*` and `?` as IAM reads them. */
const like = (pattern: string): Language =>
  pattern
    .split("")
    .map((one): Token => (one === "*" ? { many: true } : one === "?" ? { many: false } : { oneOf: one }));

const seen = (...languages: Language[]) =>
  kindsOf(languages)?.map(({ witness, languages }) => [witness, [...languages]]);

test.each<[string, Language[], [string, number[]][]]>([
  ["no language: all texts are one kind", [], [["", []]]],
  ["anything", [anything], [["", [0]]]],
  [
    "a text",
    [text("ab")],
    [
      ["", []],
      ["ab", [0]],
    ],
  ],
  [
    "the empty text",
    [text("")],
    [
      ["", [0]],
      ["x", []],
    ],
  ],
  [
    "one begins the other",
    [text("a"), text("ab")],
    [
      ["", []],
      ["a", [0]],
      ["ab", [1]],
    ],
  ],
  [
    "one holds the other",
    [like("a*"), like("ab*")],
    [
      ["", []],
      ["a", [0]],
      ["ab", [0, 1]],
    ],
  ],
  [
    "what overlaps",
    [like("a*"), like("*b")],
    [
      ["", []],
      ["a", [0]],
      ["b", [1]],
      ["ab", [0, 1]],
    ],
  ],
  [
    "one character",
    [like("a?")],
    [
      ["", []],
      ["ax", [0]],
    ],
  ],
  [
    "a gap that takes no colon",
    [[{ many: true, except: ":" }]],
    [
      ["", [0]],
      [":", []],
    ],
  ],
  [
    "whatever the case",
    [textIgnoringCase("aB"), text("ab")],
    [
      ["", []],
      ["ab", [0, 1]],
      ["aB", [0]],
    ],
  ],
  [
    "a name that is used up is no witness",
    [like("x"), like("?")],
    [
      ["", []],
      ["x", [0, 1]],
      ["y", [1]],
    ],
  ],
])("%s", (_, languages, expected) => {
  const found = new Set(seen(...languages)?.map((kind) => JSON.stringify(kind)));
  expect(found).toEqual(new Set(expected.map((kind) => JSON.stringify(kind))));
});

/** Slow and plain: what a pattern says of a text. */
const matches = (pattern: string, value: string) =>
  new RegExp(`^${pattern.replaceAll("?", "[^]").replaceAll("*", "[^]*")}$`).test(value);

test("every text is of one kind, and every kind is its witness's", () => {
  const patterns = ["a*", "*a", "?b", "a?a", "*ab*", "b", ""];
  const kinds = kindsOf(patterns.map(like)) ?? [];
  const inAll = (value: string) =>
    patterns.flatMap((pattern, index) => (matches(pattern, value) ? [index] : [])).join();
  for (const { witness, languages } of kinds) expect([...languages].join()).toBe(inAll(witness));
  const known = new Set(kinds.map(({ languages }) => [...languages].join()));
  expect(known.size).toBe(kinds.length);
  let texts = [""];
  for (let length = 0; length <= 6; length++) {
    for (const value of texts) expect(known).toContain(inAll(value));
    texts = texts.flatMap((value) => ["a", "b", "c"].map((one) => value + one));
  }
});

test("names of 300 secrets, each with its six characters, are told apart in a second", () => {
  const named = (name: string) =>
    `arn:aws:secretsmanager:us-east-1:111122223333:secret:vantedge/production/${name}-??????`;
  const patterns = [...Array(300).keys()].map((index) => named(`service-${index}-api-key`));
  const before = performance.now();
  const kinds = kindsOf([...patterns, "arn:aws:secretsmanager:*:111122223333:secret:vantedge/production/*"].map(like));
  expect(kinds).toHaveLength(302);
  expect(performance.now() - before).toBeLessThan(1_000);
});

test("too many kinds are not waited for", () => {
  const letters = "abcdefghijklmnopq".split("");
  expect(kindsOf(letters.map((letter) => like(`*${letter}*`)))).toBeUndefined();
});
