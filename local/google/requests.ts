/**
 * Which request Google's provider makes of a resource's inputs when it creates it: the method, its parameters and its body
 * (https://github.com/GoogleCloudPlatform/magic-modules, products/). What stands under `fields` is sent unchanged.
 */
import type { Api } from "./descriptions";

export type Inputs = Record<string, unknown>;

export interface RequestOf {
  api: Api;
  method: string;
  /** Parameters of the path and of the query. */
  parameters: (inputs: Inputs) => Record<string, unknown>;
  /** Inputs that are fields of the body, by the same name and unchanged. */
  fields?: readonly string[];
  /** The body of the rest, or of all. */
  body?: (inputs: Inputs, fields: Inputs) => unknown;
  /** Inputs that parameters and body take. */
  taken: readonly string[];
  /** Inputs that the provider keeps to itself. */
  local?: readonly string[];
}

/** Undefined where a part is not given, or not known yet. */
function path(texts: TemplateStringsArray, ...parts: unknown[]): string | undefined {
  if (parts.some((part) => part === undefined || part === null || typeof part === "symbol")) return undefined;
  return String.raw(texts, ...parts);
}

/** Some inputs take an id, or the whole path. */
function isPath(value: unknown): boolean {
  return typeof value === "string" && value.startsWith("projects/");
}

const ofSecret = [
  ...["annotations", "labels", "expireTime", "ttl", "rotation", "topics", "versionAliases", "versionDestroyTtl"],
  "tags",
];
const kept = ["deletionPolicy"];
const keptOfSecret = [...kept, "deletionProtection"];

const withPolicy = (policy: object) => ({ policy });
const grantOf = ({ role, member, condition }: Inputs) => ({
  bindings: [
    { role, members: member === undefined ? [] : [member], ...(condition === undefined ? {} : { condition }) },
  ],
  // Conditions need it: https://cloud.google.com/iam/docs/policies#versions
  ...(condition === undefined ? {} : { version: 3 }),
});
const granted = ["role", "member", "condition"];
const roleOf = ({ roleId, title, description, permissions, stage }: Inputs) => ({
  roleId,
  role: { title, description, includedPermissions: permissions, stage: stage ?? "GA" },
});
const roleInputs = ["roleId", "title", "description", "permissions", "stage"];

const payloadOf = ({ secretData, secretDataWo, isSecretDataBase64 }: Inputs) => {
  const text = String(secretDataWo ?? secretData ?? "");
  return { payload: { data: isSecretDataBase64 === true ? text : Buffer.from(text).toString("base64") } };
};
const payloadInputs = ["secret", "secretData", "isSecretDataBase64"];

