import { adoptedAs, nameInArn } from "../../../components/aws/adopted";
import { Secret, type SecretArgs } from "../../../index";
import { accountId, ref } from "../../support/fixtures";
import { attempt, only, run } from "../../support/mocks";

const legacy = {
  secretName: "legacy-db",
  arn: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:teams/ai/legacy-db-AbCdEf`,
  keyArn: `arn:aws:kms:us-east-1:${accountId}:key/legacy`,
};
const workspace = { ...ref, adopted: [legacy] };
const secretType = "aws:secretsmanager/secret:Secret";

const provision = (args: Partial<SecretArgs> = {}) =>
  run(() => {
    const { cloudName, secretId } = new Secret("legacy-db", { workspace, ...args });
    return { cloudName, secretId };
  });

test("an adopted secret keeps its name and its key", async () => {
  const { resources, result } = await provision();
  expect(only(resources, secretType).inputs).toMatchObject({ name: "teams/ai/legacy-db", kmsKeyId: legacy.keyArn });
  expect(result.cloudName).toBe("teams/ai/legacy-db");
});

test("it was there before the workspace, and stays when that goes", async () => {
  expect(only((await provision()).resources, secretType).options.retainOnDelete).toBe(true);
  const { resources } = await run(() => new Secret("openai", { workspace }));
  expect(only(resources, secretType).options.retainOnDelete).toBe(false);
});

test("it is imported by its exact ARN, and what differs is left alone in that run", async () => {
  const { resources } = await provision({ import: legacy.arn });
  expect(only(resources, secretType).options).toMatchObject({
    import: `${legacy.arn}@us-east-1`,
    ignoreChanges: ["description", "kmsKeyId", "replicas", "recoveryWindowInDays", "tags"],
  });
});

test("another secret of the workspace has nothing of it", async () => {
  const { resources } = await run(() => new Secret("openai", { workspace }));
  expect(only(resources, secretType).inputs).toMatchObject({
    name: "vantedge/production/openai",
    kmsKeyId: ref.keyArn,
  });
});

test.each([
  `arn:aws:secretsmanager:us-east-1:${accountId}:secret:teams/ai/legacy-db-GhIjKl`,
  `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/legacy-db-AbCdEf`,
])("an import of %s is refused: it is not what was adopted", async (arn) => {
  const { resources, errors } = await attempt(() => new Secret("legacy-db", { workspace, import: arn }));
  expect(errors).toEqual([
    `Secret "legacy-db": import: must be the ARN of the secret of this very name: ${legacy.arn}`,
  ]);
  expect(resources).toEqual([]);
});

test("a name is found in an ARN whatever it looks like", () => {
  expect(nameInArn(legacy.arn)).toBe("teams/ai/legacy-db");
  expect(nameInArn(`arn:aws:secretsmanager:us-east-1:${accountId}:secret:jwt-secret-AbCdEf`)).toBe("jwt-secret");
  expect(adoptedAs(workspace, "other")).toBeUndefined();
  expect(adoptedAs(ref, "legacy-db")).toBeUndefined();
});
