import { prove } from "../../components/aws/prover/prover";
import { peerOfAny } from "./evaluatorAgreement/peer";
import {
  type Asked,
  askedOf,
  documentsFor,
  everything,
  mutantsOf,
  openKey,
  redundant,
  rights,
  told,
  withEveryAllow,
} from "./theorems";

describe.each([[["us-east-1"]], [["us-east-1", "eu-central-1"]]])("regions %j", (regions) => {
  let asked: Asked[];
  beforeAll(async () => {
    asked = await askedOf(regions);
  });

  test("every theorem is proved of all whom it is about, for every request", () => {
    const start = performance.now();
    const proofs = asked.map((one) => [one, prove(one.policies, one.principal, one.theorem)] as const);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`${proofs.length} theorems decided in ${seconds} s\n`);
    expect(proofs.filter(([, { answer }]) => answer !== "proved").map(([one, proof]) => told(one, proof))).toEqual([]);
  });

  test("each is told where no denial keeps it, and iam-simulate confirms the request", () => {
    for (const one of asked.filter(({ theorem }) => theorem.attached === "anything")) {
      const { accountId, identity } = one.policies;
      const policies = { accountId, identity: [everything, ...identity.flatMap(rights)], key: openKey };
      const proof = prove(policies, one.principal, one.theorem);
      expect([told(one, proof), proof.answer]).toEqual([told(one, proof), "counterExample"]);
      if (proof.answer === "counterExample") expect(peerOfAny(policies)(proof.request)).toBe("allowed");
    }
  });
});

test("a fault in a document is told by a theorem, and iam-simulate confirms the request", async () => {
  const asked = await askedOf(["us-east-1", "eu-central-1"]);
  const counts = { told: 0, redundant: 0 };
  const missed: string[] = [];
  for (const { mutant, what, of } of mutantsOf(asked)) {
    const proofs = of.map(
      (one) => [one, prove(documentsFor(one.theorem, mutant), one.principal, one.theorem)] as const,
    );
    const found = proofs.find(([, { answer }]) => answer === "counterExample");
    if (found === undefined) {
      missed.push(what);
      counts.redundant++;
      continue;
    }
    counts.told++;
    const [one, proof] = found;
    if (proof.answer !== "counterExample") continue;
    const policies = one.theorem.attached === "anything" ? withEveryAllow(mutant) : documentsFor(one.theorem, mutant);
    expect([what, proof.request, peerOfAny(policies)(proof.request)]).toEqual([what, proof.request, "allowed"]);
  }
  process.stdout.write(`faults: ${JSON.stringify(counts)}\n`);
  expect([...new Set(missed)].sort()).toEqual(Object.keys(redundant).sort());
});
