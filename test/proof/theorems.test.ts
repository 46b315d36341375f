import type { WorkspaceScope } from "../../components/aws/iam";
import { type Proof, prove } from "../../components/aws/prover/prover";
import { type Theorem, theoremsOf } from "../../components/aws/theorems";
import { accountId } from "../support/fixtures";
import { type Actor, type Home, rolesOf } from "./cast";
import { peerOfAny } from "./evaluatorAgreement/peer";
import { homeOf, recordWorkspaces, type Setting } from "./world";

/** Names of which one begins the other: what reaches too far reaches the neighbour. */
const names = ["production", "production-eu"];
const settings: [string, Setting][] = [
  ["one region", { regions: ["us-east-1"] }],
  ["two regions", { regions: ["us-east-1", "eu-central-1"] }],
];

/** A key that keeps nobody out: what is proved beside it rests on the role's own documents. */
const openKey = {
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "kms:*", Resource: "*" },
  ],
};

interface Asked {
  role: Actor;
  theorem: Theorem;
  policies: Parameters<typeof prove>[0];
}

function questions(role: Actor, home: Home): Asked[] {
  const { workspace, prefix, regions, keyArns } = role.kind === "workload" ? (role.home as Home) : home;
  const scope: WorkspaceScope = { workspace, prefix, accountId, regions, adopted: [] };
  const policies = { accountId, identity: [...role.access, ...role.guard], key: openKey };
  return theoremsOf(scope, keyArns)
    .filter(({ who }) => (who as string[]).includes(role.kind))
    .map((theorem) => ({ role, theorem, policies }));
}

function told({ role, theorem }: Asked, proof: Proof): string {
  const what = proof.answer === "counterExample" ? JSON.stringify(proof.request) : JSON.stringify(proof);
  return `${theorem.id} of ${role.name}: ${what}`;
}

describe.each(settings)("%s", (_, setting) => {
  const asked: Asked[] = [];
  beforeAll(async () => {
    const recorded = await recordWorkspaces(names, setting);
    for (const name of names) {
      const home = homeOf(name, recorded, setting.regions);
      for (const role of rolesOf(recorded, home)) asked.push(...questions(role, home));
    }
  });

  test("every theorem is proved of every role that it is about, for every request", () => {
    const start = performance.now();
    const proofs = asked.map((one) => [one, prove(one.policies, one.role.arn, one.theorem)] as const);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`${proofs.length} theorems decided in ${seconds} s\n`);
    expect(proofs.filter(([, { answer }]) => answer !== "proved").map(([one, proof]) => told(one, proof))).toEqual([]);
  });

  test("each is told where the statement that keeps it is not there, and iam-simulate confirms it", () => {
    // Without its denials, whatever is attached to a role is allowed.
    for (const one of asked.filter(({ theorem }) => theorem.attached === "anything")) {
      const identity = [everything, ...one.policies.identity.map(withoutDenials)];
      const policies = { ...one.policies, identity };
      const proof = prove(policies, one.role.arn, one.theorem);
      expect([told(one, proof), proof.answer]).toEqual([told(one, proof), "counterExample"]);
      if (proof.answer === "counterExample") expect(peerOfAny(policies)(proof.request)).toBe("allowed");
    }
  });
});

const everything = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

function withoutDenials(document: string | object): object {
  const { Version, Statement } = document as { Version: string; Statement: { Effect: string }[] };
  const kept = Statement.filter(({ Effect }) => Effect === "Allow");
  return { Version, Statement: kept.length > 0 ? kept : everything.Statement };
}
