import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { LocalCloud } from "../cloud";

const secretId = "vantedge/production/database-password";
const delivered = { namespace: "production", name: "usage-report-database-password" };
const secondsToArrive = 60;

/**
 * Puts a new password into the cloud's secret manager, as a rotation function would: past Pulumi. Gives the seconds
 * until the cluster has it.
 */
export async function rotate({ endpoints, env }: LocalCloud): Promise<number> {
  const password = `demo-${randomBytes(12).toString("hex")}`;
  const client = new SecretsManagerClient({
    endpoint: endpoints.aws,
    region: env.AWS_REGION as string,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID as string, secretAccessKey: env.AWS_SECRET_ACCESS_KEY as string },
  });
  const fields = { password, url: `postgres://app:${password}@db.internal/customers`, username: "app" };
  await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString: JSON.stringify(fields) }));
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  const cluster = await clusterOf(env.KUBECONFIG as string);
  while ((await passwordIn(cluster)) !== password) {
    if (seconds() > secondsToArrive)
      throw new Error(`the rotated value is not in the cluster after ${secondsToArrive} s`);
    await sleep(200);
  }
  return seconds();
}

type Cluster = Awaited<ReturnType<typeof clusterOf>>;

async function clusterOf(kubeconfig: string) {
  const { CoreV1Api, KubeConfig } = await import("@kubernetes/client-node");
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return config.makeApiClient(CoreV1Api);
}

async function passwordIn(cluster: Cluster): Promise<string> {
  const { data = {} } = await cluster.readNamespacedSecret(delivered);
  return Buffer.from(data.password ?? "", "base64").toString();
}
