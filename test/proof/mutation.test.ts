import { subjectsOf, survivors } from "./mutation";
import { weakened } from "./rows";
import { stage } from "./world";

/** Faults that no decision tells, and why they are none. */
const redundant: Record<string, string> = {
  "policy of the key: UseThroughSecretsManager: without StringEquals kms:CallerAccount":
    "its Principal is the same account already, and so is every caller",
};

test("a fault in any document is told by a decision", async () => {
  const set = await stage();
  const rows = await weakened(set);
  const alive: string[] = [];
  let mutants = 0;
  let asked = 0;
  for (const subject of subjectsOf(set)) {
    const survey = await survivors(subject, rows, set);
    mutants += survey.mutants;
    asked += survey.asked;
    alive.push(...survey.alive);
  }
  process.stdout.write(
    `faults in documents: ${mutants}, of which ${mutants - alive.length} are told, by ${asked} decisions\n`,
  );
  expect(alive.sort()).toEqual(Object.keys(redundant).sort());
  expect(alive.length).toBeLessThanOrEqual(6);
});
