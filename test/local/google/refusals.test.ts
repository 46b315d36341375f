import { refusals } from "../../../local/google/refusals";
import { type Inputs, requests } from "../../../local/google/requests";
import { unknown } from "../../../local/providers/provider";
import { sdkSchema } from "../../../local/providers/sdk";

const types = {
  alert: "gcp:monitoring/alertPolicy:AlertPolicy",
  auditConfig: "gcp:projects/iAMAuditConfig:IAMAuditConfig",
  bucket: "gcp:storage/bucket:Bucket",
  channel: "gcp:monitoring/notificationChannel:NotificationChannel",
  deny: "gcp:iam/denyPolicy:DenyPolicy",
  key: "gcp:kms/cryptoKey:CryptoKey",
  member: "gcp:projects/iAMMember:IAMMember",
  regional: "gcp:secretmanager/regionalSecret:RegionalSecret",
  role: "gcp:projects/iAMCustomRole:IAMCustomRole",
  secret: "gcp:secretmanager/secret:Secret",
  topicMember: "gcp:pubsub/topicIAMMember:TopicIAMMember",
  version: "gcp:secretmanager/secretVersion:SecretVersion",
} as const;

const keyName = "projects/acme/locations/global/keyRings/r/cryptoKeys/k";
const condition = { title: "ours", expression: 'resource.name.startsWith("x")' };

const complete: Record<keyof typeof types, Inputs> = {
  alert: {
    project: "acme",
    displayName: "reads",
    combiner: "OR",
    conditions: [{ displayName: "read", conditionMatchedLog: { filter: "x", labelExtractors: { who: "y" } } }],
    alertStrategy: {
      notificationRateLimit: { period: "300s" },
      notificationChannelStrategies: [{ renotifyInterval: "1800s" }],
    },
    documentation: { content: "text", mimeType: "text/markdown" },
  },
  auditConfig: {
    project: "acme",
    service: "secretmanager.googleapis.com",
    auditLogConfigs: [{ logType: "DATA_READ" }],
  },
  bucket: {
    project: "acme",
    name: "acme-logs",
    location: "EUROPE-WEST3",
    uniformBucketLevelAccess: true,
    publicAccessPrevention: "enforced",
    retentionPolicy: { retentionPeriod: "86400", isLocked: true },
    lifecycleRules: [{ action: { type: "Delete" }, condition: { age: 400, withState: "ANY", matchesPrefixes: ["a"] } }],
    softDeletePolicy: { retentionDurationSeconds: 0 },
    forceDestroy: false,
  },
  channel: {
    project: "acme",
    type: "email",
    labels: { email_address: "a@acme.example" },
    sensitiveLabels: { authToken: "t" },
  },
  deny: {
    parent: "cloudresourcemanager.googleapis.com%2Fprojects%2Facme",
    name: "reads",
    rules: [{ denyRule: { deniedPrincipals: ["principalSet://goog/public:all"], deniedPermissions: ["p"] } }],
  },
  key: { keyRing: "projects/acme/locations/global/keyRings/r", name: "k", rotationPeriod: "7776000s" },
  member: { project: "acme", role: "roles/viewer", member: "user:a@acme.example", condition },
  regional: {
    project: "acme",
    location: "europe-west3",
    secretId: "s",
    customerManagedEncryption: { kmsKeyName: keyName },
    versionDestroyTtl: "604800s",
  },
  role: {
    project: "acme",
    roleId: "reader_v1",
    title: "Reader",
    permissions: ["secretmanager.secrets.get"],
    stage: "GA",
  },
  secret: {
    project: "acme",
    secretId: "s",
    replication: { auto: { customerManagedEncryption: { kmsKeyName: keyName } } },
    labels: { a: "b" },
    topics: [{ name: "projects/acme/topics/t" }],
    rotation: { rotationPeriod: "3600s", nextRotationTime: "2030-01-01T00:00:00Z" },
    versionAliases: { current: "3" },
    deletionProtection: true,
  },
  topicMember: { topic: "projects/acme/topics/t", role: "roles/pubsub.publisher", member: "user:a@acme.example" },
  version: {
    secret: "projects/acme/secrets/s",
    secretDataWo: "canary",
    secretDataWoVersion: 1,
    deletionPolicy: "ABANDON",
  },
};

test.each(Object.keys(complete) as (keyof typeof types)[])("Google takes a %s with much in it", (kind) => {
  expect(refusals(types[kind], complete[kind])).toEqual([]);
});

