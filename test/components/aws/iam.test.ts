import { accessStatements, isolationDocument, keyDocument, partitionOf, roleArn } from "../../../components/aws/iam";
import type { Statement } from "../../../components/aws/policyDocument";
import { type RoleName, roleNames } from "../../../components/roles";
import { accessWith, accountId, scope } from "../../support/fixtures";

const key = `arn:aws:kms:us-east-1:${accountId}:key/production`;
const secrets = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/*`;
const ownFunctions = `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production-*`;
const validation = "RequestToValidateKeyAccess";

const statements = (document: string): Statement[] => JSON.parse(document).Statement;
const access = (role: RoleName, of = scope, keys = [key]) => accessStatements(role, of, accessWith(...keys));
const sids = (list: Statement[]) => list.map(({ Sid }) => Sid);
const bySid = (list: Statement[], sid: string) => list.find(({ Sid }) => Sid === sid);
const allowed = (role: RoleName) =>
  access(role)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ Action }) => Action)
    .sort();

const describing = [
  "secretsmanager:DescribeSecret",
  "secretsmanager:ListSecretVersionIds",
  "secretsmanager:ListSecrets",
];
const writing = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:GenerateDataKey",
  "secretsmanager:CreateSecret",
  "secretsmanager:DeleteSecret",
  "secretsmanager:GetResourcePolicy",
  "secretsmanager:PutSecretValue",
  "secretsmanager:TagResource",
  "secretsmanager:TagResource",
  "secretsmanager:UntagResource",
];
const reading = [
  "kms:Decrypt",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:CancelRotateSecret",
  "secretsmanager:GetRandomPassword",
  "secretsmanager:GetSecretValue",
  "secretsmanager:RestoreSecret",
  "secretsmanager:UpdateSecret",
  "secretsmanager:UpdateSecretVersionStage",
];
const owning = [
  "lambda:InvokeFunction",
  "secretsmanager:DeleteResourcePolicy",
  "secretsmanager:PutResourcePolicy",
  "secretsmanager:RotateSecret",
  "secretsmanager:ValidateResourcePolicy",
];

test.each<[RoleName, string[]]>([
  ["viewer", describing],
  ["member", [...describing, ...writing]],
  ["admin", [...describing, ...writing, ...reading]],
  ["owner", [...describing, ...writing, ...reading, ...owning]],
])("the exact actions of %s", (role, actions) => {
  expect(allowed(role)).toEqual([...actions].sort());
});

test.each<[RoleName, string[]]>([
  ["viewer", ["NeverRead", "NeverDecrypt", "NoForce"]],
  ["member", ["NeverRead", "NeverDecrypt", "NoForce"]],
  ["admin", ["NoForce"]],
  ["owner", []],
])("what is denied to %s whatever else is attached", (role, expected) => {
  expect(sids(access(role).filter(({ Effect }) => Effect === "Deny"))).toEqual(expected);
});

test("a member decrypts nothing but the validation that carries no value", () => {
  const context = {
    StringEquals: {
      "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
      "kms:EncryptionContext:SecretVersionId": validation,
    },
    StringLike: { "kms:EncryptionContext:SecretARN": [secrets, validation] },
  };
  expect(
    access("member").filter(({ Effect, Action }) => Effect === "Allow" && [Action].flat().includes("kms:Decrypt")),
  ).toEqual([{ Sid: "KeyValidate", Effect: "Allow", Action: "kms:Decrypt", Resource: key, Condition: context }]);
  expect(bySid(access("member"), "NeverDecrypt")).toEqual({
    Sid: "NeverDecrypt",
    Effect: "Deny",
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: { StringNotEquals: { "kms:EncryptionContext:SecretVersionId": validation } },
  });
});

test("creating needs the workspace's name, tag and key, and no replica", () => {
  expect(bySid(access("member"), "Create")).toEqual({
    Sid: "Create",
    Effect: "Allow",
    Action: "secretsmanager:CreateSecret",
    Resource: secrets,
    Condition: {
      StringLike: { "secretsmanager:Name": "vantedge/production/*" },
      StringEquals: { "aws:RequestTag/vantedge-workspace": "production", "secretsmanager:KmsKeyArn": key },
      Null: { "secretsmanager:AddReplicaRegions": "true" },
    },
  });
});

const unscopable = ["List", "RetrieveUnscopable"];

test.each(roleNames)("what %s may do ends at the workspace's secrets and key", (role) => {
  for (const statement of access(role)) {
    if (statement.Effect === "Deny" || unscopable.includes(statement.Sid)) expect(statement.Resource).toBe("*");
    else expect([secrets, key, ownFunctions.replace("-*", "--*")]).toContain(statement.Resource);
    expect([statement.Action].flat().filter((action) => statement.Effect === "Allow" && /[*?]/.test(action))).toEqual(
      [],
    );
  }
});

test.each(roleNames)("every scoped Secrets Manager right of %s depends on the tag too", (role) => {
  const scoped = access(role).filter(
    ({ Sid, Effect, Action }) =>
      Effect === "Allow" && !unscopable.includes(Sid) && String(Action).startsWith("secretsmanager"),
  );
  for (const { Condition } of scoped) {
    const tag = Object.entries(Condition?.StringEquals ?? {}).filter(([name]) =>
      name.endsWith("Tag/vantedge-workspace"),
    );
    expect(tag).toEqual([[expect.any(String), "production"]]);
  }
});

test("the guard denies by what the workspace is not", () => {
  const guard = statements(isolationDocument(scope, [key]));
  expect(sids(guard)).toEqual([
    "IsoName",
    "IsoRetag",
    "IsoUntag",
    "IsoKey",
    "KeyOnlyViaSm",
    "KeepKey",
    "KeepKeyById",
    "OwnFunctionsOnly",
    "OwnFunctionsByDefault",
    "NeverPublic",
  ]);
  expect(guard.map(({ Effect }) => Effect)).toEqual(Array(10).fill("Deny"));
  expect(bySid(guard, "IsoName")).toMatchObject({ NotResource: secrets });
  // Lambda decrypts the variables of a rotation function as the function's role, under another key.
  const variables = { "kms:EncryptionContext:aws:lambda:FunctionArn": ownFunctions };
  expect(bySid(guard, "IsoKey")).toEqual({
    Sid: "IsoKey",
    Effect: "Deny",
    Action: "kms:*",
    NotResource: key,
    Condition: { StringNotLike: variables },
  });
  expect(bySid(guard, "KeyOnlyViaSm")?.Condition).toEqual({
    StringNotEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" },
    StringNotLike: variables,
  });
});

/** Every operation that takes a secret's ARN (facts/iam.md 1.1), the newest included, and the three that take none. */
const operations =
  "AssociateCrossAccountReplica CancelRotateSecret CreateSecret DeleteResourcePolicy DeleteSecret DescribeSecret " +
  "DisassociateCrossAccountReplica GetResourcePolicy GetSecretValue ListResourcePolicies ListSecretVersionIds " +
  "PutResourcePolicy PutSecretValue RemoveRegionsFromReplication ReplicateSecretToRegions RestoreSecret RotateSecret " +
  "StopReplicationToReplica TagResource UntagResource UpdateSecret UpdateSecretVersionStage ValidateResourcePolicy " +
  "AcceptCrossAccountReplication";
