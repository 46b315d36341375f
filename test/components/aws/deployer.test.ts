import { Region } from "@pulumi/aws/types/enums";
import { breakGlassDocument, type Deployed, deployerDocument } from "../../../components/aws/deployer";
import type { WorkspaceScope } from "../../../components/aws/iam";
import type { Statement } from "../../../components/aws/policyDocument";
import { quotas } from "../../../components/aws/rolePolicies";
import { accountId, scope } from "../../support/fixtures";

const secrets = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/*`;
const always: Deployed = { existingRoles: {}, listing: "account", ref: {} };
const statements = (document: string): Statement[] => JSON.parse(document).Statement;

const unscopable = ["NewKey", "FindAliases", "OnlyOwnKeys"];

test("a deployer's policy names the workspace in every statement, by name or by tag, and reads no value", () => {
  const policy = statements(deployerDocument(scope, always));
  expect(policy.filter(({ Effect }) => Effect === "Deny").map(({ Sid }) => Sid)).toEqual(["OnlyOwnKeys"]);
  for (const statement of policy) {
    const actions = [statement.Action].flat();
    if (statement.Effect === "Allow") expect(actions.filter((action) => /[*?]/.test(action))).toEqual([]);
    if (statement.Sid !== "FindAliases") expect(JSON.stringify(statement)).toContain("production");
    if (statement.Resource === "*") expect(unscopable).toContain(statement.Sid);
  }
  const actions = policy.flatMap(({ Action }) => Action);
  const reading = /GetSecretValue|BatchGet|GetRandomPassword|PassRole|CreateGrant|ReEncrypt|StopReplication|^sts:/;
  expect(actions.filter((action) => reading.test(action))).toEqual([]);
  expect(policy.filter(({ Action }) => [Action].flat().includes("kms:Decrypt"))).toEqual([
    {
      Sid: "KeyValidate",
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: `arn:aws:kms:*:${accountId}:key/*`,
      Condition: {
        StringEquals: {
          "aws:ResourceTag/vantedge-workspace": "production",
          "kms:EncryptionContext:SecretVersionId": "RequestToValidateKeyAccess",
        },
        StringLike: { "kms:ViaService": "secretsmanager.*.amazonaws.com" },
      },
    },
  ]);
});

test("break-glass reads the workspace's values, and does nothing else", () => {
  const policy = statements(breakGlassDocument(scope));
  expect(policy.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [
      ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue", "secretsmanager:ListSecretVersionIds"],
      secrets,
    ],
    ["kms:Decrypt", `arn:aws:kms:*:${accountId}:key/*`],
  ]);
  expect(policy.map(({ Condition }) => Condition?.StringEquals)).toEqual(
    Array(2).fill({ "aws:ResourceTag/vantedge-workspace": "production" }),
  );
});

test("existing roles, a view and a cluster are in the policy where the workspace has them", () => {
  const role = `arn:aws:iam::${accountId}:role/sso/auditors`;
  const more = statements(
    deployerDocument(scope, {
      existingRoles: { viewer: role },
      listing: "explorer",
      accessEntries: { clusterName: "c2" },
      ref: { cluster: { eksPodIdentity: { clusterName: "c1" } } },
    }),
  ).slice(statements(deployerDocument(scope, always)).length);
  expect(more.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([
    ["ExistingRoles", role],
    ["NewView", "*"],
    ["View", `arn:aws:resource-explorer-2:us-east-1:${accountId}:view/vantedge-production/*`],
    ["AssociateReaders", `arn:aws:eks:us-east-1:${accountId}:cluster/c1`],
    ["Associations", `arn:aws:eks:us-east-1:${accountId}:podidentityassociation/c1/*`],
    ["PassReadersToPods", `arn:aws:iam::${accountId}:role/vantedge/production/workload/*`],
    ["NewAccessEntries", `arn:aws:eks:us-east-1:${accountId}:cluster/c2`],
    ["TagAccessEntries", `arn:aws:eks:us-east-1:${accountId}:access-entry/c2/role/${accountId}/*`],
    ["AccessEntries", `arn:aws:eks:us-east-1:${accountId}:access-entry/c2/role/${accountId}/*`],
  ]);
  const groups = { "ForAllValues:StringLike": { "eks:kubernetesGroups": "vantedge:production:*" } };
  expect(more[6]?.Condition).toEqual(groups);
  expect(more[8]?.Condition).toMatchObject(groups);
  expect(more[5]?.Condition).toEqual({
    StringEquals: { "iam:PassedToService": ["eks.amazonaws.com", "pods.eks.amazonaws.com"] },
  });
  expect(more[0]?.Condition).toEqual({
    ArnLikeIfExists: { "iam:PolicyARN": `arn:aws:iam::${accountId}:policy/vantedge/production/*` },
  });
});

const longest: WorkspaceScope = { ...scope, workspace: "w".repeat(32), regions: ["us-gov-east-1", "us-gov-west-1"] };

test.each<[string, WorkspaceScope, number]>([
  ["the longest workspace and a replica", longest, quotas.managedPolicy],
  ["the longest prefix too", { ...longest, prefix: "p".repeat(63) }, quotas.inlineOfRole],
  ["every region too", { ...longest, prefix: "p".repeat(63), regions: Object.values(Region) }, quotas.inlineOfRole],
])("a deployer's policy fits with %s", (_, widest, limit) => {
  expect(deployerDocument(widest, always).length).toBeLessThanOrEqual(limit);
});

test("break-glass fits with a replica", () => {
  expect(breakGlassDocument({ ...longest, prefix: "p".repeat(63) }).length).toBeLessThanOrEqual(quotas.managedPolicy);
});