/** What is given in place of, or beside, what Google takes; and what is said. */
const refused: [string, keyof typeof types, Inputs, string][] = [
  [
    "a field that is unknown",
    "secret",
    { labels: undefined, lables: {} },
    "lables: Google's provider sends no such input",
  ],
  ["an unknown field inside", "secret", { rotation: { period: "3600s" } }, "rotation.period: there is no such field"],
  [
    "another way to replicate",
    "secret",
    { replication: { everywhere: {} } },
    "replication.everywhere: there is no such field",
  ],
  [
    "Google's name for Pulumi's",
    "secret",
    { replication: { automatic: {} } },
    "replication.automatic (auto in Pulumi): there is no such field",
  ],
  ["a number as text", "secret", { labels: { a: 1 } }, "labels.a: must be string"],
  ["text as a list", "secret", { topics: "projects/acme/topics/t" }, "topics: must be array"],
  [
    "a duration in days",
    "secret",
    { versionDestroyTtl: "7d" },
    "versionDestroyTtl: must be of the format google-duration",
  ],
  ["a time without zone", "secret", { expireTime: "2030-01-01" }, "expireTime: must be of the format google-datetime"],
  ["a number that is none", "secret", { versionAliases: { a: "x" } }, "versionAliases.a: must be of the format int64"],
  ["a number for an int64", "secret", { versionAliases: { a: 3 } }, "versionAliases.a: must be string"],
  ["no project", "secret", { project: undefined }, "parent: not all of its parts are given"],
  ["a project with a slash", "secret", { project: "a/b" }, "parent: must match"],
  ["a version of something else", "version", { secret: "projects/acme/topics/s" }, "parent: must match"],
  [
    "what only Google sets",
    "key",
    { versionTemplate: { algorithm: "X" } },
    "versionTemplate.algorithm: must be one of",
  ],
  ["a stage of another API", "role", { stage: "PUBLISHED" }, "role.stage: must be one of"],
  ["one permission as text", "role", { permissions: "p" }, "role.includedPermissions: must be array"],
  ["a condition's unknown field", "member", { condition: { name: "x" } }, "condition.name: there is no such field"],
  ["an unknown kind of log", "auditConfig", { auditLogConfigs: [{ logType: "READ" }] }, "logType: must be one of"],
  ["a combiner in lower case", "alert", { combiner: "or" }, "combiner: must be one of"],
  ["who made an alert", "alert", { conditions: [{ name: 1 }] }, "conditions.0.name: must be string"],
  ["two ways to deny", "deny", { rules: [{ allowRule: {} }] }, "rules.0.allowRule: there is no such field"],
  ["a switch as text", "bucket", { uniformBucketLevelAccess: "yes" }, "enabled: must be boolean"],
  [
    "a retention in words",
    "bucket",
    { retentionPolicy: { retentionPeriod: "a year" } },
    "retentionPeriod: must be of the format int64",
  ],
  [
    "an unknown condition of age",
    "bucket",
    { lifecycleRules: [{ condition: { olderThan: 1 } }] },
    "olderThan: there is no such field",
  ],
  ["a label as a number", "channel", { labels: { email_address: 1 } }, "labels.email_address: must be string"],
  ["a topic by its id alone", "topicMember", { topic: "t" }, "resource: not all of its parts are given"],
  [
    "a key of a global secret's place",
    "secret",
    { customerManagedEncryption: {} },
    "customerManagedEncryption: Google's provider sends no such input",
  ],
];

test.each(refused)("Google refuses %s", (_, kind, given, said) => {
  const problems = refusals(types[kind], { ...complete[kind], ...given });
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(said);
});

test("fields that only Google sets are refused", () => {
  const template = { publisherExternalId: "x", state: "ACTIVE" };
  const problems = refusals("gcp:pubsub/topic:Topic", {
    project: "acme",
    name: "t",
    ingestionDataSourceSettings: { awsKinesis: { streamArn: "a", ...template } },
  });
  expect(problems.join()).toContain("ingestionDataSourceSettings.awsKinesis.state: is set by Google only");
});

test("what is not known yet is not held against anybody, wherever it stands", () => {
  for (const kind of Object.keys(complete) as (keyof typeof types)[]) {
    for (const name of Object.keys(complete[kind])) {
      expect([kind, name, refusals(types[kind], { ...complete[kind], [name]: unknown })]).toEqual([kind, name, []]);
    }
  }
  expect(refusals(types.secret, { ...complete.secret, topics: [{ name: unknown }] })).toEqual([]);
});

test("no value is in what is said", () => {
  const wrong = { ...complete.version, secret: "canary", secretDataWo: "canary", enabled: "canary", payload: "canary" };
  expect(refusals(types.version, wrong).join()).not.toContain("canary");
});

test("a type without a table is refused, so that nothing goes unchecked", () => {
  expect(refusals("gcp:compute/instance:Instance", {})).toEqual([
    expect.stringContaining("there is no table of what gcp:compute/instance:Instance sends to Google"),
  ]);
});

test("every input in a table is one of the type's in Pulumi's SDK", () => {
  const { resources } = JSON.parse(sdkSchema("gcp"));
  const strangers = Object.entries(requests).flatMap(([type, { fields = [], taken, local = [] }]) => {
    const inputs = Object.keys(resources[type]?.inputProperties ?? {});
    return [...fields, ...taken, ...local].filter((name) => !inputs.includes(name)).map((name) => `${type} ${name}`);
  });
  expect(strangers).toEqual([]);
});
