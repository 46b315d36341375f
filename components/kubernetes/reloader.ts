import { parseArgs } from "node:util";
import { type Ask, askAt, clusterName } from "./ask";
import type { ClusterPlace } from "./kubeconfig";

type Deployment = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).V1Deployment;

/** What is to be restarted when it changes. */
export interface ReloaderQuestion {
  /** The workload's namespace. */
  namespace: string;
  /** Whether values arrive by the CSI driver, which Reloader watches only where it is told to. */
  csi: boolean;
}

/** Whether Reloader restarts workloads of a namespace. Anything but "there" comes with a clause that says why. */
export type ReloaderAnswer = { state: "there" } | { state: "absent" | "unknown" | "silent"; why: string };

/** Of the chart, by its name, its release or its maker: https://github.com/stakater/Reloader/tree/master/deployments/kubernetes */
const labels = [
  "app.kubernetes.io/name=reloader",
  "app in (reloader, reloader-reloader)",
  "group=com.stakater.platform",
];
const image = /(^|\/)reloader[^/]*$/;

/** "unknown": the cluster will not tell. "silent": it did not answer this time. */
export async function reloaderAt(place: ClusterPlace, question: ReloaderQuestion): Promise<ReloaderAnswer> {
  const ask = await askAt(place);
  if (ask === undefined) return { state: "unknown", why: "no kubeconfig leads to the cluster" };
  const found = await reloaders(ask).catch((error: { code?: number }) => error.code);
  if (Array.isArray(found)) return answer(found, question, clusterName(ask));
  return found === 401 || found === 403
    ? { state: "unknown", why: `${clusterName(ask)} forbids to list Deployments, Reloader among them` }
    : { state: "silent", why: `${clusterName(ask)} does not answer whether it has Reloader` };
}

/** Labels can be others; the image tells, at the price of a long list, which only a cluster without Reloader pays. */
async function reloaders({ client, kubeconfig, options }: Ask): Promise<Deployment[]> {
  const apps = kubeconfig.makeApiClient(client.AppsV1Api);
  const list = (labelSelector?: string) =>
    apps
      .listDeploymentForAllNamespaces(labelSelector === undefined ? {} : { labelSelector }, options)
      .then(({ items }) => items);
  const labelled = (await Promise.all(labels.map(list))).flat();
  const all = labelled.length > 0 ? labelled : (await list()).filter((one) => images(one).some((it) => image.test(it)));
  return all.filter(({ spec }) => spec?.replicas !== 0);
}

function images(deployment: Deployment): string[] {
  return containersOf(deployment).flatMap((one) => one.image ?? []);
}

function containersOf({ spec }: Deployment) {
  return spec?.template.spec?.containers ?? [];
}

function answer(found: Deployment[], question: ReloaderQuestion, cluster: string): ReloaderAnswer {
  if (found.length === 0) return { state: "absent", why: `${cluster} has no Reloader` };
  const limits = found.map((one) => limitOf(one, question));
  if (limits.includes(undefined)) return { state: "there" };
  return { state: "absent", why: `Reloader of ${cluster} ${limits[0]}` };
}

/** Why a Reloader does not restart the workload, by the flags that it runs with: https://github.com/stakater/Reloader#reloader-flags */
function limitOf(deployment: Deployment, { namespace, csi }: ReloaderQuestion): string | undefined {
  const flag = flagsOf(deployment);
  const own = ownNamespaceOnly(deployment);
  if (own !== undefined && own !== namespace) return `watches namespace "${own}" only`;
  if (flag("namespaces-to-ignore").includes(namespace)) return `ignores namespace "${namespace}"`;
  if (flag("namespace-selector").length > 0) return "watches namespaces by their labels";
  if (flag("resources-to-ignore").some((kind) => kind.toLowerCase() === "secrets")) return "ignores Secrets";
  if (flag("resource-label-selector").length > 0) return "watches Secrets by their labels";
  if (flag("secret-annotation").length > 0) return "goes by another annotation than its own";
  if (flag("webhook-url").length > 0) return "calls a webhook in place of restarting";
  if (csi && !flag("enable-csi-integration").includes("true")) return "does not watch the CSI driver";
  return undefined;
}

/** The chart sets the variable where `watchGlobally` is false. */
function ownNamespaceOnly(deployment: Deployment): string | undefined {
  const env = containersOf(deployment).flatMap((container) => container.env ?? []);
  const watched = env.find(({ name }) => name === "KUBERNETES_NAMESPACE");
  return watched && (watched.value ?? deployment.metadata?.namespace);
}

const lists = [
  "namespaces-to-ignore",
  "namespace-selector",
  "resources-to-ignore",
  "resource-label-selector",
  "secret-annotation",
  "webhook-url",
] as const;
const options = {
  ...Object.fromEntries(lists.map((name) => [name, { type: "string" as const, multiple: true }])),
  "enable-csi-integration": { type: "boolean" as const },
};

/** The values of a flag, which may be a list with commas; none where it is absent. */
function flagsOf(deployment: Deployment): (name: string) => string[] {
  const args = containersOf(deployment).flatMap((one) => [...(one.command ?? []), ...(one.args ?? [])]);
  const { values } = parseArgs({ args, options, strict: false, allowPositionals: true });
  return (name) => [values[name] ?? []].flat().flatMap((value) => String(value).split(","));
}
