import { currentVersion } from "../../../components/gcp/versions";
import { Secret, type SecretArgs, type WorkspaceRef } from "../../../index";
import { canary } from "../../support/fixtures";
import { gcpCalls, gcpRef, projectId } from "../../support/gcp";
import { attempt, type Calls, leaks, run, type Setting, summary } from "../../support/mocks";

const getVersion = "gcp:secretmanager/getSecretVersion:getSecretVersion";
const getSecret = "gcp:secretmanager/getSecret:getSecret";
const getRegionalVersion = "gcp:secretmanager/getRegionalSecretVersion:getRegionalSecretVersion";
const getRegionalSecret = "gcp:secretmanager/getRegionalSecret:getRegionalSecret";
const regional: WorkspaceRef = { ...gcpRef, location: "europe-west3" };
const path = `projects/${projectId}/secrets/vantedge--production--db`;
const regionalPath = `projects/${projectId}/locations/europe-west3/secrets/vantedge--production--db`;
type Kept = NonNullable<Setting["kept"]>;

const there: Calls = {
  [getSecret]: () => ({ name: path }),
  // Enabled, whatever it is: data_source_secret_manager_secret_version.go.
  [getVersion]: ({ version = "7" }) => ({
    version,
    createTime: "2026-11-25T15:01:23Z",
    destroyTime: version === "2" ? "2026-11-25T16:00:00Z" : "",
    enabled: true,
  }),
};
const disabled: Kept = { "db-pinned": { enabled: false } };
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
    const { result, calls, resources, reads } = await run(program({ pinVersion: "5" }), { calls: there, preview });
    expect(result).toEqual({ versionId: "5@2026-11-25T15:01:23Z" });
    expect(calls).toEqual([
      {
        token: getVersion,
        inputs: { project: projectId, secret: "vantedge--production--db", version: "5", fetchSecretData: false },
        provider: "",
      },
    ]);
    expect(summary(resources)).toEqual(["vantedge-secrets:index:Secret db", "gcp:secretmanager/secret:Secret db"]);
    expect(reads).toEqual([`gcp:secretmanager/secretVersion:SecretVersion db-pinned ${path}/versions/5`]);
  });

  test.each<[string, string, Calls, Kept, string]>([
    [
      "isn't there",
      "9",
      { [getVersion]: notFound },
      {},
      `${path} has no version 9: gcloud secrets versions list shows them`,
    ],
    [
      "is disabled",
      "3",
      there,
      disabled,
      `version 3 of ${path} is disabled or destroyed: enable it first, or pin another`,
    ],
    ["is destroyed", "2", there, {}, `version 2 of ${path} is disabled or destroyed: enable it first, or pin another`],
    [
      "can't be looked for",
      "9",
      { [getVersion]: fails(`googleapi: Error 403: Permission denied on project-404-x ${canary}`) },
      {},
      `version 9 of ${path} can't be looked up: whoever runs pulumi up needs secretmanager.versions.get`,
    ],
  ])("one that %s is refused in one line", async (_, pinVersion, calls, kept, problem) => {
    const outcome = await attempt(program({ pinVersion }), { calls, kept, preview });
    expect(outcome.errors).toEqual([`Secret "db": pinVersion: ${problem}`]);
    expect(leaks(outcome, canary)).toEqual([]);
  });

  test.each<[string, () => Record<string, unknown>, string]>([
    [
      "is disabled",
      fails(`googleapi: Error 400: Secret Version [${regionalPath}/versions/3] is in DISABLED state. ${canary}`),
      `version 3 of ${regionalPath} is disabled or destroyed: enable it first, or pin another`,
    ],
    [
      "can't be read",
      fails(`googleapi: Error 403: Permission denied ${canary}`),
      `version 3 of ${regionalPath} can't be looked up: whoever runs pulumi up needs secretmanager.versions.get and secretmanager.versions.access, since the secret is regional`,
    ],
  ])(
    "of a regional secret, one that %s is refused, and the resource is not looked at: it would read",
    async (_, answer, problem) => {
      const calls = { [getRegionalVersion]: answer };
      const outcome = await attempt(program({ pinVersion: "3", workspace: regional }), { calls, preview });
      expect(outcome.errors).toEqual([`Secret "db": pinVersion: ${problem}`]);
      expect(outcome.reads).toEqual([]);
      expect(leaks(outcome, canary)).toEqual([]);
    },
  );
});

const current = (workspace: WorkspaceRef, calls: Calls) =>
  attempt(() => currentVersion(workspace, "db", {}), { calls: { ...gcpCalls, ...calls } });

test("the current version is asked for without its value", async () => {
  const { result, calls } = await current(gcpRef, there);
  expect(result).toEqual({ id: "7@2026-11-25T15:01:23Z" });
  expect(calls.filter(({ token }) => !(token in gcpCalls)).map(({ token, inputs }) => [token, inputs])).toEqual([
    [getVersion, { project: projectId, secret: "vantedge--production--db", fetchSecretData: false }],
  ]);
});

const destroyed = { version: "7", createTime: "2026-11-25T15:01:23Z", destroyTime: "2026-11-25T16:00:00Z" };

test.each<[string, WorkspaceRef, () => Record<string, unknown>]>([
  ["no version", gcpRef, notFound],
  ["a newest version that is destroyed", gcpRef, () => destroyed],
  ["a newest version that is disabled", regional, fails(`googleapi: Error 400: [x] is in DISABLED state. ${canary}`)],
])("a secret with %s has no current one", async (_, workspace, answer) => {
  const calls = { [getSecret]: () => ({}), [getRegionalSecret]: () => ({}) };
  const outcome = await current(workspace, { ...calls, [getVersion]: answer, [getRegionalVersion]: answer });
  expect([outcome.result, outcome.errors]).toEqual([{ missing: "value" }, []]);
  expect(leaks(outcome, canary)).toEqual([]);
});

test.each<[string, () => Record<string, unknown>, object]>([
  ["is not there", fails(`googleapi: Error 404: Secret [${path}] not found. ${canary}`), { missing: "secret" }],
  ["may not be asked for", fails(`googleapi: Error 403: Permission denied ${canary}`), { missing: "value" }],
])("a secret that %s, without a version", async (_, answer, expected) => {
  const outcome = await current(gcpRef, { [getVersion]: notFound, [getSecret]: answer });
  expect([outcome.result, outcome.errors]).toEqual([expected, []]);
  expect(leaks(outcome, canary)).toEqual([]);
});

test("a project that is called 404 is no answer", async () => {
  const projectId = "team-404-prod";
  const denied = fails(`googleapi: Error 403: Permission denied on projects/${projectId}/secrets/notfound`);
  const { errors } = await current({ ...gcpRef, projectId }, { ...there, [getVersion]: denied });
  expect(errors).toEqual([expect.stringMatching(/can't be looked up: whoever runs pulumi up needs/)]);
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
    [getRegionalSecret]: () => ({ name: path }),
    [getRegionalVersion]: () => ({
      version: "2",
      createTime: "2026-11-25T15:01:23Z",
      enabled: true,
      secretData: canary,
    }),
  });
  expect(outcome.result).toEqual({ id: "2@2026-11-25T15:01:23Z" });
  expect(leaks(outcome, canary)).toEqual([]);
  expect(outcome.calls.flatMap(({ inputs }) => inputs.location ?? [])).toEqual(["europe-west3"]);
});
