import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { LocalCloud } from "../cloud";

const secretId = "vantedge/production/database-password";
const namespace = "production";
/** Who binds the secret, and the field that each takes. */
const delivered = [
  { name: "support-agent-database-password", field: "url" },
  { name: "usage-report-database-password", field: "password" },
] as const;
const deployment = { namespace, name: "support-agent" };
const secondsToArrive = 60;

/** Seconds since the password was put in. */
export interface Rotation {
  /** Until it was in the Secrets of all workloads. */
  arrived: number;
  /** Until the workload that takes it as a variable was restarted; undefined where nothing does that. */
  restarted: number | undefined;
}

/** Puts a new password into the cloud's secret manager, as a rotation function would: past Pulumi. */
export async function rotate(cloud: LocalCloud, hasReloader: boolean): Promise<Rotation> {
  const password = `demo-${randomBytes(12).toString("hex")}`;
  const fields = { password, url: `postgres://app:${password}@db.internal/customers`, username: "app" };
  const cluster = await clusterOf(cloud.env.KUBECONFIG as string);
  const before = await restartOf(cluster);
  await put(cloud, JSON.stringify(fields));
  const start = performance.now();
  const arrived = await secondsUntil("the rotated value is not in the cluster", start, async () => {
    const values = await Promise.all(delivered.map(({ name, field }) => valueIn(cluster, name, field)));
    return values.every((value, index) => value === fields[(delivered[index] as (typeof delivered)[number]).field]);
  });
  if (!hasReloader) return { arrived, restarted: undefined };
  const restarted = await secondsUntil("Reloader has not restarted support-agent", start, async () => {
    const now = await restartOf(cluster);
    return now !== undefined && now !== before;
  });
  return { arrived, restarted };
}

async function put({ endpoints, env }: LocalCloud, SecretString: string): Promise<void> {
  const client = new SecretsManagerClient({
    endpoint: endpoints.aws,
    region: env.AWS_REGION as string,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID as string, secretAccessKey: env.AWS_SECRET_ACCESS_KEY as string },
  });
  await client.send(new PutSecretValueCommand({ SecretId: secretId, SecretString }));
}

async function secondsUntil(otherwise: string, start: number, isDone: () => Promise<boolean>): Promise<number> {
  const seconds = () => (performance.now() - start) / 1000;
  while (!(await isDone())) {
    if (seconds() > secondsToArrive) throw new Error(`${otherwise} after ${secondsToArrive} s`);
    await sleep(200);
  }
  return seconds();
}

type Cluster = Awaited<ReturnType<typeof clusterOf>>;

async function clusterOf(kubeconfig: string) {
  const { AppsV1Api, CoreV1Api, KubeConfig } = await import("@kubernetes/client-node");
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  return { core: config.makeApiClient(CoreV1Api), apps: config.makeApiClient(AppsV1Api) };
}

async function valueIn({ core }: Cluster, name: string, field: string): Promise<string> {
  const { data = {} } = await core.readNamespacedSecret({ namespace, name });
  return Buffer.from(data[field] ?? "", "base64").toString();
}

/** What Reloader last wrote into the pods' template, once it lets the new pods start. */
async function restartOf({ apps }: Cluster): Promise<string | undefined> {
  const { spec } = await apps.readNamespacedDeployment(deployment);
  if (spec?.paused) return undefined;
  return spec?.template.metadata?.annotations?.["reloader.stakater.com/last-reloaded-from"];
}
