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

const ofSecret = [
  "annotations",
  "labels",
  "expireTime",
  "rotation",
  "topics",
  "versionAliases",
  "versionDestroyTtl",
  "tags",
];
const keptOfSecret = ["deletionPolicy", "deletionProtection"];

const withPolicy = (policy: object) => ({ policy });
const grantOf = ({ role, member, condition }: Inputs) => ({
  bindings: [{ role, members: [member], ...(condition === undefined ? {} : { condition }) }],
  // Conditions need it: https://cloud.google.com/iam/docs/policies#versions
  ...(condition === undefined ? {} : { version: 3 }),
});
const granted = ["role", "member", "condition"];
const roleOf = ({ roleId, title, description, permissions, stage }: Inputs) => ({
  roleId,
  role: { title, description, includedPermissions: permissions, stage: stage ?? "GA" },
});
const roleInputs = ["roleId", "title", "description", "permissions", "stage"];

const payload = ({ secretData, secretDataWo, isSecretDataBase64 }: Inputs) => {
  const text = String(secretDataWo ?? secretData ?? "");
  return { payload: { data: isSecretDataBase64 === true ? text : Buffer.from(text).toString("base64") } };
};
const payloadInputs = ["secret", "secretData", "secretDataWo", "isSecretDataBase64"];

