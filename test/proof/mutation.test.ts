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
  for (const subject of subjectsOf(set)) {
    const survey = await survivors(subject, rows, set);
    mutants += survey.mutants;
    alive.push(...survey.alive);
    console.info(`${subject.name}: ${survey.mutants} faults, ${survey.asked} decisions`);
  }
  console.info(`${mutants} faults in documents, each told by a decision`);
  expect(alive.sort()).toEqual(Object.keys(redundant).sort());
  expect(alive.length).toBeLessThanOrEqual(6);
});
