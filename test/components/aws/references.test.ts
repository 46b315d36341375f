import { outsideReferences } from "../../../components/aws/references";
import { accountId } from "../../support/fixtures";

const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/${name}-AbCdEf`;
const versionId = "9d4cb84b-ad69-40c0-a0ab-cead3a1e2b7c";

/** The syntax of https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html. */
test.each([
  ["the whole value", { secretId: arn("key") }, arn("key")],
  ["a field", { secretId: arn("db"), field: "password" }, `${arn("db")}:password::`],
  ["a version", { secretId: arn("key"), versionId }, `${arn("key")}:::${versionId}`],
  ["a field of a version", { secretId: arn("db"), field: "a.b_c-1", versionId }, `${arn("db")}:a.b_c-1::${versionId}`],
])("ECS takes %s", (_, reference, valueFrom) => {
  expect(outsideReferences({ NAME: reference }).ecsSecrets).toEqual([{ name: "NAME", valueFrom }]);
});

test("a function is told which secret and field to read, and no version: it reads the current one", () => {
  const references = { KEY: { secretId: arn("key"), versionId }, PASSWORD: { secretId: arn("db"), field: "password" } };
  expect(outsideReferences(references).lambdaEnvironment).toEqual({
    KEY_SECRET_ID: arn("key"),
    PASSWORD_SECRET_ID: arn("db"),
    PASSWORD_SECRET_FIELD: "password",
  });
});

test("the order is that of the names, however they come", () => {
  const [b, a] = [{ B: { secretId: arn("b") } }, { A: { secretId: arn("a") } }];
  const { ecsSecrets, lambdaEnvironment } = outsideReferences({ ...b, ...a });
  expect(ecsSecrets.map(({ name }) => name)).toEqual(["A", "B"]);
  expect(Object.keys(lambdaEnvironment)).toEqual(["A_SECRET_ID", "B_SECRET_ID"]);
  expect(outsideReferences({ ...a, ...b })).toEqual({ ecsSecrets, lambdaEnvironment, cloudRunEnv: [] });
});

test("nothing bound is nothing referred to", () => {
  expect(outsideReferences({})).toEqual({ ecsSecrets: [], lambdaEnvironment: {}, cloudRunEnv: [] });
});