/** By type. */
export const requests: Record<string, RequestOf> = {
  "gcp:secretmanager/secret:Secret": {
    api: "secretmanager.v1",
    method: "secretmanager.projects.secrets.create",
    parameters: ({ project, secretId }) => ({ parent: path`projects/${project}`, secretId }),
    fields: ofSecret,
    body: ({ replication }, fields) => ({
      ...fields,
      ...(replication === undefined ? {} : { replication: replicationOf(replication as Inputs) }),
    }),
    taken: ["project", "secretId", "replication"],
    local: keptOfSecret,
  },
  "gcp:secretmanager/regionalSecret:RegionalSecret": {
    api: "secretmanager.v1",
    method: "secretmanager.projects.locations.secrets.create",
    parameters: ({ project, location, secretId }) => ({
      parent: path`projects/${project}/locations/${location}`,
      secretId,
    }),
    fields: [...ofSecret, "customerManagedEncryption"],
    taken: ["project", "location", "secretId"],
    local: keptOfSecret,
  },
  "gcp:secretmanager/secretVersion:SecretVersion": {
    api: "secretmanager.v1",
    method: "secretmanager.projects.secrets.addVersion",
    parameters: ({ secret }) => ({ parent: secret }),
    body: payloadOf,
    taken: [...payloadInputs, "secretDataWo"],
    local: ["project", "enabled", "secretDataWoVersion", "deletionPolicy"],
  },
  "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion": {
    api: "secretmanager.v1",
    method: "secretmanager.projects.locations.secrets.addVersion",
    parameters: ({ secret }) => ({ parent: secret }),
    body: payloadOf,
    taken: payloadInputs,
    local: ["enabled", "deletionPolicy"],
  },
  "gcp:secretmanager/secretIamMember:SecretIamMember": {
    api: "secretmanager.v1",
    method: "secretmanager.projects.secrets.setIamPolicy",
    parameters: ({ project, secretId }) => ({
      resource: isPath(secretId) ? secretId : path`projects/${project}/secrets/${secretId}`,
    }),
    body: (inputs) => withPolicy(grantOf(inputs)),
    taken: [...granted, "project", "secretId"],
  },
  "gcp:secretmanager/regionalSecretIamMember:RegionalSecretIamMember": {
    api: "secretmanager.v1",
    method: "secretmanager.projects.locations.secrets.setIamPolicy",
    parameters: ({ project, location, secretId }) => ({
      resource: isPath(secretId) ? secretId : path`projects/${project}/locations/${location}/secrets/${secretId}`,
    }),
    body: (inputs) => withPolicy(grantOf(inputs)),
    taken: [...granted, "project", "location", "secretId"],
  },
  "gcp:projects/iAMMember:IAMMember": {
    api: "cloudresourcemanager.v1",
    method: "cloudresourcemanager.projects.setIamPolicy",
    parameters: ({ project }) => ({ resource: project }),
    body: (inputs) => withPolicy(grantOf(inputs)),
    taken: [...granted, "project"],
  },
  "gcp:projects/iAMAuditConfig:IAMAuditConfig": {
    api: "cloudresourcemanager.v1",
    method: "cloudresourcemanager.projects.setIamPolicy",
    parameters: ({ project }) => ({ resource: project }),
    body: ({ service, auditLogConfigs }) => withPolicy({ auditConfigs: [{ service, auditLogConfigs }] }),
    taken: ["project", "service", "auditLogConfigs"],
  },
  "gcp:projects/iAMCustomRole:IAMCustomRole": {
    api: "iam.v1",
    method: "iam.projects.roles.create",
    parameters: ({ project }) => ({ parent: path`projects/${project}` }),
    body: roleOf,
    taken: [...roleInputs, "project"],
    local: kept,
  },
  "gcp:organizations/iAMCustomRole:IAMCustomRole": {
    api: "iam.v1",
    method: "iam.organizations.roles.create",
    parameters: ({ orgId }) => ({ parent: path`organizations/${orgId}` }),
    body: roleOf,
    taken: [...roleInputs, "orgId"],
    local: kept,
  },
  "gcp:iam/workloadIdentityPool:WorkloadIdentityPool": {
    api: "iam.v1",
    method: "iam.projects.locations.workloadIdentityPools.create",
    parameters: ({ project, workloadIdentityPoolId }) => ({
      parent: path`projects/${project}/locations/global`,
      workloadIdentityPoolId,
    }),
    fields: ["displayName", "description", "disabled"],
    taken: ["project", "workloadIdentityPoolId"],
  },
  "gcp:iam/workloadIdentityPoolProvider:WorkloadIdentityPoolProvider": {
    api: "iam.v1",
    method: "iam.projects.locations.workloadIdentityPools.providers.create",
    parameters: ({ project, workloadIdentityPoolId, workloadIdentityPoolProviderId }) => ({
      parent: path`projects/${project}/locations/global/workloadIdentityPools/${workloadIdentityPoolId}`,
      workloadIdentityPoolProviderId,
    }),
    fields: ["displayName", "description", "disabled", "attributeMapping", "attributeCondition", "oidc"],
    taken: ["project", "workloadIdentityPoolId", "workloadIdentityPoolProviderId"],
  },
  "gcp:projects/serviceIdentity:ServiceIdentity": {
    api: "serviceusage.v1beta1",
    method: "serviceusage.services.generateServiceIdentity",
    parameters: ({ project, service }) => ({ parent: path`projects/${project}/services/${service}` }),
    taken: ["project", "service"],
  },
  "gcp:iam/denyPolicy:DenyPolicy": {
    api: "iam.v2",
    method: "iam.policies.createPolicy",
    parameters: ({ parent, name }) => ({ parent: path`policies/${parent}/denypolicies`, policyId: name }),
    fields: ["displayName", "rules"],
    taken: ["parent", "name"],
    local: kept,
  },
  "gcp:kms/keyRing:KeyRing": {
    api: "cloudkms.v1",
    method: "cloudkms.projects.locations.keyRings.create",
    parameters: ({ project, location, name }) => ({
      parent: path`projects/${project}/locations/${location}`,
      keyRingId: name,
    }),
    body: () => ({}),
    taken: ["project", "location", "name"],
  },
  "gcp:kms/cryptoKey:CryptoKey": {
    api: "cloudkms.v1",
    method: "cloudkms.projects.locations.keyRings.cryptoKeys.create",
    parameters: ({ keyRing, name, skipInitialVersionCreation }) => ({
      parent: keyRing,
      cryptoKeyId: name,
      skipInitialVersionCreation,
    }),
    fields: [
      ...["labels", "rotationPeriod", "destroyScheduledDuration", "versionTemplate", "importOnly"],
      ...["cryptoKeyBackend", "keyAccessJustificationsPolicy"],
    ],
    body: ({ purpose }, fields) => ({ ...fields, purpose: purpose ?? "ENCRYPT_DECRYPT" }),
    taken: ["keyRing", "name", "purpose", "skipInitialVersionCreation"],
    local: kept,
  },
  "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": {
    api: "cloudkms.v1",
    method: "cloudkms.projects.locations.keyRings.cryptoKeys.setIamPolicy",
    parameters: ({ cryptoKeyId }) => ({ resource: cryptoKeyId }),
    body: (inputs) => withPolicy(grantOf(inputs)),
    taken: [...granted, "cryptoKeyId"],
  },
  "gcp:pubsub/topic:Topic": {
    api: "pubsub.v1",
    method: "pubsub.projects.topics.create",
    parameters: ({ project, name }) => ({ name: path`projects/${project}/topics/${name}` }),
    fields: [
      ...["labels", "kmsKeyName", "messageRetentionDuration", "messageStoragePolicy", "schemaSettings"],
      ...["ingestionDataSourceSettings", "messageTransforms", "tags"],
    ],
    taken: ["project", "name"],
    local: kept,
  },
  "gcp:pubsub/topicIAMMember:TopicIAMMember": {
    api: "pubsub.v1",
    method: "pubsub.projects.topics.setIamPolicy",
    parameters: ({ project, topic }) => ({
      resource: isPath(topic) ? topic : path`projects/${project}/topics/${topic}`,
    }),
    body: (inputs) => withPolicy(grantOf(inputs)),
    taken: [...granted, "project", "topic"],
  },
  "gcp:logging/projectSink:ProjectSink": {
    api: "logging.v2",
    method: "logging.projects.sinks.create",
    parameters: ({ project, uniqueWriterIdentity, customWriterIdentity }) => ({
      parent: path`projects/${project}`,
      uniqueWriterIdentity,
      customWriterIdentity,
    }),
    fields: ["name", "destination", "filter", "description", "disabled", "exclusions", "bigqueryOptions"],
    taken: ["project", "uniqueWriterIdentity", "customWriterIdentity"],
    local: kept,
  },
  "gcp:serviceaccount/account:Account": {
    api: "iam.v1",
    method: "iam.projects.serviceAccounts.create",
    parameters: ({ project }) => ({ name: path`projects/${project}` }),
    body: ({ accountId, displayName, description }) => ({ accountId, serviceAccount: { displayName, description } }),
    taken: ["project", "accountId", "displayName", "description"],
    local: [...kept, "createIgnoreAlreadyExists"],
  },
  "gcp:storage/bucket:Bucket": {
    api: "storage.v1",
    method: "storage.buckets.insert",
    parameters: ({ project }) => ({ project }),
    fields: [
      ...["name", "location", "labels", "storageClass", "versioning", "encryption", "logging", "autoclass", "rpo"],
      "defaultEventBasedHold",
    ],
    body: bucketOf,
    taken: [
      ...["project", "uniformBucketLevelAccess", "publicAccessPrevention", "retentionPolicy", "lifecycleRules"],
      "softDeletePolicy",
    ],
    local: [...kept, "forceDestroy"],
  },
  "gcp:storage/bucketIAMMember:BucketIAMMember": {
    api: "storage.v1",
    method: "storage.buckets.setIamPolicy",
    parameters: ({ bucket }) => ({ bucket }),
    body: grantOf,
    taken: [...granted, "bucket"],
  },
  "gcp:monitoring/alertPolicy:AlertPolicy": {
    api: "monitoring.v3",
    method: "monitoring.projects.alertPolicies.create",
    parameters: ({ project }) => ({ name: path`projects/${project}` }),
    fields: [
      ...["displayName", "combiner", "conditions", "notificationChannels", "documentation", "userLabels", "enabled"],
      "severity",
    ],
    body: ({ alertStrategy }, fields) => ({
      ...fields,
      ...(alertStrategy === undefined ? {} : { alertStrategy: alertStrategyOf(alertStrategy as Inputs) }),
    }),
    taken: ["project", "alertStrategy"],
    local: kept,
  },
  "gcp:monitoring/notificationChannel:NotificationChannel": {
    api: "monitoring.v3",
    method: "monitoring.projects.notificationChannels.create",
    parameters: ({ project }) => ({ name: path`projects/${project}` }),
    fields: ["displayName", "type", "userLabels", "enabled", "description"],
    body: ({ labels, sensitiveLabels }, fields) => ({
      ...fields,
      labels: { ...(labels as Inputs | undefined), ...sensitiveLabelsOf((sensitiveLabels ?? {}) as Inputs) },
    }),
    taken: ["project", "labels", "sensitiveLabels"],
    local: [...kept, "forceDelete"],
  },
};

