import { eventually } from "./eventually";
import { kubernetes } from "./kubernetes";

export interface KubernetesObject {
  metadata: {
    name: string;
    uid: string;
    generation?: number;
    annotations?: Record<string, string>;
    ownerReferences?: { uid: string }[];
  };
  spec: { template: { metadata: { annotations?: object }; spec: { containers: { env?: object[] }[] } } };
  status?: { observedGeneration?: number };
}

/** Where the objects of a kind are. */
const paths = {
  Deployment: "apps/v1/namespaces/NS/deployments",
  StatefulSet: "apps/v1/namespaces/NS/statefulsets",
  DaemonSet: "apps/v1/namespaces/NS/daemonsets",
  ReplicaSet: "apps/v1/namespaces/NS/replicasets",
  ControllerRevision: "apps/v1/namespaces/NS/controllerrevisions",
  Job: "batch/v1/namespaces/NS/jobs",
  CronJob: "batch/v1/namespaces/NS/cronjobs",
  Pod: "v1/namespaces/NS/pods",
} as const;
export type Kind = keyof typeof paths;

function pathOf(kind: Kind, namespace: string): string {
  return `/${kind === "Pod" ? "api" : "apis"}/${paths[kind].replace("NS", namespace)}`;
}

export async function objectNamed(kind: Kind, namespace: string, name: string): Promise<KubernetesObject> {
  const { status, body } = await kubernetes("GET", `${pathOf(kind, namespace)}/${name}`);
  if (status !== 200) throw new Error(`${kind} ${namespace}/${name}: ${status}`);
  return body;
}

export async function objectsOf(kind: Kind, namespace: string): Promise<KubernetesObject[]> {
  const { body } = await kubernetes("GET", pathOf(kind, namespace));
  return (body as { items: KubernetesObject[] }).items;
}

/** What a controller made for an object, by its reference to the owner. */
export async function ownedBy(owner: KubernetesObject, kind: Kind, namespace: string): Promise<KubernetesObject[]> {
  const all = await objectsOf(kind, namespace);
  return all.filter(({ metadata }) => metadata.ownerReferences?.some(({ uid }) => uid === owner.metadata.uid));
}

/** When its controller has seen the workload as it is now: what it makes of a change is there then. */
export async function settled(kind: Kind, namespace: string, name: string): Promise<KubernetesObject> {
  return eventually(
    () => objectNamed(kind, namespace, name),
    ({ metadata, status }) => expect(status?.observedGeneration).toBe(metadata.generation),
  );
}

/** The ReplicaSet that a Deployment runs now, which may be one that it had before. */
export async function currentReplicaSet(namespace: string, name: string): Promise<KubernetesObject> {
  const owned = await ownedBy(await settled("Deployment", namespace, name), "ReplicaSet", namespace);
  const revision = ({ metadata }: KubernetesObject) =>
    Number(metadata.annotations?.["deployment.kubernetes.io/revision"]);
  return owned.sort((a, b) => revision(b) - revision(a))[0] as KubernetesObject;
}
