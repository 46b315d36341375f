import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Fixture, raw, secret, unknownYet } from "../support/fixture";

/** A rule's finding on a resource, and what a security reviewer says of it. */
export interface Finding {
  rule: string;
  resource: string;
  /** `unjudged` is what judging writes for a finding that is new: the test fails until somebody has looked at it. */
  verdict: "right" | "false alarm" | "unjudged";
  why: string;
}

/** A resource of somebody's program as facts: what it gives, and which resources its properties come from. */
interface Entry {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  refers?: Record<string, string[]>;
  parent?: string;
}

/** A public program that nobody here wrote. What it asks its configuration for is "example-" and the key's name. */
export interface Program {
  source: { repository?: string; page?: string; path: string; commit?: string };
  resources: Entry[];
  findings: Finding[];
}

export const programs: ReadonlyMap<string, Program> = new Map(
  readdirSync(__dirname)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => [file, JSON.parse(readFileSync(join(__dirname, file), "utf8")) as Program]),
);

/** The program's resources as the engine shows them to a pack. */
export function fixturesOf({ resources }: Program): Fixture[] {
  const fixtures = new Map(
    resources.map(({ type, name, inputs, outputs = {} }) => [
      name,
      raw(type, name, values(inputs) as Record<string, unknown>, {
        outputs: values(outputs) as Record<string, unknown>,
      }),
    ]),
  );
  const named = (name: string) => {
    const fixture = fixtures.get(name);
    if (fixture === undefined) throw new Error(`no resource ${name}`);
    return fixture;
  };
  for (const { name, refers = {}, parent } of resources) {
    const fixture = named(name);
    fixture.refers = Object.fromEntries(Object.entries(refers).map(([key, names]) => [key, names.map(named)]));
    if (parent !== undefined) fixture.parent = named(parent);
  }
  return [...fixtures.values()];
}

/** Writes what the rules find now, keeping the verdicts that are known. */
export function rewriteFindings(file: string, program: Program, found: readonly Pick<Finding, "rule" | "resource">[]) {
  const findings = found.map(({ rule, resource }) => {
    const known = program.findings.find((one) => one.rule === rule && one.resource === resource);
    return known ?? { rule, resource, verdict: "unjudged", why: "" };
  });
  writeFileSync(join(__dirname, file), `${JSON.stringify({ ...program, findings }, null, 2)}\n`);
}

/** `{ "$unknown": true }` stands for what isn't known before `up`, `{ "$secret": … }` for a value marked secret. */
function values(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(values);
  if (typeof value !== "object" || value === null) return value;
  if ("$unknown" in value) return unknownYet;
  if ("$secret" in value) return secret(values(value.$secret));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, values(one)]));
}