/** By the names that Google has for them. Who gives Google's name to Pulumi is told: its provider knows no such input. */
function renamed(inputs: Inputs, names: Record<string, string>): Inputs {
  const ofGoogle = new Map(Object.entries(names).map(([ours, theirs]) => [theirs, ours]));
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      names[name] ?? (ofGoogle.has(name) ? `${name} (${ofGoogle.get(name)} in Pulumi)` : name),
      value,
    ]),
  );
}

function replicationOf(replication: Inputs) {
  return renamed(replication, { auto: "automatic" });
}

/** Lists are in the plural in Pulumi. */
function alertStrategyOf(strategy: Inputs) {
  return renamed(strategy, { notificationChannelStrategies: "notificationChannelStrategy" });
}

/** Among the other labels, in Google's way to write them. */
function sensitiveLabelsOf(given: Inputs) {
  const names = { authToken: "auth_token", password: "password", serviceKey: "service_key" };
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, label]) => {
      const value = given[`${name}Wo`] ?? given[name];
      return value === undefined ? [] : [[label, value]];
    }),
  );
}

function bucketOf(inputs: Inputs, fields: Inputs) {
  const { uniformBucketLevelAccess: uniform, publicAccessPrevention, retentionPolicy, lifecycleRules } = inputs;
  const { softDeletePolicy } = inputs;
  return {
    ...fields,
    iamConfiguration: {
      ...(uniform === undefined ? {} : { uniformBucketLevelAccess: { enabled: uniform } }),
      ...(publicAccessPrevention === undefined ? {} : { publicAccessPrevention }),
    },
    ...(retentionPolicy === undefined ? {} : { retentionPolicy: retentionOf(retentionPolicy as Inputs) }),
    ...(softDeletePolicy === undefined ? {} : { softDeletePolicy: inSeconds(softDeletePolicy as Inputs) }),
    ...(lifecycleRules === undefined ? {} : { lifecycle: { rule: (lifecycleRules as Inputs[]).map(lifecycleRuleOf) } }),
  };
}

/** Locking is a call of its own. */
function retentionOf({ isLocked: _, retentionPeriod, ...unknown }: Inputs) {
  return { ...unknown, ...(retentionPeriod === undefined ? {} : { retentionPeriod: String(retentionPeriod) }) };
}

function inSeconds({ retentionDurationSeconds: seconds, ...unknown }: Inputs) {
  return { ...unknown, ...(seconds === undefined ? {} : { retentionDurationSeconds: String(seconds) }) };
}

const ofLifecycle = {
  matchesPrefixes: "matchesPrefix",
  matchesStorageClasses: "matchesStorageClass",
  matchesSuffixes: "matchesSuffix",
  withState: "isLive",
};

/** A number that is 0 is sent where the program says so. */
function lifecycleRuleOf({ condition = {}, ...same }: Inputs) {
  const sent = Object.entries(condition as Inputs).filter(
    ([name, value]) => !/^send\w+IfZero$/.test(name) && !(name === "withState" && value === "ANY"),
  );
  const states = sent.map(([name, value]) => [name, name === "withState" ? value === "LIVE" : value]);
  return { ...same, condition: renamed(Object.fromEntries(states), ofLifecycle) };
}
