import { createHmac } from "node:crypto";
import { secret } from "@pulumi/pulumi";
import { Secret, type SecretArgs, type WorkspaceRef } from "../../../index";
import { canary } from "../../support/fixtures";
import { gcpRef, projectId } from "../../support/gcp";
import { attempt, leaks, named, only, run, summary } from "../../support/mocks";

const component = "vantedge-secrets:index:Secret";
const secretType = "gcp:secretmanager/secret:Secret";
const versionType = "gcp:secretmanager/secretVersion:SecretVersion";
const regionalType = "gcp:secretmanager/regionalSecret:RegionalSecret";
const regionalVersionType = "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion";
const id = `projects/${projectId}/secrets/vantedge--production--openai-api-key`;
const regional: WorkspaceRef = { ...gcpRef, location: "europe-west3" };
const labels = {
  "vantedge-organization": "ai-startup",
  "vantedge-workspace": "production",
  "vantedge-type": "generic",
};

const provision = (args: Partial<SecretArgs> = {}) =>
  run(() => {
    const { secretName, cloudName, secretId, versionId } = new Secret("openai-api-key", { workspace: gcpRef, ...args });
    return { secretName, cloudName, secretId, versionId };
  });

const faults = async (args: Partial<SecretArgs>) => {
  const { errors, resources } = await attempt(() => new Secret("openai-api-key", { workspace: gcpRef, ...args }));
  if (errors.length > 0) expect(resources).toEqual([]);
  return errors.map((line) => line.replace('Secret "openai-api-key": ', ""));
};

test("a secret is three resources, as on AWS", async () => {
  const { resources, result } = await provision({ value: "sk" });
  expect(summary(resources)).toEqual([
    `${component} openai-api-key`,
    `${secretType} openai-api-key`,
    `${versionType} openai-api-key-version`,
  ]);
  expect(result).toEqual({
    secretName: "openai-api-key",
    cloudName: "vantedge--production--openai-api-key",
    secretId: id,
    versionId: "1@2026-11-25T15:01:23Z",
  });
});

test("without a value it has no version", async () => {
  const { resources, result } = await provision();
  expect(summary(resources)).toEqual([`${component} openai-api-key`, `${secretType} openai-api-key`]);
  expect(result.versionId).toBe("");
});

test("nothing is looked up: what the names tell is not asked for", async () => {
  expect((await provision({ value: "v" })).calls).toEqual([]);
});

test("the exact inputs", async () => {
  const { resources } = await provision({
    value: "sk",
    type: "api-token",
    description: "OpenAI",
    tags: { team: "ai" },
  });
  expect(only(resources, secretType).inputs).toEqual({
    project: projectId,
    secretId: "vantedge--production--openai-api-key",
    replication: { auto: {} },
    labels: { ...labels, team: "ai", "vantedge-type": "api-token" },
    annotations: { "vantedge-description": "OpenAI" },
    deletionProtection: true,
    versionDestroyTtl: "604800s",
  });
  expect(only(resources, versionType).inputs).toEqual({
    secret: id,
    secretDataWo: "sk",
    secretDataWoVersion: versionOf("sk"),
    deletionPolicy: "ABANDON",
  });
});

/** As design.md 5 describes it, in other words. */
function versionOf(value: string): number {
  const urn = "urn:pulumi:stack::project::pulumi:pulumi:Stack$vantedge-secrets:index:Secret::openai-api-key";
  return Number.parseInt(createHmac("sha256", urn).update(value, "utf8").digest("hex").slice(0, 12), 16);
}

test("a new version is made before anything happens to the old one, whatever the provider prefers", async () => {
  const { resources } = await provision({ value: "v" });
  for (const type of [secretType, versionType]) {
    expect(only(resources, type).options.deleteBeforeReplace).toBe(false);
  }
  const disabling = await provision({ value: "v", gcp: { previousVersion: "disable" } });
  expect(only(disabling.resources, versionType).inputs.deletionPolicy).toBe("DISABLE");
});

