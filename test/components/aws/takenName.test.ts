import type { ResourceHook } from "@pulumi/pulumi";
import { Secret } from "../../../index";
import { accountId, canary, ref } from "../../support/fixtures";
import { attempt, type Calls, leaks, lookups, only } from "../../support/mocks";

const arn = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/jwt-secret-AbCdEf`;
const takeOver = `set import: "${arn}" on the secret, run "pulumi up", and remove import again`;
const name = "the secret name vantedge/production/jwt-secret is";

const absent = () => {
  throw new Error(`ResourceNotFoundException ${canary}`);
};
const denied = () => {
  throw new Error("AccessDeniedException");
};
const getVersions = "aws:secretsmanager/getSecretVersions:getSecretVersions";
const getSecret = "aws:secretsmanager/getSecret:getSecret";

/** Registers a secret, and runs the hook as the engine does before it creates one. */
const hooked = (calls: Calls) =>
  attempt(
    async () => {
      const secret = new Secret("jwt-secret", { workspace: ref, value: canary });
      await new Promise((resolve) => secret.secretId.apply(resolve));
      await hook?.callback({} as never);
    },
    { calls },
  );
let hook: ResourceHook | undefined;

jest.mock("../../../components/aws/takenName", () => {
  const { refuseTakenName } = jest.requireActual("../../../components/aws/takenName");
  return {
    refuseTakenName: (...args: unknown[]) => {
      hook = refuseTakenName(...args);
      return hook;
    },
  };
});

test.each<[string, Calls, string[]]>([
  ["free", { [getVersions]: absent, [getSecret]: absent }, []],
  // A member may describe what has the workspace's tag: a name without a secret has none.
  ["not told to whoever deploys", { [getVersions]: denied, [getSecret]: denied }, []],
  [
    "taken",
    { [getVersions]: () => ({ arn, versions: [] }), [getSecret]: () => ({ arn }) },
    [`${name} taken in us-east-1: choose another name, or take the secret over: ${takeOver}`],
  ],
  [
    "scheduled for deletion",
    { [getVersions]: () => ({ arn, versions: [] }), [getSecret]: absent },
    [
      `${name} scheduled for deletion in us-east-1: run "aws secretsmanager restore-secret --region us-east-1 ` +
        `--secret-id ${arn}" and then take it over: ${takeOver}; where its workspace was destroyed too, its key comes first ` +
        '("aws kms cancel-key-deletion", "aws kms enable-key"), and value is left away to keep what it holds: docs/restore.md has the commands',
    ],
  ],
])("a name that is %s", async (_, calls, expected) => {
  const outcome = await hooked(calls);
  expect(outcome.errors).toEqual(expected);
  expect(leaks(outcome, canary)).toEqual([]);
  for (const { inputs } of lookups(outcome.calls)) {
    expect(inputs).toMatchObject({ region: "us-east-1" });
    expect(inputs.secretId ?? inputs.name).toBe("vantedge/production/jwt-secret"); // the whole name, no partial ARN
  }
});

test("the hook is bound to the secret only, runs in previews too, and has a name of its own", async () => {
  const { resources, hooks } = await hooked({ [getVersions]: absent, [getSecret]: absent });
  const hookName = `vantedge-secrets:name-is-free:${accountId}:us-east-1:vantedge/production/jwt-secret`;
  expect(hooks.map(({ name, opts }) => [name, opts])).toEqual([[hookName, { onDryRun: true }]]);
  const bound = Object.fromEntries(resources.map(({ type, options }) => [type, options.beforeCreate]));
  expect(bound).toEqual({
    "vantedge-secrets:index:Secret": [],
    "aws:secretsmanager/secret:Secret": [hookName],
    "aws:secretsmanager/secretVersion:SecretVersion": [],
  });
  expect(only(resources, "aws:secretsmanager/secret:Secret").options.beforeCreate).toEqual([hookName]);
});
