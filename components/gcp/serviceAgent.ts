import { CryptoKeyIAMMember } from "@pulumi/gcp/kms/cryptoKeyIAMMember";
import { ServiceIdentity } from "@pulumi/gcp/projects/serviceIdentity";
import { Topic } from "@pulumi/gcp/pubsub/topic";
import { TopicIAMMember } from "@pulumi/gcp/pubsub/topicIAMMember";
import * as pulumi from "@pulumi/pulumi";
import type { SecretSpec } from "../backend";
import { workspaceLabels } from "./labels";
import { secretIdOf } from "./names";

/** What Secret Manager itself must be allowed before a secret refers to keys and topics, and the topics. */
export interface AgentGrants {
  grants: pulumi.Resource[];
  topics: pulumi.Input<string>[];
}

/**
 * Secret Manager uses keys and topics as an account of its own in the project, which is made when it is asked for
 * (https://cloud.google.com/secret-manager/docs/cmek). Its grants stay when the secret goes: other secrets, of other
 * programs too, may be under the same key.
 */
export function createAgentGrants(name: string, spec: SecretSpec, options: pulumi.CustomResourceOptions): AgentGrants {
  const keys = keysOf(spec);
  const reminder = spec.gcp?.rotationReminder;
  if (keys.length === 0 && reminder === undefined) return { grants: [], topics: [] };
  const project = spec.workspace.projectId as string;
  const identity = new ServiceIdentity(
    `${name}-agent`,
    { project, service: "secretmanager.googleapis.com" },
    { ...options, retainOnDelete: true },
  );
  const grants = keys.map((key, index) => grantKey(`${name}-key-${index + 1}`, key, identity.member, options));
  if (reminder === undefined) return { grants, topics: [] };
  const topic = reminder.topicName ?? createTopic(name, spec, options);
  return { grants: [...grants, grantTopic(`${name}-topic`, topic, identity.member, options)], topics: [topic] };
}

/** Each key once. */
function keysOf({ gcp = {} }: SecretSpec): pulumi.Input<string>[] {
  const given = [gcp.kmsKeyName, ...(gcp.replicas ?? []).map(({ kmsKeyName }) => kmsKeyName)];
  return [...new Set(given.filter((key) => key !== undefined))];
}

function grantKey(
  name: string,
  cryptoKeyId: pulumi.Input<string>,
  member: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
  return new CryptoKeyIAMMember(name, { cryptoKeyId, role, member }, { ...options, retainOnDelete: true });
}

function createTopic(
  name: string,
  { workspace, secretName, tags }: SecretSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const project = workspace.projectId as string;
  const topic = { project, name: secretIdOf(workspace, secretName), labels: workspaceLabels(workspace, tags) };
  return new Topic(`${name}-reminders`, topic, options).id;
}

function grantTopic(
  name: string,
  topic: pulumi.Input<string>,
  member: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const role = "roles/pubsub.publisher";
  return new TopicIAMMember(name, { topic, role, member }, { ...options, retainOnDelete: true });
}
