import type { LoggedRequest } from "../../local/cloud/requestLog";
import { checksOf } from "../engine/support/iamChecks";
import { RecordedCloud } from "../engine/support/recordedCloud";
import { type Check, isAllowed } from "./decide";
import { accountId } from "./fixtures";

const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/0a1b`;
const secretArn = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/api-key-AbCdEf`;
const Tags = { "vantedge-workspace": "production", team: null };

const request = (service: string, action: string, more: Partial<LoggedRequest> = {}): LoggedRequest => ({
  ...{ time: "", service, action, region: "us-east-1", status: 200 },
  ...more,
});
const createKey = request("kms", "CreateKey", { parameters: { Tags }, created: keyArn });
const createAlias = request("kms", "CreateAlias", { parameters: { AliasName: "alias/a", TargetKeyId: "0a1b" } });
const createSecret = request("secretsmanager", "CreateSecret", {
  parameters: { Name: "vantedge/production/api-key", KmsKeyId: "alias/a", Tags },
  created: secretArn,
});
const putValue = request("secretsmanager", "PutSecretValue", {
  parameters: { SecretId: "vantedge/production/api-key" },
  bringsValue: true,
});

/** What a request asks of IAM after others were done. */
const after = (done: LoggedRequest[], next: LoggedRequest): Check[] => {
  const cloud = new RecordedCloud();
  for (const one of done) cloud.follow(one);
  return checksOf(next, cloud);
};
const asked = (checks: Check[]) => checks.map(({ action, resource }) => [action, resource]);
const world = [createKey, createAlias, createSecret];

test("creating a secret asks for its tags, and whether its key may be used", () => {
  const checks = after([createKey, createAlias], createSecret);
  expect(asked(checks)).toEqual([
    ["secretsmanager:CreateSecret", secretArn],
    ["secretsmanager:TagResource", secretArn],
    ["kms:GenerateDataKey", keyArn],
    ["kms:Decrypt", keyArn],
  ]);
  const tags = {
    "aws:RequestTag/vantedge-workspace": "production",
    "aws:RequestTag/team": "some text",
    "aws:TagKeys": ["vantedge-workspace", "team"],
  };
  expect(checks[0]?.context).toEqual({
    "secretsmanager:Name": "vantedge/production/api-key",
    "secretsmanager:KmsKeyArn": keyArn,
    "secretsmanager:KmsKeyId": "alias/a",
    ...tags,
  });
  expect(checks[1]?.context).toEqual(tags);
  expect(checks[3]?.context).toEqual({
    "aws:ResourceTag/vantedge-workspace": "production",
    "aws:ResourceTag/team": "some text",
    "kms:ResourceAliases": ["alias/a"],
    "kms:CallerAccount": accountId,
    "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
    "kms:EncryptionContext:SecretARN": secretArn,
    "kms:EncryptionContext:SecretVersionId": "RequestToValidateKeyAccess",
  });
});

test("reading a value decrypts a version that is stored", () => {
  const [read, decrypt] = after(
    world,
    request("secretsmanager", "GetSecretValue", { parameters: { SecretId: secretArn } }),
  );
  expect([read?.action, decrypt?.action]).toEqual(["secretsmanager:GetSecretValue", "kms:Decrypt"]);
  expect(String(decrypt?.context["kms:EncryptionContext:SecretVersionId"]).length).toBeGreaterThanOrEqual(32);
});

test("a replica of a secret that has a value is decrypted as the caller, of one without is not", () => {
  const replicate = request("secretsmanager", "ReplicateSecretToRegions", {
    parameters: { SecretId: secretArn, AddReplicaRegions: [{ Region: "us-east-1", KmsKeyId: "alias/a" }] },
  });
  const decrypts = (done: LoggedRequest[]) => after(done, replicate).filter(({ action }) => action === "kms:Decrypt");
  expect(decrypts(world)).toEqual([]);
  expect(decrypts([...world, putValue])).toHaveLength(1);
});

test("a secret's tags are those that it has when the request comes", () => {
  const describeSecret = request("secretsmanager", "DescribeSecret", { parameters: { SecretId: secretArn } });
  const retag = request("secretsmanager", "TagResource", {
    parameters: { SecretId: secretArn, Tags: { "vantedge-workspace": "development" } },
  });
  const untag = request("secretsmanager", "UntagResource", { parameters: { SecretId: secretArn, TagKeys: ["team"] } });
  const tags = (...done: LoggedRequest[]) => after([...world, ...done], describeSecret)[0]?.context;
  expect(tags()).toEqual({ "aws:ResourceTag/vantedge-workspace": "production", "aws:ResourceTag/team": "some text" });
  expect(tags(retag, untag)).toEqual({ "aws:ResourceTag/vantedge-workspace": "development" });
  const refused = { ...retag, status: 400 };
  expect(tags(refused, untag)).toEqual({ "aws:ResourceTag/vantedge-workspace": "production" });
});

test("an alias is asked for beside its key", () => {
  expect(asked(after(world, request("kms", "DeleteAlias", { parameters: { AliasName: "alias/a" } })))).toEqual([
    ["kms:DeleteAlias", `arn:aws:kms:us-east-1:${accountId}:alias/a`],
    ["kms:DeleteAlias", keyArn],
  ]);
});

test("a call that the table doesn't know is an error that names it", () => {
  expect(() => after([], request("secretsmanager", "BatchGetSecretValue"))).toThrow(
    new Error("no row says what IAM is asked for secretsmanager:BatchGetSecretValue"),
  );
});

describe("the evaluator", () => {
  const principal = (Condition: object) => ({
    arn: `arn:aws:iam::${accountId}:role/ci`,
    policies: [
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: "*", Condition }],
      }),
    ],
  });
  const decrypt = {
    action: "kms:Decrypt",
    resource: keyArn,
    context: { "kms:EncryptionContext:SecretARN": secretArn },
  };
  const keyPolicy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: "kms:*", Resource: "*" },
    ],
  });

  test.each([
    [secretArn, true],
    [`${secretArn}x`, false],
  ])("decides by the encryption context (%#)", async (arn, expected) => {
    const asking = principal({ StringEquals: { "kms:EncryptionContext:SecretARN": arn } });
    await expect(isAllowed(asking, decrypt, keyPolicy)).resolves.toBe(expected);
  });

  test("ignores no key silently", async () => {
    const odd = { ...decrypt, context: { "kms:NoSuchKey": "x" } };
    await expect(isAllowed(principal({}), odd, keyPolicy)).rejects.toThrow(
      "kms:Decrypt: the evaluator ignored kms:NoSuchKey",
    );
  });
});
