import { prove } from "../../components/aws/prover/prover";
import { openKey } from "../../components/aws/theorems";
import { accountId } from "../support/fixtures";
import { peerOfAny } from "./evaluatorAgreement/peer";
import { type Asked, askedOf, everything, mutantsOf, policiesFor, redundant, told, withEveryAllow } from "./theorems";
import type { Setting } from "./world";

const [one, two] = [{ regions: ["us-east-1"] }, { regions: ["us-east-1", "eu-central-1"] }];
const legacy = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:legacy-db-AbCdEf`;
const adopt = [{ secretName: "legacy", arn: legacy, keyArn: `arn:aws:kms:us-east-1:${accountId}:key/legacy` }];

const settings: [string, Setting][] = [
  ["one region", one],
  ["a replica", two],
  ["decryption of members through Secrets Manager", { ...one, memberKms: "via-service" }],
  ["a list by Resource Explorer", { ...one, listing: "explorer" }],
  ["no list", { ...one, listing: "none" }],
  ["an adopted secret", { ...one, adopt }],
];

describe.each(settings)("with %s", (name, setting) => {
  let asked: Asked[];
  beforeAll(async () => {
    asked = await askedOf(setting);
  });

  test("every theorem is proved of all whom it is about, for every request", () => {
    const start = performance.now();
    const proofs = asked.map((one) => [one, prove(one.policies, one.principal, one.theorem)] as const);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`with ${name}: ${proofs.length} theorems decided in ${seconds} s\n`);
    expect(proofs.filter(([, { answer }]) => answer !== "proved").map(([one, proof]) => told(one, proof))).toEqual([]);
  });

  test("each is told where no denial keeps it, and iam-simulate confirms the request", () => {
    for (const one of asked.filter(({ theorem }) => theorem.attached === "anything")) {
      const rights = policiesFor({ ...one.theorem, documents: "rights" }, one.policies).identity;
      const policies = { accountId, identity: [everything, ...rights], key: openKey(accountId) };
      const proof = prove(policies, one.principal, one.theorem);
      expect([told(one, proof), proof.answer]).toEqual([told(one, proof), "counterExample"]);
      if (proof.answer === "counterExample") expect(peerOfAny(policies)(proof.request)).toBe("allowed");
    }
  });
});

test("a fault in a document is told by a theorem, and iam-simulate confirms the request", async () => {
  const asked = await askedOf(two);
  let faults = 0;
  const missed = new Set<string>();
  for (const { mutant, what, of } of mutantsOf(asked)) {
    faults += 1;
    const proofs = of.map((one) => [one, prove(policiesFor(one.theorem, mutant), one.principal, one.theorem)] as const);
    const found = proofs.find(([, { answer }]) => answer === "counterExample");
    if (found === undefined) missed.add(what);
    const [one, proof] = found ?? [];
    if (one === undefined || proof?.answer !== "counterExample") continue;
    const { theorem } = one;
    const policies = theorem.attached === "anything" ? withEveryAllow(mutant) : policiesFor(theorem, mutant);
    expect([what, proof.request, peerOfAny(policies)(proof.request)]).toEqual([what, proof.request, "allowed"]);
  }
  process.stdout.write(`faults: ${faults}, of which ${faults - missed.size} are told\n`);
  expect([...missed].sort()).toEqual(Object.keys(redundant).sort());
});