/** By type. */
export const requests: Record<string, RequestOf> = {
  "gcp:secretmanager/secret:Secret": {
    api: "secretmanager.v1",
    method: "secretmanager.projects.secrets.create",
    parameters: ({ project, secretId }) => ({ parent: `projects/${project}`, secretId }),
    fields: ofSecret,
    body: ({ replication }, fields) => ({ ...fields, replication: replicationOf(replication as Inputs) }),
    taken: ["project", "secretId", "replication"],
    local: keptOfSecret,
  },
  "gcp:secretmanager/regionalSecret:RegionalSecret": {
    api: "secretmanager.v1",
    method: "secretmanager.projects.locations.secrets.create",
    parameters: ({ project, location, secretId }) => ({
      parent: `projects/${project}/locations/${location}`,
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
    body: payload,
    taken: payloadInputs,
    local: ["project", "enabled", "secretDataWoVersion", "deletionPolicy"],
  },
  "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion": {
    api: "secretmanager.v1",
    method: "secretmanager.projects.locations.secrets.addVersion",
    parameters: ({ secret }) => ({ parent: secret }),
    body: payload,
    taken: payloadInputs,
    local: ["enabled", "deletionPolicy"],
  },
  "gcp:secretmanager/secretIamMember:SecretIamMember": {
    api: "secretmanager.v1",
    method: "secretmanager.projects.secrets.setIamPolicy",
    parameters: ({ project, secretId }) => ({ resource: `projects/${project}/secrets/${secretId}` }),
    body: (inputs) => withPolicy(grantOf(inputs)),
    taken: [...granted, "project", "secretId"],
  },
  "gcp:secretmanager/regionalSecretIamMember:RegionalSecretIamMember": {
    api: "secretmanager.v1",
    method: "secretmanager.projects.locations.secrets.setIamPolicy",
    parameters: ({ project, location, secretId }) => ({
      resource: `projects/${project}/locations/${location}/secrets/${secretId}`,
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
    parameters: ({ project }) => ({ parent: `projects/${project}` }),
    body: roleOf,
    taken: [...roleInputs, "project"],
  },
  "gcp:organizations/iAMCustomRole:IAMCustomRole": {
    api: "iam.v1",
    method: "iam.organizations.roles.create",
    parameters: ({ orgId }) => ({ parent: `organizations/${orgId}` }),
    body: roleOf,
    taken: [...roleInputs, "orgId"],
  },
  "gcp:projects/serviceIdentity:ServiceIdentity": {
    api: "serviceusage.v1beta1",
    method: "serviceusage.services.generateServiceIdentity",
    parameters: ({ project, service }) => ({ parent: `projects/${project}/services/${service}` }),
    taken: ["project", "service"],
  },
  "gcp:iam/denyPolicy:DenyPolicy": {
    api: "iam.v2",
    method: "iam.policies.createPolicy",
    parameters: ({ parent, name }) => ({ parent: `policies/${parent}/denypolicies`, policyId: name }),
    fields: ["displayName", "rules"],
    taken: ["parent", "name"],
  },
  "gcp:kms/keyRing:KeyRing": {
    api: "cloudkms.v1",
    method: "cloudkms.projects.locations.keyRings.create",
    parameters: ({ project, location, name }) => ({
      parent: `projects/${project}/locations/${location}`,
      keyRingId: name,
    }),
    body: () => ({}),
    taken: ["project", "location", "name"],
  },
  "gcp:kms/cryptoKey:CryptoKey": {
    api: "cloudkms.v1",
    method: "cloudkms.projects.locations.keyRings.cryptoKeys.create",
    parameters: ({ keyRing, name }) => ({ parent: keyRing, cryptoKeyId: name }),
    fields: ["labels", "rotationPeriod", "destroyScheduledDuration", "versionTemplate"],
    body: ({ purpose }, fields) => ({ ...fields, purpose: purpose ?? "ENCRYPT_DECRYPT" }),
    taken: ["keyRing", "name", "purpose"],
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
    parameters: ({ project, name }) => ({ name: `projects/${project}/topics/${name}` }),
    fields: ["labels", "kmsKeyName", "messageRetentionDuration", "messageStoragePolicy"],
    taken: ["project", "name"],
  },
  "gcp:pubsub/topicIAMMember:TopicIAMMember": {
    api: "pubsub.v1",
    method: "pubsub.projects.topics.setIamPolicy",
    parameters: ({ project, topic }) => ({
      resource: String(topic).startsWith("projects/") ? topic : `projects/${project}/topics/${topic}`,
    }),
    body: (inputs) => withPolicy(grantOf(inputs)),
    taken: [...granted, "project", "topic"],
  },
  "gcp:logging/projectSink:ProjectSink": {
    api: "logging.v2",
    method: "logging.projects.sinks.create",
    parameters: ({ project, uniqueWriterIdentity }) => ({ parent: `projects/${project}`, uniqueWriterIdentity }),
    fields: ["name", "destination", "filter", "description", "disabled", "exclusions"],
    taken: ["project", "uniqueWriterIdentity"],
  },
  "gcp:storage/bucket:Bucket": {
    api: "storage.v1",
    method: "storage.buckets.insert",
    parameters: ({ project }) => ({ project }),
    fields: ["name", "location", "labels", "storageClass", "versioning"],
    body: bucketOf,
    taken: ["project", "uniformBucketLevelAccess", "publicAccessPrevention", "retentionPolicy", "lifecycleRules"],
    local: ["forceDestroy"],
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
    parameters: ({ project }) => ({ name: `projects/${project}` }),
    fields: [
      ...["displayName", "combiner", "conditions", "notificationChannels", "alertStrategy", "documentation"],
      ...["userLabels", "enabled", "severity"],
    ],
    taken: ["project"],
  },
  "gcp:monitoring/notificationChannel:NotificationChannel": {
    api: "monitoring.v3",
    method: "monitoring.projects.notificationChannels.create",
    parameters: ({ project }) => ({ name: `projects/${project}` }),
    fields: ["displayName", "type", "labels", "userLabels", "enabled", "description"],
    taken: ["project"],
    local: ["forceDelete"],
  },
};

function replicationOf({ auto, userManaged, ...unknown }: Inputs) {
  return {
    ...unknown,
    ...(auto === undefined ? {} : { automatic: auto }),
    ...(userManaged === undefined ? {} : { userManaged }),
  };
}

function bucketOf(inputs: Inputs, fields: Inputs) {
  const { uniformBucketLevelAccess: uniform, publicAccessPrevention, retentionPolicy, lifecycleRules } = inputs;
  return {
    ...fields,
    iamConfiguration: {
      ...(uniform === undefined ? {} : { uniformBucketLevelAccess: { enabled: uniform } }),
      ...(publicAccessPrevention === undefined ? {} : { publicAccessPrevention }),
    },
    ...(retentionPolicy === undefined ? {} : { retentionPolicy: retentionOf(retentionPolicy as Inputs) }),
    ...(lifecycleRules === undefined ? {} : { lifecycle: { rule: lifecycleRules } }),
  };
}

/** Locking is a call of its own. */
function retentionOf({ retentionPeriod, isLocked: _, ...unknown }: Inputs) {
  return { ...unknown, retentionPeriod: String(retentionPeriod) };
}
