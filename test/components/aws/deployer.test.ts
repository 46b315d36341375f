import { breakGlassDocument, type Deployed, deployerDocument } from "../../../components/aws/deployer";
import type { WorkspaceScope } from "../../../components/aws/iam";
import type { Statement } from "../../../components/aws/policyDocument";
import { quotas } from "../../../components/aws/rolePolicies";
import { workspaceFaults } from "../../../components/aws/workspaceFaults";
import { workspaceSpec } from "../../../components/workspaceSpec";
import { accountId, scope } from "../../support/fixtures";

const secrets = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/*`;
const always: Deployed = { existingRoles: {}, listing: "account", ref: {} };
const statements = (document: string): Statement[] => JSON.parse(document).Statement;

const unscopable = ["NewKey", "FindAliases"];

test("a deployer's policy names the workspace in every statement, by name or by tag, and reads no value", () => {
  const policy = statements(deployerDocument(scope, always));
  for (const statement of policy) {
    expect([statement.Effect, statement.Sid]).toEqual(["Allow", statement.Sid]);
    expect([statement.Action].flat().filter((action) => /[*?]/.test(action))).toEqual([]);
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
const far = ["us-gov-east-1", "us-gov-west-1", "ap-southeast-1", "ap-southeast-2"];

test.each<[string, WorkspaceScope, number]>([
  ["the longest workspace and a replica", longest, quotas.managedPolicy],
  ["the longest prefix too", { ...longest, prefix: "p".repeat(63) }, quotas.inlineOfRole],
  ["three replicas too", { ...longest, prefix: "p".repeat(63), regions: far }, quotas.inlineOfRole],
])("a deployer's policy fits with %s", (_, widest, limit) => {
  expect(deployerDocument(widest, always).length).toBeLessThanOrEqual(limit);
  expect(breakGlassDocument(widest).length).toBeLessThanOrEqual(quotas.managedPolicy);
});

test("a deployer's policy that fits nowhere is refused before anything is made, with what to do", () => {
  const replicaRegions = [
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eu-north-1",
    "eu-south-1",
    "eu-central-1",
    "us-west-2",
  ];
  const spec = workspaceSpec("w".repeat(32), {
    organization: "Acme",
    aws: { region: "us-east-1", accountId, replicaRegions },
    prefix: "p".repeat(63),
  });
  const wide = { ...longest, regions: ["us-east-1", ...replicaRegions], prefix: "p".repeat(63) };
  const { length } = deployerDocument(wide, always);
  expect(length).toBeGreaterThan(quotas.inlineOfRole);
  expect(workspaceFaults(spec)).toEqual([
    {
      path: ["aws", "replicaRegions"],
      message: `makes the deployer's policy ${length} characters long, and IAM takes 10240: choose fewer regions`,
    },
  ]);
});
