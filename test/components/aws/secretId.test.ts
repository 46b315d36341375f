import { secretId } from "../../../components/aws/secretId";
import { withDefaults } from "../../../components/workspaceRef";
import { Secret } from "../../../index";
import { accountId, canary, ref } from "../../support/fixtures";
import { attempt, type Calls, leaks, lookups, run } from "../../support/mocks";

const getSecret = "aws:secretsmanager/getSecret:getSecret";
const arn = (name: string) => `arn:aws:secretsmanager:us-east-1:${accountId}:secret:${name}`;
const found: Calls = { [getSecret]: ({ name }) => ({ arn: arn(`${name}-XyZ123`) }) };
const workspace = withDefaults(ref);

test("is asked for by the whole name, so a name that looks like a partial ARN means its own secret", async () => {
  const { result, calls } = await run(() => ({ id: secretId(workspace, "jwt-secret", {}) }), { calls: found });
  expect(result).toEqual({ id: arn("vantedge/production/jwt-secret-XyZ123") });
  expect(lookups(calls)).toEqual([
    { token: getSecret, inputs: { name: "vantedge/production/jwt-secret", region: "us-east-1" }, provider: "" },
  ]);
});

test("of an adopted secret is known, and asked of nobody", async () => {
  const adopted = { secretName: "legacy", arn: arn("old/legacy-AbCdEf"), keyArn: ref.keyArn as string };
  const { result, calls } = await run(() => ({ id: secretId({ ...workspace, adopted: [adopted] }, "legacy", {}) }));
  expect(result).toEqual({ id: adopted.arn });
  expect(calls).toEqual([]);
});

test("waits for the secret that it is about, and is unknown in the preview that creates it", async () => {
  const asked: boolean[] = [];
  const program = () => {
    const secret = new Secret("db", { workspace: ref, value: canary });
    return { id: secretId(workspace, "db", { dependsOn: [secret] }) };
  };
  const calls: Calls = {
    [getSecret]: (inputs) => {
      asked.push(true);
      return found[getSecret]?.(inputs) ?? {};
    },
  };
  const update = await run(program, { calls });
  expect(update.result).toEqual({ id: arn("vantedge/production/db-XyZ123") });
  expect(asked).toEqual([true]);
  expect(leaks(update, canary)).toEqual([]);
  const preview = await run(program, { calls, preview: true });
  expect(preview.errors).toEqual([]);
  expect(asked).toEqual([true]);
});

test("of a secret that isn't there stops the program", async () => {
  const missing: Calls = {
    [getSecret]: () => {
      throw new Error("couldn't find resource");
    },
  };
  const { errors, result } = await attempt(() => ({ id: secretId(workspace, "db", {}) }), { calls: missing });
  expect(errors).toHaveLength(1);
  expect(result).toBeUndefined();
});