const withoutArn = "ListSecrets BatchGetSecretValue GetRandomPassword";

test("the guard covers every operation but those that can't be scoped", () => {
  const patterns = [bySid(statements(isolationDocument(scope, [key])), "IsoName")?.Action].flat() as string[];
  const covered = (operation: string) =>
    patterns.some((pattern) =>
      new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(`secretsmanager:${operation}`),
    );
  expect(operations.split(" ").filter((operation) => !covered(operation))).toEqual([]);
  expect(withoutArn.split(" ").filter(covered)).toEqual([]);
});

test("the key serves Secrets Manager only, and decrypts for readers only", () => {
  const breakGlass = "arn:aws:iam::111122223333:role/security";
  const policy = statements(keyDocument(scope, "validate-only", {}, [breakGlass]));
  expect(sids(policy)).toEqual([
    "AdministerButNeverUse",
    "UseThroughSecretsManager",
    "DenyDirect",
    "DenyForeignSecret",
    "DenyDecryptToAllButReaders",
  ]);
  const [administer] = policy;
  expect(
    [administer?.Action]
      .flat()
      .filter((action) => /Decrypt|Encrypt|GenerateDataKey|CreateGrant|\*$/.test(action as string)),
  ).toEqual([
    "kms:Describe*",
    "kms:Enable*",
    "kms:List*",
    "kms:Put*",
    "kms:Update*",
    "kms:Revoke*",
    "kms:Disable*",
    "kms:Get*",
    "kms:Delete*",
  ]);
  expect(bySid(policy, "DenyDecryptToAllButReaders")).toEqual({
    Sid: "DenyDecryptToAllButReaders",
    Effect: "Deny",
    Principal: "*",
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: {
      ArnNotLike: {
        "aws:PrincipalArn": [
          "arn:aws:iam::111122223333:role/vantedge/production/vantedge-production-admin",
          "arn:aws:iam::111122223333:role/vantedge/production/vantedge-production-owner",
          "arn:aws:iam::111122223333:role/vantedge/production/workload/*",
          "arn:aws:iam::111122223333:role/vantedge/production/rotation/*",
          breakGlass,
        ],
      },
      StringNotEquals: { "kms:EncryptionContext:SecretVersionId": validation },
    },
  });
});

test("with replicas, documents cover each region and its key", () => {
  const replicated = { ...scope, regions: ["us-east-1", "eu-west-1"] };
  const keys = [key, `arn:aws:kms:eu-west-1:${accountId}:key/production`];
  const inBoth = [secrets, secrets.replace("us-east-1", "eu-west-1")];
  expect(bySid(access("viewer", replicated, keys), "Describe")?.Resource).toEqual(inBoth);
  expect(bySid(access("member", replicated, keys), "KeyWrite")).toMatchObject({
    Resource: keys,
    Condition: {
      StringEquals: {
        "kms:ViaService": ["secretsmanager.us-east-1.amazonaws.com", "secretsmanager.eu-west-1.amazonaws.com"],
      },
    },
  });
  expect(bySid(statements(isolationDocument(replicated, keys)), "IsoName")?.NotResource).toEqual(inBoth);
});

test.each([
  ["us-east-1", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
])("%s is in the partition %s", (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
  expect(roleArn({ ...scope, regions: [region] }, "admin")).toBe(
    `arn:${partition}:iam::${accountId}:role/vantedge/production/vantedge-production-admin`,
  );
});
