// Public programs that nobody here wrote: what the rules find in them, each finding looked at by a reviewer.
// After a change of rules, `JUDGE=1 jest test/policies/programs.test.ts --selectProjects=unit` rewrites the findings;
// new ones are "unjudged" until somebody has said whether they are right.
import { policies } from "../../policies/presets";
import { type Finding, fixturesOf, type Program, programs, rewriteFindings } from "./programs/programs";
import { analyze, type Violation } from "./support/analyzer";
import { type Fixture, urnOf } from "./support/fixture";

const preset = policies();
const files = [...programs];

test("there are at least 40 programs, each with its source", () => {
  expect(files.length).toBeGreaterThanOrEqual(40);
  for (const [, { source }] of files) {
    expect(source.path).not.toBe("");
    if (source.page === undefined) expect(source.commit).toMatch(/^[0-9a-f]{40}$/);
    else expect(source.page).toMatch(/^https:/);
  }
});

test.each(files)("%s: exactly the findings that were judged", async (file, program) => {
  const { fixtures, violations } = await ask(program);
  expect(valuesIn(violations, fixtures)).toEqual([]);
  const found = findingsOf(violations, fixtures);
  if (process.env.JUDGE !== undefined) rewriteFindings(file, program, found);
  else expect(found).toEqual(program.findings.map(({ rule, resource }) => ({ rule, resource })));
});

test("every finding is judged, with a reason for each false alarm", () => {
  const all = files.flatMap(([, { findings }]) => findings);
  expect(all.filter(({ verdict }) => verdict !== "right" && verdict !== "false alarm")).toEqual([]);
  expect(all.filter(({ verdict, why }) => verdict === "false alarm" && why === "")).toEqual([]);
});

test("at most one finding in twenty is a false alarm", () => {
  const all = files.flatMap(([, { findings }]) => findings);
  const wrong = all.filter(({ verdict }) => verdict === "false alarm");
  expect(wrong.length / all.length).toBeLessThanOrEqual(0.05);
});

async function ask(program: Program): Promise<{ fixtures: Fixture[]; violations: Violation[] }> {
  const fixtures = fixturesOf(program);
  return { fixtures, violations: await analyze(preset, fixtures) };
}

/** Each rule and resource once, in an order that doesn't depend on that of the rules. */
function findingsOf(
  violations: readonly Violation[],
  fixtures: readonly Fixture[],
): Pick<Finding, "rule" | "resource">[] {
  const names = new Map(fixtures.map((fixture) => [urnOf(fixture), fixture.name]));
  const pairs = violations.map(({ policy, urn }) => JSON.stringify([policy, names.get(urn) ?? urn]));
  return [...new Set(pairs)].sort().map((pair) => {
    const [rule, resource] = JSON.parse(pair) as [string, string];
    return { rule, resource };
  });
}

/** Texts of the program that stand in a message beyond what a rule says of itself, and names and types. */
function valuesIn(violations: readonly Violation[], fixtures: readonly Fixture[]): string[] {
  const named = fixtures.flatMap(({ type, name }) => [type, name]).sort((one, other) => other.length - one.length);
  const texts = violations.map(({ policy, message }) => {
    const problem = message.split("\n").find((line) => named.some((name) => line.startsWith(`${name} "`))) ?? message;
    return { policy, problem: named.reduce((text, name) => text.replaceAll(name, ""), problem) };
  });
  const given = fixtures.map(({ inputs, outputs }) => [inputs, outputs]);
  const keys = new Set(keysOf(given));
  const values = textsOf(given).filter((value) => value.length > 5 && !fixedWord.test(value) && !keys.has(value));
  return texts.flatMap(({ policy, problem }) =>
    values.filter((value) => problem.includes(value)).map((value) => `${policy}: ${value}`),
  );
}

/** Words that the field fixes and no author chooses: Kubernetes' kinds, and names of AWS actions. */
const fixedWord = /^(Service|ServiceAccount|Secret|ConfigMap|Deployment|ClusterRole|[a-z0-9-]+:[A-Z][A-Za-z]+)$/;

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function keysOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [key, ...keysOf(one)]);
}