test.each([gcpRef, regional])(
  "a value is in secret envelopes only, and so is what is made of it: %#",
  async (workspace) => {
    const outcome = await run(() => {
      new Secret("openai-api-key", { workspace, value: secret(canary) });
      new Secret("database", { workspace, fields: { password: canary } });
    });
    expect(leaks(outcome, canary)).toEqual([]);
    const [type, inputs, outputs] =
      workspace.location === undefined
        ? [versionType, ["secretDataWo", "secretDataWoVersion"], ["secretData", "secretDataWo", "secretDataWoVersion"]]
        : [regionalVersionType, ["secretData"], ["secretData"]];
    for (const version of Object.values(named(outcome.resources, type as string))) {
      expect(version.secretInputs).toEqual(inputs);
      expect([...version.options.additionalSecretOutputs].sort()).toEqual(outputs);
    }
  },
);

test("in a workspace with a location, secrets are regional", async () => {
  const { resources, result } = await provision({ workspace: regional, value: "v" });
  expect(only(resources, regionalType).inputs).toEqual({
    project: projectId,
    secretId: "vantedge--production--openai-api-key",
    location: "europe-west3",
    labels,
    annotations: {},
    deletionProtection: true,
    versionDestroyTtl: "604800s",
  });
  expect(only(resources, regionalVersionType).inputs).toEqual({
    secret: `projects/${projectId}/locations/europe-west3/secrets/vantedge--production--openai-api-key`,
    secretData: "v",
    deletionPolicy: "ABANDON",
  });
  expect(result.versionId).toBe("1@2026-11-25T15:01:23Z");
});

test.each([
  ["production", {}, true],
  ["staging", {}, true],
  ["development", {}, false],
  ["preview", {}, false],
  ["test", {}, false],
  ["production", { deletionProtection: false }, false],
  ["test", { deletionProtection: true }, true],
])("protection of %s with %j: %s", async (name, gcp, expected) => {
  const { resources } = await provision({ workspace: { ...gcpRef, name }, gcp });
  expect(only(resources, secretType).inputs.deletionProtection).toBe(expected);
});

test("a moment is given in UTC, as Google gives it back", async () => {
  const { resources } = await provision({ gcp: { expireTime: "2099-01-31T18:00:00.000+01:00" } });
  expect(only(resources, secretType).inputs.expireTime).toBe("2099-01-31T17:00:00Z");
});

test("expiry, aliases, destruction at once and annotations, as Google writes them", async () => {
  const { resources } = await provision({
    description: "d",
    gcp: {
      expireTime: "2099-01-31T18:00:00Z",
      versionAliases: { stable: "3" },
      versionDestroyDays: 0,
      annotations: { owner: "team-ai" },
    },
  });
  const { inputs } = only(resources, secretType);
  expect(inputs).toMatchObject({
    expireTime: "2099-01-31T18:00:00Z",
    versionAliases: { stable: "3" },
    annotations: { owner: "team-ai", "vantedge-description": "d" },
  });
  expect(inputs).not.toHaveProperty("versionDestroyTtl");
});

test("a secret that is taken over keeps, in that run, what differs", async () => {
  const { resources } = await provision({ import: id });
  const { options } = only(resources, secretType);
  expect(options.import).toBe(id);
  expect(options.ignoreChanges).toContain("replication");
  expect(options.ignoreChanges).toContain("versionDestroyTtl");
});

test("and nothing of any other secret is left alone", async () => {
  const { resources } = await provision({
    gcp: { rotationReminder: { everyDays: 30, nextRotationTime: "2099-01-31T18:00:00Z" } },
  });
  expect(only(resources, secretType).options.ignoreChanges).toEqual([]);
});

const key = (location: string) => `projects/keys/locations/${location}/keyRings/r/cryptoKeys/k`;
const lambdaArn = "arn:aws:lambda:us-east-1:111122223333:function:vantedge-production--r";

