import * as pulumi from "@pulumi/pulumi";
import { readSettings } from "../../../components/manifest/settings";
import { accountId, canary } from "../../support/fixtures";
import { attempt, leaks, run } from "../../support/mocks";

const read = (config: Record<string, string>) =>
  run(() => readSettings(new pulumi.Config()), {
    config: Object.fromEntries(Object.entries(config).map(([key, value]) => [`project:${key}`, value])),
  });
const place = { region: "us-east-1", accountId };

test("organization, place and workspaces of the stack's configuration", async () => {
  const config = { organization: "AI Startup", aws: JSON.stringify(place), workspaces: '["development"]' };
  const { organization, aws, workspaces } = (await read(config)).result;
  expect({ organization, aws, workspaces }).toEqual({
    organization: "AI Startup",
    aws: place,
    workspaces: ["development"],
  });
});

test.each([
  ["111122223333", "111122223333"],
  ["12345678901", "012345678901"],
])("an account that pulumi config stored as the number %s", async (number, expected) => {
  const { result } = await read({ aws: `{"region":"us-east-1","accountId":${number}}` });
  expect(result.aws.accountId).toBe(expected);
});

test("whether a key is set is known without reading it, and its value is a secret", async () => {
  const outcome = await run(
    () => {
      const { state, value } = readSettings(new pulumi.Config());
      return { states: ["key", "empty", "none"].map(state), value: value("key") };
    },
    { config: { "project:key": canary, "project:empty": "" } },
  );
  expect(outcome.result).toEqual({ states: ["set", "empty", "missing"], value: canary });
  expect(leaks(outcome, canary)).toEqual([]);
});

test.each<[string, Record<string, string>, string[]]>([
  [
    "an account that is none",
    { aws: '{"region":"us-east-1","accountId":"1"}' },
    ["aws.accountId: must be the account's 12 digits, in quotes"],
  ],
  ["half a place", { aws: '{"region":"us-east-1"}' }, ["aws.accountId: is missing: it must be a text"]],
  [
    "a misspelt key",
    { aws: JSON.stringify({ ...place, replicaRegion: [] }) },
    ["aws.replicaRegion: unknown key: did you mean replicaRegions?"],
  ],
  [
    "what is no JSON",
    { aws: canary, workspaces: canary },
    [
      "aws: must be a set of keys and values: run pulumi config set --path aws.region REGION",
      "workspaces: must be a list: run pulumi config set --path 'workspaces[0]' NAME",
    ],
  ],
  ["a workspace that is no list", { workspaces: '"production"' }, ["workspaces: must be a list"]],
  ["outputs of another kind", { outputs: "all" }, ["outputs: must be one of short, full"]],
  ["no workspaces", { workspaces: "[]" }, ["workspaces: is an empty list: add something, or leave it out"]],
])("bad configuration: %s", async (_, config, expected) => {
  const settings = {
    config: Object.fromEntries(Object.entries(config).map(([key, value]) => [`project:${key}`, value])),
  };
  const { errors } = await attempt(() => readSettings(new pulumi.Config()), settings);
  expect(errors).toEqual(expected.map((problem) => `stack configuration: ${problem}`));
});

test("whether a key was set without --secret is known", async () => {
  const { result } = await run(() => ["key", "plain", "none"].map(readSettings(new pulumi.Config()).isInClear), {
    config: { "project:key": canary, "project:plain": canary },
    clear: ["project:plain"],
  });
  expect(result).toEqual([false, true, false]);
});
