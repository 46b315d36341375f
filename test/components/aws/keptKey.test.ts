import { Secret } from "../../../index";
import { accountId, canary, ref } from "../../support/fixtures";
import { attempt, type Calls, leaks, saying, summary } from "../../support/mocks";

const getSecret = "aws:secretsmanager/getSecret:getSecret";
const none = () => {
  throw saying("reading Secrets Manager Secret: couldn't find resource");
};
/** A secret of whose name nothing is there when it is made, and which then has this key. */
const under = (kmsKeyId: string | undefined): Calls => ({
  "aws:secretsmanager/getSecretVersions:getSecretVersions": none,
  [getSecret]: () => ({ arn: "arn", kmsKeyId }),
});
const program = () => new Secret("db", { workspace: ref, value: canary });
const version = "aws:secretsmanager/secretVersion:SecretVersion db-version";

test.each<[string, string | undefined, string]>([
  ["another key", `arn:aws:kms:us-east-1:${accountId}:key/other`, `arn:aws:kms:us-east-1:${accountId}:key/other`],
  ["AWS's own key", "", "the key aws/secretsmanager"],
])("no value is written into a secret under %s", async (_, key, told) => {
  const outcome = await attempt(program, { calls: under(key), hooks: true });
  expect(outcome.errors).toEqual([
    expect.stringContaining(
      `Secret "db": somebody has put it under ${told}, and a value is written under the workspace's key only: run ` +
        '"pulumi up --refresh", which puts it back under that',
    ),
  ]);
  expect(summary(outcome.resources)).not.toContain(version);
  expect(leaks(outcome, canary)).toEqual([]);
});

test.each<[string, Calls, boolean]>([
  ["under its key", under(ref.keyArn as string), false],
  ["whose key may not be told", { ...under(undefined), [getSecret]: none }, false],
  ["in a preview, which writes nothing", under("other"), true],
])("one %s takes its value", async (_, calls, preview) => {
  const { errors, resources } = await attempt(program, { calls, hooks: true, preview });
  expect(errors).toEqual([]);
  expect(summary(resources)).toContain(version);
});
