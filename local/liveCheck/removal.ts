import {
  DeleteSecretCommand,
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  type ListSecretsCommandInput,
  paginateListSecrets,
  RemoveRegionsFromReplicationCommand,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import type { Stack } from "@pulumi/pulumi/automation";
import { operation } from "./engine";
import type { Site } from "./site";

/** Removes what tries made, for good, and returns the names of those that are still there. */
export async function removeSecrets(secrets: SecretsManagerClient, site: Site): Promise<string[]> {
  const names = new Set([...site.secretNames, ...(await listed(secrets, site))]);
  const left: string[] = [];
  for (const name of names) {
    await removeSecret(secrets, name).catch(() => left.push(name));
  }
  return left;
}

/** What a try made and did not tell, because it was cut short, and what the engine could not destroy. */
async function listed(client: SecretsManagerClient, { run }: Site): Promise<string[]> {
  const ours: ListSecretsCommandInput = {
    IncludePlannedDeletion: true,
    Filters: [{ Key: "name", Values: [run, `vantedge/${run}`] }],
  };
  const found: string[] = [];
  try {
    for await (const { SecretList = [] } of paginateListSecrets({ client }, ours)) {
      found.push(...SecretList.map(({ Name }) => Name as string));
    }
  } catch {
    // What is known by name is removed all the same.
  }
  return found;
}

async function removeSecret(secrets: SecretsManagerClient, SecretId: string): Promise<void> {
  const { ReplicationStatus: replicas = [] } = await secrets
    .send(new DescribeSecretCommand({ SecretId }))
    .catch(ifAbsent);
  if (replicas.length > 0) {
    const RemoveReplicaRegions = replicas.map(({ Region }) => Region as string);
    await secrets.send(new RemoveRegionsFromReplicationCommand({ SecretId, RemoveReplicaRegions }));
  }
  // One that is not there is no error with this: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
  await secrets.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
}

function ifAbsent(error: Error): Pick<DescribeSecretCommandOutput, "ReplicationStatus"> {
  if (error.name === "ResourceNotFoundException") return {};
  throw error;
}

/** Twice where needed: an engine that was ended in the midst leaves a lock, and AWS may want a moment. */
export async function destroy(stack: Stack): Promise<void> {
  const once = () => operation((onEvent) => stack.destroy({ onEvent }));
  await once().catch(async () => {
    await stack.cancel().catch(() => {});
    await once();
  });
}
