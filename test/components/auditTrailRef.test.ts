import { AuditTrail, type AuditTrailRef, Workspace, type WorkspaceArgs } from "../../index";
import { accountId, production } from "../support/fixtures";
import { attempt, notices, only, run } from "../support/mocks";

const trail: AuditTrailRef = {
  accountId,
  region: "us-east-1",
  workspaces: [{ name: "production" }],
};

const audited = (auditTrail: AuditTrailRef | undefined, more: Partial<WorkspaceArgs> = {}) =>
  attempt(() => {
    const args = { ...production, ...more, ...(auditTrail === undefined ? {} : { auditTrail }) };
    return { audited: new Workspace("production", args).audited };
  });

test("a workspace that the trail watches is audited, and nothing is said", async () => {
  const { result, resources, errors } = await audited(trail);
  expect(errors).toEqual([]);
  expect(result).toEqual({ audited: true });
  expect(notices(resources)).toEqual([]);
});

test("without a trail it is not, and that is said", async () => {
  const { result, resources } = await audited(undefined);
  expect(result).toEqual({ audited: false });
  expect(notices(resources)).toEqual([
    "no audit trail is named, so audited is false: make one AuditTrail for the account and set auditTrail.",
  ]);
});

const replicated = { aws: { region: "us-east-1", accountId, replicaRegions: ["eu-west-1"] } };

test.each<[string, Partial<AuditTrailRef>, Partial<WorkspaceArgs>, string]>([
  [
    "another account's trail",
    { accountId: "999900001111" },
    {},
    "is the trail of account 999900001111, and the workspace is in 111122223333: name the trail of that account",
  ],
  [
    "a trail that watches others",
    { workspaces: [{ name: "production-eu" }] },
    {},
    'the trail does not watch workspace "production": add it to the workspaces of the AuditTrail',
  ],
  [
    "another prefix",
    {},
    { prefix: "acme" },
    'the trail watches "production" under the prefix vantedge, not acme: correct prefix there',
  ],
  [
    "a region that is not watched",
    {},
    replicated,
    'the trail does not watch "production" in eu-west-1: add that to its regions in the AuditTrail',
  ],
])("refused: %s", async (_, ref, more, message) => {
  const { errors, resources } = await audited({ ...trail, ...ref }, more);
  expect(errors).toEqual([`Workspace "production": auditTrail: ${message}`]);
  expect(resources).toEqual([]);
});

test.each<[Partial<AuditTrailRef>, Partial<WorkspaceArgs>]>([
  [{ workspaces: [{ name: "production", prefix: "acme" }] }, { prefix: "acme" }],
  [{ workspaces: [{ name: "production", regions: ["us-east-1", "eu-west-1"] }] }, replicated],
])("taken: %j", async (ref, more) => {
  expect((await audited({ ...trail, ...ref }, more)).errors).toEqual([]);
});

test("what the workspace makes waits for the trail of the same program", async () => {
  const { resources } = await run(() => {
    const { organization, aws } = production as Required<WorkspaceArgs>;
    const made = new AuditTrail("audit", { organization, aws, workspaces: [{ name: "production" }] });
    new Workspace("production", { ...production, auditTrail: made.ref });
  });
  const { dependencies } = only(resources, "aws:kms/key:Key", "production-key").options;
  expect(dependencies).toEqual(expect.arrayContaining(["audit-trail", "audit-read-production"]));
});
