/** What Google's provider does with each type: https://github.com/hashicorp/terraform-provider-google */
import { auditConfig, customRole, serviceIdentity } from "./access";
import { grant } from "./grants";
import type { Kind } from "./kind";
import { secret } from "./secrets";
import { lockRetention, stored } from "./stored";
import { secretVersion } from "./versions";

type Make = (type: string) => Kind;

const makers: Record<string, Make> = {
  "gcp:iam/denyPolicy:DenyPolicy": (type) =>
    stored(type, {
      immutable: ["parent", "name"],
      adds: { etag: ({ etag }) => etag ?? "" },
      id: (_, { parent, name }) => `${parent}/${name}`,
      name: (_, { parent, name }) => `policies/${parent}/denypolicies/${name}`,
      update: "update",
    }),
  "gcp:kms/cryptoKey:CryptoKey": (type) => stored(type, { immutable: ["keyRing", "name", "purpose"] }),
  "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember": grant,
  "gcp:kms/keyRing:KeyRing": (type) => stored(type, { immutable: ["project", "location", "name"] }),
  "gcp:logging/projectSink:ProjectSink": (type) =>
    stored(type, {
      immutable: ["project", "name"],
      adds: { writerIdentity: ({ writerIdentity }) => writerIdentity },
      id: (name, { project }) => `projects/${project}/sinks/${name}`,
    }),
  "gcp:monitoring/alertPolicy:AlertPolicy": (type) =>
    stored(type, { immutable: ["project"], adds: { name: ({ name }) => name } }),
  "gcp:monitoring/notificationChannel:NotificationChannel": (type) =>
    stored(type, { immutable: ["project"], adds: { name: ({ name }) => name } }),
  "gcp:organizations/iAMCustomRole:IAMCustomRole": customRole,
  "gcp:projects/iAMAuditConfig:IAMAuditConfig": auditConfig,
  "gcp:projects/iAMCustomRole:IAMCustomRole": customRole,
  "gcp:projects/iAMMember:IAMMember": grant,
  "gcp:projects/serviceIdentity:ServiceIdentity": serviceIdentity,
  "gcp:pubsub/topic:Topic": (type) => stored(type, { immutable: ["project", "name"], inBody: "topic" }),
  "gcp:pubsub/topicIAMMember:TopicIAMMember": grant,
  "gcp:secretmanager/regionalSecret:RegionalSecret": secret,
  "gcp:secretmanager/regionalSecretIamMember:RegionalSecretIamMember": grant,
  "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion": secretVersion,
  "gcp:secretmanager/secret:Secret": secret,
  "gcp:secretmanager/secretIamMember:SecretIamMember": grant,
  "gcp:secretmanager/secretVersion:SecretVersion": secretVersion,
  "gcp:serviceaccount/account:Account": (type) =>
    stored(type, {
      immutable: ["project", "accountId"],
      adds: {
        name: ({ name }) => name,
        email: ({ email }) => email,
        member: ({ email }) => `serviceAccount:${email}`,
        uniqueId: ({ uniqueId }) => uniqueId,
      },
      inBody: "serviceAccount",
    }),
  "gcp:storage/bucket:Bucket": (type) =>
    stored(type, {
      immutable: ["project", "name", "location"],
      adds: {
        url: ({ name }) => `gs://${name}`,
        selfLink: ({ name }) => `https://www.googleapis.com/storage/v1/b/${name}`,
      },
      afterwards: lockRetention,
    }),
  "gcp:storage/bucketIAMMember:BucketIAMMember": grant,
};

export function kindOf(type: string): Kind | undefined {
  return makers[type]?.(type);
}
