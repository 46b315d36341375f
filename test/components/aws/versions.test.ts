import { Secret, type SecretArgs } from "../../../index";
import { canary, ref } from "../../support/fixtures";
import { attempt, type Calls, leaks, lookups, run, summary } from "../../support/mocks";

const getVersions = "aws:secretsmanager/getSecretVersions:getSecretVersions";
const id = (digit: string) => digit.repeat(36);
const listed: Calls = {
  [getVersions]: () => ({
    versions: [
      { versionId: id("1"), versionStages: [], createdTime: "2026-01-01T00:00:00Z" },
      { versionId: id("3"), versionStages: ["AWSCURRENT"], createdTime: "2026-03-01T00:00:00Z" },
      { versionId: id("2"), versionStages: ["AWSPREVIOUS", "stable"], createdTime: "2026-02-01T00:00:00Z" },
    ],
  }),
};
const program = (args: Partial<SecretArgs>) => () => ({
  versionId: new Secret("db", { workspace: ref, ...args }).versionId,
});

describe.each([false, true])("in a preview: %s", (preview) => {
  test.each(["1", "2", "3"])("a pinned version that is there is what versionId says: %s", async (digit) => {
    const { result, calls, resources } = await run(program({ pinVersion: id(digit) }), { calls: listed, preview });
    expect(result).toEqual({ versionId: id(digit) });
    expect(lookups(calls)).toEqual([
      {
        token: getVersions,
        inputs: { secretId: "vantedge/production/db", region: "us-east-1", includeDeprecated: true },
        provider: "",
      },
    ]);
    expect(summary(resources)).toEqual(["vantedge-secrets:index:Secret db", "aws:secretsmanager/secret:Secret db"]);
    expect(resources[0]?.inputs).toMatchObject({ pinVersion: id(digit), hasValue: false });
  });

  test.each<[string, Calls, string]>([
    [
      "isn't there",
      listed,
      `vantedge/production/db has no such version: take one of ${id("3")} (AWSCURRENT), ${id("2")} (AWSPREVIOUS, stable), ${id("1")}`,
    ],
    [
      "is of a secret without any",
      { [getVersions]: () => ({ versions: [] }) },
      "vantedge/production/db has no such version: it has none, give it a value first",
    ],
    [
      "is of a secret whose list the provider leaves out",
      { [getVersions]: () => ({}) },
      "vantedge/production/db has no such version: it has none, give it a value first",
    ],
    [
      "can't be looked for",
      {
        [getVersions]: () => {
          throw new Error(canary);
        },
      },
      "the versions of vantedge/production/db can't be listed: a secret must exist before one is pinned, and whoever runs " +
        "pulumi up needs secretsmanager:ListSecretVersionIds",
    ],
  ])("one that %s is refused in one line", async (_, calls, problem) => {
    const outcome = await attempt(program({ pinVersion: id("9") }), { calls, preview });
    expect(outcome.errors).toEqual([`Secret "db": pinVersion: ${problem}`]);
    expect(leaks(outcome, canary)).toEqual([]);
  });
});

const both =
  "pinVersion and a value are both set: workloads would get one and the program hold another: leave value and fields away while a version is pinned";
const rule = "pinVersion: must be the id of a version: 32 to 64 characters";

test.each<[string, object, string]>([
  ["a value beside it", { pinVersion: id("1"), value: canary }, both],
  ["fields beside it", { pinVersion: id("1"), fields: { password: canary } }, both],
  ["a stage", { pinVersion: "AWSPREVIOUS" }, rule],
  ["a long text", { pinVersion: "x".repeat(65) }, rule],
])("bad input: %s", async (_, args, problem) => {
  const outcome = await attempt(program(args));
  expect(outcome.errors).toEqual([`Secret "db": ${problem}`]);
  expect(outcome.resources).toEqual([]);
  expect(leaks(outcome, canary)).toEqual([]);
});
