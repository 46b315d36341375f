import type { Rule } from "../../../policies/rule";
import { analyze, remediate, type Violation } from "./analyzer";
import { type Fixture, secret, unknownYet, urnOf } from "./fixture";

type Program = Fixture | readonly Fixture[];

interface Cases {
  /** Programs that keep the rule. */
  passes: Record<string, Program>;
  /** Programs that break it, with every problem in order, and the resource's name where there are several. */
  breaks: Record<string, [Program, ...(string | [resource: string, problem: string])[]]>;
  /** The rule's configuration in all cases. */
  config?: object;
  /** What stands in properties and may be printed, because it is a word that the cloud fixes. */
  mayPrint?: readonly string[];
}

/**
 * Tests a rule through Pulumi's own server: exact messages and counts; no "can't run" where any property is not known
 * yet; and nothing of a resource's properties in what is printed.
 */
export function testRule(rule: Rule, { passes, breaks, config = {}, mayPrint = [] }: Cases): void {
  const about = Object.keys(config).length === 0 ? rule.name : `${rule.name} with ${JSON.stringify(config)}`;
  const ask = (program: Program) => analyze([rule], listed(program), { [rule.name]: config });

  describe(about, () => {
    test.each(Object.entries(passes))("passes: %s", async (_, program) => {
      expect(await ask(program)).toEqual([]);
    });

    test.each(Object.entries(passes))("does not guess what isn't known yet: %s", async (_, program) => {
      for (const less of withUnknowns(listed(program))) expect(await ask(less)).toEqual([]);
    });

    test.each(Object.entries(breaks))("is broken: %s", async (_, [program, ...problems]) => {
      const fixtures = listed(program);
      const found = await ask(fixtures);
      const expected = problems.map((problem) => {
        const [name, text] = typeof problem === "string" ? [undefined, problem] : problem;
        return expectedViolation(rule, theOne(fixtures, found, name), text);
      });
      expect(found).toEqual(expected);
      expect(valuesIn(found, fixtures, rule).filter((value) => !mayPrint.includes(value))).toEqual([]);
    });

    test.each(Object.entries(breaks))("does not fail where something isn't known yet: %s", async (_, [program]) => {
      for (const less of withUnknowns(listed(program))) {
        const unable = (await ask(less)).filter(({ message }) => message.startsWith("can't run"));
        expect(unable).toEqual([]);
      }
    });
  });
}

/** Tests that a remediation mends the inputs, leaves the others as they are, and secrets in their envelopes. */
export function testRemedy(rule: Rule, broken: Fixture, mended: Record<string, unknown>): void {
  test(`${rule.name} mends in place`, async () => {
    const held = { description: secret("canary-remedy-7d1f") };
    const inputs = { ...broken.inputs, ...held };
    const after = await remediate([rule], { ...broken, inputs });
    expect(after).toEqual({ ...broken.inputs, ...mended, ...held });
    expect(await remediate([rule], { ...broken, inputs: { ...inputs, ...mended } })).toBeUndefined();
  });
}

function listed(program: Program): readonly Fixture[] {
  return Array.isArray(program) ? program : [program as Fixture];
}

/** The resource that a problem is about: the only one that was found, where none is named. */
function theOne(fixtures: readonly Fixture[], found: readonly Violation[], name: string | undefined): Fixture {
  const about = fixtures.filter((one) =>
    name === undefined ? found.some(({ urn }) => urn === urnOf(one)) : one.name === name,
  );
  return about[0] ?? (fixtures[0] as Fixture);
}

function expectedViolation(rule: Rule, fixture: Fixture, problem: string): Violation {
  const { name, requires, mend, ids } = rule.facts;
  const known = ids.length === 0 ? "" : `\nSame check elsewhere: ${ids.join(", ")}`;
  const message = `${requires}\n${fixture.type} "${fixture.name}": ${problem}\nTo mend it: ${mend}${known}`;
  return { policy: name, level: rule.enforcementLevel ?? "advisory", message, urn: urnOf(fixture) };
}

/** The program again and again, each time with another property that isn't known yet, and what only the stack sees too. */
function* withUnknowns(fixtures: readonly Fixture[]): Generator<readonly Fixture[]> {
  for (const [index, fixture] of fixtures.entries()) {
    for (const key of Object.keys(fixture.inputs)) {
      const inputs = { ...fixture.inputs, [key]: unknownYet };
      yield fixtures.with(index, { ...fixture, inputs });
    }
    for (const key of Object.keys(fixture.outputs)) {
      yield fixtures.with(index, { ...fixture, outputs: { ...fixture.outputs, [key]: unknownYet } });
    }
  }
}

/** Texts of the resources that stand in a message and not in what the rule says of itself. */
function valuesIn(found: readonly Violation[], fixtures: readonly Fixture[], rule: Rule): string[] {
  const { requires, mend, ids } = rule.facts;
  const own = [requires, mend, ...ids, ...fixtures.flatMap(({ type, name }) => [type, name])];
  const printed = found.map(({ message }) => own.reduce((text, part) => text.replaceAll(part, ""), message));
  const values = fixtures.flatMap(({ inputs, outputs }) => textsOf([inputs, outputs]));
  return values.filter((value) => value.length > 5 && printed.some((text) => text.includes(value)));
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsOf) : [];
}
