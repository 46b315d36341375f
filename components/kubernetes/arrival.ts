import { setTimeout as sleep } from "node:timers/promises";
import { type Ask, answerOf, askAt } from "./ask";
import type { ClusterPlace } from "./kubeconfig";

/** The object of an operator that brings a secret into the cluster. */
export interface Arriving {
  apiVersion: string;
  kind: "ExternalSecret";
  namespace: string;
  name: string;
}

interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

interface LiveObject {
  metadata: { generation: number };
  status?: { syncedResourceVersion?: string; conditions?: Condition[] };
}

const secondsBetweenLooks = 0.5;

/** How far an operator is with an object. */
export interface Arrival {
  /** Whether it has brought what the object asks for. */
  isSynced: boolean;
  /** What it says against the object, in one line; undefined where it is content. */
  problem: string | undefined;
}

/**
 * Waits until External Secrets has synced an ExternalSecret as it is now. A provider of Kubernetes waits for a condition,
 * which an update leaves as it was; the generation that was synced tells (external-secrets, GetResourceVersion in
 * pkg/controllers/util). Conditions hold nothing of a value.
 */
export async function arrivalOf(place: ClusterPlace, object: Arriving, seconds: number): Promise<Arrival> {
  const ask = await askAt(place);
  if (ask === undefined) return { isSynced: true, problem: undefined };
  for (const end = Date.now() + seconds * 1000; ; await sleep(secondsBetweenLooks * 1000)) {
    const live = await answerOf(look(ask, object));
    const isSynced = live !== undefined && generationOf(live) >= live.metadata.generation;
    if (isSynced || Date.now() >= end) return { isSynced, problem: problemOf(live) };
  }
}

function look({ client, kubeconfig, options }: Ask, { apiVersion, namespace, name }: Arriving): Promise<LiveObject> {
  const [group, version] = apiVersion.split("/") as [string, string];
  const custom = kubeconfig.makeApiClient(client.CustomObjectsApi);
  return custom.getNamespacedCustomObject({ group, version, namespace, plural: "externalsecrets", name }, options);
}

/** `4-5b1c2d` is the fourth. */
function generationOf({ status }: LiveObject): number {
  return Number.parseInt(status?.syncedResourceVersion ?? "", 10);
}

function problemOf(live: LiveObject | undefined): string | undefined {
  if (live === undefined) return "the cluster does not answer";
  const ready = live.status?.conditions?.find(({ type }) => type === "Ready");
  if (ready?.status === "True") return undefined;
  if (ready === undefined) return "the External Secrets Operator has not looked at it";
  return [ready.reason, ready.message].filter((text) => text !== undefined && text !== "").join(": ");
}
