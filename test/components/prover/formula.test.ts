import fc from "fast-check";
import { all, always, decide, type Formula, never, not, some } from "../../../components/prover/formula";
import { truths } from "../../support/truths";

const variables = ["action", "resource", "tag"];
const count = 3;
const kinds = new Map(variables.map((variable) => [variable, count]));
const bits = (...numbers: number[]) => numbers.reduce((set, number) => set | (1n << BigInt(number)), 0n);
const is = (variable: string, ...numbers: number[]): Formula => ({
  variable,
  sure: bits(...numbers),
  possible: bits(...numbers),
});
const maybe: Formula = { variable: "tag", sure: 0n, possible: bits(0), why: "tags can't be judged" };

test.each<[string, Formula, object]>([
  ["always", always, { answer: "possible" }],
  ["never", never, { answer: "impossible" }],
  [
    "a kind",
    is("tag", 1),
    { answer: "possible", choice: new Map([...kinds.keys()].map((v) => [v, v === "tag" ? 1 : 0])) },
  ],
  ["two kinds of one variable", all(is("tag", 1), is("tag", 2)), { answer: "impossible" }],
  ["one or the other", some(is("tag", 1), is("tag", 2)), { answer: "possible" }],
  ["neither", all(is("tag", 1, 2), not(some(is("tag", 1), is("tag", 2)))), { answer: "impossible" }],
  ["what can't be judged", maybe, { answer: "unknown", why: "tags can't be judged" }],
  ["nor its contrary", all(not(maybe), is("tag", 0)), { answer: "unknown", why: "tags can't be judged" }],
  ["what doesn't hang on it", all(maybe, is("action", 1), is("action", 2)), { answer: "impossible" }],
  ["nor this", some(maybe, is("action", 1)), { answer: "possible" }],
])("%s", (_, formula, expected) => {
  expect(decide(formula, kinds)).toMatchObject(expected);
});

const atom = fc
  .record({
    variable: fc.constantFrom(...variables),
    sure: fc.integer({ min: 0, max: 7 }),
    more: fc.integer({ min: 0, max: 7 }),
  })
  .map(
    ({ variable, sure, more }): Formula => ({
      variable,
      sure: BigInt(sure),
      possible: BigInt(sure | more),
      why: "doubt",
    }),
  );
const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    atom,
    fc.array(tie("formula"), { maxLength: 4 }).map((parts) => ({ all: parts })),
    fc.array(tie("formula"), { maxLength: 4 }).map((parts) => ({ some: parts })),
    tie("formula").map((part) => ({ not: part })),
  ),
}));

const choices = [...Array(count ** variables.length).keys()].map(
  (number) => new Map(variables.map((variable, index) => [variable, Math.floor(number / count ** index) % count])),
);

test("the answer is that of trying all choices", () => {
  fc.assert(
    fc.property(formula, (one) => {
      const tried = choices.map((choice) => truths(one, choice));
      const answer = decide(one, kinds);
      const expected = tried.some(({ sure }) => sure)
        ? "possible"
        : tried.some(({ possible }) => possible)
          ? "unknown"
          : "impossible";
      expect(answer.answer).toBe(expected);
      if (answer.answer === "possible") expect(truths(one, answer.choice).sure).toBe(true);
    }),
    { numRuns: 5_000, seed: 15 },
  );
});
