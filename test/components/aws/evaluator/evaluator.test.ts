import { type Decision, evaluator } from "../../../../components/aws/evaluator/evaluator";
import { isolationDocument, keyDocument } from "../../../../components/aws/iam";
import { accessDocument, accountId, arn, scope } from "../../../support/fixtures";
import { type Case, concepts, placeOf } from "./cases";

describe.each(Object.entries(concepts))("%s", (_, cases) => {
  test.each(cases.map((row) => [row.name, row] as const))("%s", (_, { policies, request, decision, by, why }: Case) => {
    const decided = evaluator(policies)(request);
    expect([decided.decision, decided.why]).toEqual([decision, why]);
    if (by !== undefined) expect(decided.by.map(placeOf)).toEqual(by);
  });

  test("no two cases have one name", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });
});

const key = `arn:aws:kms:us-east-1:${accountId}:key/production`;
const secret = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/db-AbCdEf`;
const member = {
  accountId,
  identity: [accessDocument("member", scope, key), isolationDocument(scope, [key])],
  key: keyDocument(scope, "validate-only", {}, []),
};
const principal = arn("vantedge/production/vantedge-production-member");
const read = { principal, action: "secretsmanager:GetSecretValue", resource: secret };
const sidsOf = ({ by }: Decision) => by.map(({ sid }) => sid);

test("names the statements of the package's own documents that keep a member from a value", () => {
  const decide = evaluator(member);
  const decrypt = {
    "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com",
    "kms:EncryptionContext:SecretARN": secret,
    "kms:EncryptionContext:SecretVersionId": "0f9a3c1e-1111-2222-3333-444455556666",
  };
  const decided = decide(read);
  expect(decided).toEqual({
    decision: "explicitlyDenied",
    by: [expect.objectContaining({ policy: "identity", document: 0 })],
  });
  expect(sidsOf(decided)).toEqual(["NeverRead"]);
  expect(sidsOf(decide({ principal, action: "kms:Decrypt", resource: key, context: decrypt }))).toEqual([
    "NeverDecrypt",
    "DenyDecryptToAllButReaders",
  ]);
});

test("reads documents as text and as objects alike", () => {
  const objects = { ...member, identity: member.identity.map((text) => JSON.parse(text)), key: JSON.parse(member.key) };
  expect(evaluator(objects)(read)).toEqual(evaluator(member)(read));
});

test("decides the same twice, and leaves policies and request as they were", () => {
  const frozen = JSON.stringify([member, read]);
  const decide = evaluator(member);
  expect(decide(read)).toEqual(decide(read));
  expect(JSON.stringify([member, read])).toBe(frozen);
});

test("decides 10,000 requests in well under a second of processor time", () => {
  const decide = evaluator(member);
  const before = process.cpuUsage().user;
  for (let index = 0; index < 10_000; index++) decide(read);
  expect(process.cpuUsage().user - before).toBeLessThan(1_000_000);
});

test("ten thousand asterisks are no way to keep it busy", () => {
  const resource = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:${"*a".repeat(2_000)}b`;
  const identity = [{ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: resource }] }];
  const asked = { ...read, resource: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:${"a".repeat(4_000)}` };
  expect(evaluator({ accountId, identity })(asked).decision).toBe("implicitlyDenied");
});
