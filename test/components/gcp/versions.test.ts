import { currentVersion } from "../../../components/gcp/versions";
import { Secret, type SecretArgs, type WorkspaceRef } from "../../../index";
import { canary } from "../../support/fixtures";
import { gcpRef, projectId } from "../../support/gcp";
import { attempt, type Calls, leaks, run, summary } from "../../support/mocks";

const getVersion = "gcp:secretmanager/getSecretVersion:getSecretVersion";
const getSecret = "gcp:secretmanager/getSecret:getSecret";
const regional: WorkspaceRef = { ...gcpRef, location: "europe-west3" };
const path = `projects/${projectId}/secrets/vantedge--production--db`;

const there: Calls = {
  [getSecret]: () => ({ name: path }),
  [getVersion]: ({ version = "7" }) => ({ version, createTime: "2026-11-25T15:01:23Z", enabled: version !== "3" }),
};
/** As the engine hands over what the provider said. */
const fails = (details: string) => () => {
  throw Object.assign(new Error(), { details });
};
const notFound = fails(`googleapi: Error 404: Secret Version [${path}/versions/latest] not found. ${canary}`);
const program = (args: Partial<SecretArgs>) => () => ({
  versionId: new Secret("db", { workspace: gcpRef, ...args }).versionId,
});

describe.each([false, true])("in a preview: %s", (preview) => {
  test("a pinned version that is there is what versionId says, with the time that tells it from another 5", async () => {
    const { result, calls, resources } = await run(program({ pinVersion: "5" }), { calls: there, preview });
    expect(result).toEqual({ versionId: "5@2026-11-25T15:01:23Z" });
    expect(calls).toEqual([
      {
        token: getVersion,
        inputs: { project: projectId, secret: "vantedge--production--db", version: "5", fetchSecretData: false },
        provider: "",
      },
    ]);
    expect(summary(resources)).toEqual(["vantedge-secrets:index:Secret db", "gcp:secretmanager/secret:Secret db"]);
  });

  test.each<[string, string, Calls, string]>([
    [
      "isn't there",
      "9",
      { [getVersion]: notFound },
      `${path} has no version 9: gcloud secrets versions list shows them`,
    ],
    ["is disabled", "3", there, `version 3 of ${path} is disabled or destroyed: enable it first, or pin another`],
    [
      "can't be looked for",
      "9",
      { [getVersion]: fails(`googleapi: Error 403: Permission denied ${canary}`) },
      `version 9 of ${path} can't be looked up: whoever runs pulumi up needs secretmanager.versions.get`,
    ],
  ])("one that %s is refused in one line", async (_, pinVersion, calls, problem) => {
    const outcome = await attempt(program({ pinVersion }), { calls, preview });
    expect(outcome.errors).toEqual([`Secret "db": pinVersion: ${problem}`]);
    expect(leaks(outcome, canary)).toEqual([]);
  });
});

const current = (workspace: WorkspaceRef, calls: Calls, preview = false) =>
  attempt(() => ({ version: currentVersion(workspace, "db", {}) }), { calls, preview });

test("the current version is asked for without its value", async () => {
  const { result, calls } = await current(gcpRef, there);
  expect(result).toEqual({ version: "7@2026-11-25T15:01:23Z" });
  expect(calls.map(({ token, inputs }) => [token, inputs])).toEqual([
    [getSecret, { project: projectId, secretId: "vantedge--production--db" }],
    [getVersion, { project: projectId, secret: "vantedge--production--db", fetchSecretData: false }],
  ]);
});

test("a secret without a version has no current one", async () => {
  const { result, errors } = await current(gcpRef, { ...there, [getVersion]: notFound });
  expect([result, errors]).toEqual([{ version: undefined }, []]);
});

test("who may not ask is told what is needed, and that nothing is known", async () => {
  const outcome = await current(gcpRef, { ...there, [getVersion]: fails(`Error 403 ${canary}`) });
  expect(outcome.errors).toEqual([
    `the version of ${path} can't be looked up: whoever runs pulumi up needs secretmanager.versions.get`,
  ]);
  expect(leaks(outcome, canary)).toEqual([]);
});

test("of a regional secret Google's provider tells it with the value only: it is used nowhere", async () => {
  const outcome = await current(regional, {
    "gcp:secretmanager/getRegionalSecret:getRegionalSecret": () => ({ name: path }),
    "gcp:secretmanager/getRegionalSecretVersion:getRegionalSecretVersion": () => ({
      version: "2",
      createTime: "2026-11-25T15:01:23Z",
      enabled: true,
      secretData: canary,
    }),
  });
  expect(outcome.result).toEqual({ version: "2@2026-11-25T15:01:23Z" });
  expect(leaks(outcome, canary)).toEqual([]);
  expect(outcome.calls.map(({ inputs }) => inputs.location)).toEqual(["europe-west3", "europe-west3"]);
});
