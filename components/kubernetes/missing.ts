import type { ClusterNeed } from "../binding/clusterNeeds";
import { type ClusterPlace, type KubeConfig, loadKubeconfig } from "./kubeconfig";

type Client = typeof import("@kubernetes/client-node", { with: { "resolution-mode": "import" }});
type RequestOptions = NonNullable<Parameters<InstanceType<Client["ApisApi"]>["getAPIVersions"]>[1]>;

/** Long enough for a cluster far away; a program must not wait for one that is not there. */
const patienceMilliseconds = 3_000;

/** For a program, whose provider says by itself that it finds no cluster. */
export async function missingAt(place: ClusterPlace, needs: readonly ClusterNeed[]): Promise<string[]> {
  const kubeconfig = await loadKubeconfig(place);
  return "unusable" in kubeconfig ? [] : missingIn(kubeconfig, needs);
}

/**
 * What a cluster lacks of what is needed, one line each. Discovery is asked, which is open to everybody who may log in.
 * What the cluster doesn't answer, or forbids to ask, is not known to be missing.
 */
export async function missingIn(kubeconfig: KubeConfig, needs: readonly ClusterNeed[]): Promise<string[]> {
  if (needs.length === 0) return [];
  const client = await import("@kubernetes/client-node");
  const ask = { client, kubeconfig, options: impatient(client) };
  const groups = needs.some(({ kinds }) => kinds !== undefined) ? await servedVersions(ask) : undefined;
  const lines = await Promise.all(
    needs.map((need) => (need.kinds === undefined ? reloaderMissing(ask, need) : kindsMissing(ask, need, groups))),
  );
  const cluster = `the cluster of context "${kubeconfig.getCurrentContext()}"`;
  return lines.flatMap((line) => (line === undefined ? [] : [`${cluster} ${line}`]));
}

/** A cluster, and how to ask it. */
interface Ask {
  client: Client;
  kubeconfig: KubeConfig;
  options: RequestOptions;
}

function impatient({ Observable }: Client): RequestOptions {
  return {
    middleware: [
      {
        pre: (request) => {
          request.setSignal(AbortSignal.timeout(patienceMilliseconds));
          return new Observable(Promise.resolve(request));
        },
        post: (response) => new Observable(Promise.resolve(response)),
      },
    ],
    middlewareMergeStrategy: "append",
  };
}

async function answerOf<T>(question: Promise<T>): Promise<T | undefined> {
  return question.catch(() => undefined);
}

/** The versions of each group, the preferred one first. */
type Groups = Map<string, string[]>;

async function servedVersions({ client, kubeconfig, options }: Ask): Promise<Groups | undefined> {
  const versions = kubeconfig.makeApiClient(client.ApisApi).getAPIVersions({}, options);
  return answerOf(
    versions.then(
      ({ groups }) => new Map(groups.map((group) => [group.name, group.versions.map((one) => one.groupVersion)])),
    ),
  );
}

async function kindsMissing(ask: Ask, need: ClusterNeed, groups: Groups | undefined): Promise<string | undefined> {
  const { kinds, name, install } = need;
  if (kinds === undefined || groups === undefined) return undefined;
  const { apiVersion, names, setting } = kinds;
  const [group, version] = apiVersion.split("/") as [string, string];
  const served = groups.get(group) ?? [];
  if (served.length === 0) return `has no ${name}: run "${install}"`;
  if (!served.includes(apiVersion)) {
    return `serves ${served.join(", ")} of the ${name}, not ${apiVersion}: set apiVersions: { ${setting}: "${served[0]}" }, or upgrade it`;
  }
  const custom = ask.kubeconfig.makeApiClient(ask.client.CustomObjectsApi);
  const listed = custom.getAPIResources({ group, version }, ask.options);
  const known = await answerOf(listed.then(({ resources }) => resources.map(({ kind }) => kind)));
  if (known === undefined) return undefined;
  const absent = names.filter((kind) => !known.includes(kind));
  return absent.length === 0
    ? undefined
    : `has no ${absent.join(" and no ")} in ${apiVersion}: install the ${name} with all of its kinds, as "${install}" does`;
}

/** Of the chart, by its name, its release or its maker: https://github.com/stakater/Reloader/tree/master/deployments/kubernetes */
const reloaderLabels = [
  "app.kubernetes.io/name=reloader",
  "app in (reloader, reloader-reloader)",
  "group=com.stakater.platform",
];
const reloaderImage = /(^|\/)reloader[^/]*$/;

async function reloaderMissing({ client, kubeconfig, options }: Ask, need: ClusterNeed): Promise<string | undefined> {
  const apps = kubeconfig.makeApiClient(client.AppsV1Api);
  const imagesOf = (selected: { labelSelector?: string; limit?: number }) =>
    answerOf(apps.listDeploymentForAllNamespaces(selected, options).then(({ items }) => items.map(imagesIn)));
  const labelled = await Promise.all(reloaderLabels.map((labelSelector) => imagesOf({ labelSelector, limit: 1 })));
  if (labelled.some((found) => found === undefined || found.length > 0)) return undefined;
  // Labels can be others; the image tells, at the price of a long list, which only a cluster without Reloader pays.
  const images = (await imagesOf({}))?.flat();
  if (images === undefined) return undefined;
  return images.some((image) => reloaderImage.test(image))
    ? undefined
    : `has no ${need.name}: run "${need.install}", or leave restartedBy out`;
}

function imagesIn({
  spec,
}: import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).V1Deployment): string[] {
  return (spec?.template.spec?.containers ?? []).flatMap(({ image }) => image ?? []);
}