test.each<[string, Partial<SecretArgs>, string[]]>([
  [
    "a Lambda",
    { rotation: { lambdaArn, intervalDays: 30 } },
    [
      "rotation: is by a Lambda function of AWS, and Google replaces no values: set gcp.rotationReminder, and have the one who gets the reminder replace the value",
    ],
  ],
  [
    "a lockdown",
    { lockdown: { deployers: [{ arn: "arn:aws:iam::111122223333:role/ci" }] } },
    [
      "lockdown: is a resource policy of AWS that denies, and Google's only grant: set denyPolicy on the project's AuditTrail",
    ],
  ],
  [
    "a recovery window",
    { recoveryWindowInDays: 30 },
    [
      "recoveryWindowInDays: is of AWS; Google deletes a secret at once and for good: leave it out, and keep gcp.deletionProtection",
    ],
  ],
  ["no window at all, as Google has it", { recoveryWindowInDays: 0 }, []],
  ["another secret's path", { import: `${id}-2` }, [`import: must be the path of the secret of this very name: ${id}`]],
  ["an ARN", { import: "arn:aws:x" }, [`import: must be the path of the secret of this very name: ${id}`]],
  [
    "a UUID as version",
    { pinVersion: "x".repeat(36) },
    ['pinVersion: must be the number of a version, in quotes, for example "7"'],
  ],
  [
    "replicas in a regional workspace",
    { workspace: regional, gcp: { replicas: [{ location: "europe-west4" }] } },
    ["gcp.replicas: has no place: the workspace keeps its secrets in europe-west3 only: leave it out"],
  ],
  [
    "a location twice",
    { gcp: { replicas: [{ location: "europe-west4" }, { location: "europe-west4" }] } },
    ["gcp.replicas: holds a location twice: keep one"],
  ],
  [
    "no location",
    { gcp: { replicas: [{ location: "Frankfurt" }] } },
    ["gcp.replicas[0].location: must be a location's name, for example europe-west3"],
  ],
  [
    "keys in part",
    {
      gcp: { replicas: [{ location: "europe-west3", kmsKeyName: key("europe-west3") }, { location: "europe-west4" }] },
    },
    ["gcp.replicas: have keys in part: Google takes a key for each of them, or none"],
  ],
  [
    "a key beside replicas",
    { gcp: { kmsKeyName: key("global"), replicas: [{ location: "europe-west3" }] } },
    ["gcp.kmsKeyName: is for a secret without replicas: give each replica its kmsKeyName"],
  ],
  [
    "a key elsewhere",
    { gcp: { kmsKeyName: key("europe-west3") } },
    ["gcp.kmsKeyName: is a key of europe-west3, and the value is in global: take a key of global"],
  ],
  [
    "a replica's key elsewhere",
    { gcp: { replicas: [{ location: "europe-west3", kmsKeyName: key("global") }] } },
    ["gcp.replicas[0].kmsKeyName: is a key of global, and the value is in europe-west3: take a key of europe-west3"],
  ],
  [
    "a regional secret's key elsewhere",
    { workspace: regional, gcp: { kmsKeyName: key("global") } },
    ["gcp.kmsKeyName: is a key of global, and the value is in europe-west3: take a key of europe-west3"],
  ],
  [
    "no key's name",
    { gcp: { kmsKeyName: "my-key" } },
    ["gcp.kmsKeyName: must be the name of a key: projects/P/locations/L/keyRings/R/cryptoKeys/K"],
  ],
  [
    "too many days",
    { gcp: { versionDestroyDays: 1001 } },
    ["gcp.versionDestroyDays: must be 0 (destroyed at once) or 1 to 1000"],
  ],
  [
    "reminders all the time",
    { gcp: { rotationReminder: { everyDays: 0, nextRotationTime: "2099-01-31T18:00:00Z" } } },
    ["gcp.rotationReminder.everyDays: must be 1 to 36500"],
  ],
  [
    "no topic's name",
    { gcp: { rotationReminder: { everyDays: 9, nextRotationTime: "2099-01-31T18:00:00Z", topicName: "t" } } },
    ["gcp.rotationReminder.topicName: must be the name of a topic: projects/P/topics/T"],
  ],
  ["no moment", { gcp: { expireTime: "tomorrow" } }, ["gcp.expireTime: must be a moment such as 2027-01-31T18:00:00Z"]],
  [
    "an expiry that is past",
    { gcp: { expireTime: "2026-01-31T18:00:00Z" } },
    ["gcp.expireTime: is past, and Google would delete the secret: choose a later moment"],
  ],
  [
    "moments that are too far",
    {
      gcp: {
        expireTime: "2199-01-31T18:00:00Z",
        rotationReminder: { everyDays: 9, nextRotationTime: "2199-01-31T18:00:00Z" },
      },
    },
    [
      "gcp.rotationReminder.nextRotationTime: is more than 100 years away, which Google refuses: choose an earlier moment",
      "gcp.expireTime: is more than 100 years away, which Google refuses: choose an earlier moment",
    ],
  ],
  ...["4vantedge", "goog"].map((prefix): [string, Partial<SecretArgs>, string[]] => [
    "a topic's name that Google refuses",
    {
      workspace: { ...gcpRef, prefix },
      gcp: { rotationReminder: { everyDays: 9, nextRotationTime: "2099-01-31T18:00:00Z" } },
    },
    [
      `gcp.rotationReminder.topicName: is missing: no topic may be called ${prefix}--production--..., since names of topics begin with a letter, and not with goog: name one`,
    ],
  ]),
  [
    "a pinned version that would be disabled",
    { pinVersion: "7", gcp: { previousVersion: "disable" } },
    [
      'gcp.previousVersion: is "disable", and the version that this program wrote last is disabled with its value left away, even if it is the pinned one: set "keep" and run "pulumi up" with the value first, then pin',
    ],
  ],
  [
    "61 tags, with ours and the provider's",
    { tags: Object.fromEntries(Array.from({ length: 61 }, (_, index) => [`t${index}`, "x"])) },
    ["tags: are 61, and 4 are ours and Pulumi's: Google Cloud takes 64 labels in all"],
  ],
  ["60 tags", { tags: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`t${index}`, "x"])) }, []],
  [
    "aliases",
    { gcp: { versionAliases: { latest: "1", "1st": "1", good: "one" } } },
    [
      "gcp.versionAliases.latest: is a name that Google keeps for itself: choose another",
      "gcp.versionAliases.1st: an alias is 1 to 63 letters, digits, hyphens and underscores, beginning with a letter",
      'gcp.versionAliases.good: must be the number of a version, in quotes, for example "7"',
    ],
  ],
  [
    "51 aliases",
    { gcp: { versionAliases: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`a${index}`, "1"])) } },
    ["gcp.versionAliases: are 51, and Google takes 50"],
  ],
  [
    "annotations",
    { gcp: { annotations: { "vantedge-description": "x", "a/b": "x" } } },
    [
      "gcp.annotations.vantedge-description: annotations that begin with vantedge- are reserved",
      "gcp.annotations.a/b: an annotation's key is 1 to 63 letters, digits, hyphens, underscores and dots, beginning and ending with a letter or digit",
    ],
  ],
  [
    "a long description",
    { description: "x".repeat(16_364) },
    [
      "description: description and annotations have 16384 bytes together, and Google takes less than 16384: shorten them",
    ],
  ],
  [
    "tags that are no labels",
    { tags: { Team: "AI", ok: "Upper" } },
    [
      "tags.Team: a label's key on Google Cloud is 1 to 63 lower-case letters, digits, hyphens and underscores, beginning with a letter",
      "tags.ok: a label's value on Google Cloud is up to 63 lower-case letters, digits, hyphens and underscores",
    ],
  ],
])("%s: %j", async (_, args, expected) => {
  expect(await faults(args)).toEqual(expected);
});

test("a value that the provider would change is refused, and not shown", async () => {
  const outcome = await attempt(() => new Secret("a", { workspace: gcpRef, value: `${canary}a\u0308` }));
  expect(outcome.errors).toEqual([
    expect.stringMatching(/^Secret "a": value: has characters that the cloud's provider/),
  ]);
  expect(leaks(outcome, canary)).toEqual([]);
});
