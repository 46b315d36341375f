import { bindingMutants, denyMutants, type Mutant, roleMutants } from "./mutants";
import { type Survey, survey } from "./mutation";
import { product, type Stage, stage } from "./rows";
import { settings } from "./world";

/** Faults that no decision tells, and why they are none. */
const redundant: Record<string, string> = {
  "condition of a role: the kinds of resource dropped":
    "nothing but secrets and their versions has a name that begins so: the kinds are said as Google's examples say them",
  "condition of a right on the project: dropped":
    "it always holds before an end: its text tells the bindings of two workspaces apart, which are one to IAM without",
  "vantedgeSecretsCreator_v1: with resourcemanager.projects.get":
    "whoever creates is bound to the lister too, which has it",
  "vantedgeSecretsCreator_v1: with secretmanager.secrets.list":
    "whoever creates is bound to the lister too, which has it",
};

let stages: Stage[];
beforeAll(async () => {
  stages = [];
  for (const [name, setting] of Object.entries(settings)) stages.push(await stage(name, setting));
});

/** The surveys of all modes, with the names of those faults that no decision tells. */
function surveys(mutantsOf: (stage: Stage) => Mutant[]): Survey[] {
  return stages.map((set) => survey(mutantsOf(set), product(set), set));
}

const counts = { mutants: 0, asked: 0 };
const alive: string[] = [];
function count(of: readonly Survey[], survivors: readonly string[]): void {
  counts.mutants += of.reduce((sum, { told, alive }) => sum + told.length + alive.length, 0);
  counts.asked += of.reduce((sum, { asked }) => sum + asked, 0);
  alive.push(...new Set(survivors));
}

test("a fault in a binding, a condition or a deny policy is told by a decision, in each mode", () => {
  const of = surveys((set) => [...bindingMutants(set), ...denyMutants(set)]);
  const survivors = of.flatMap((one) => one.alive);
  count(of, survivors);
  expect(of.every(({ told }) => told.length > 20)).toBe(true);
});

/** What a role has for the project alone does nothing where all its bindings are on names. */
test("a fault in a role is told by a decision of one of the modes", () => {
  const of = surveys(roleMutants);
  const told = new Set(of.flatMap((one) => one.told));
  count(
    of,
    of.flatMap((one) => one.alive).filter((name) => !told.has(name)),
  );
  expect(told.size).toBeGreaterThan(150);
});

test("what no decision tells is known, with its reason", () => {
  process.stdout.write(
    `faults in what Google Cloud is asked for: ${counts.mutants}, of which ${alive.length} are not told, by ${counts.asked} decisions\n`,
  );
  expect([...alive].sort()).toEqual(Object.keys(redundant).sort());
  expect(alive.length).toBeLessThanOrEqual(6);
});
