import type { ClusterNeed } from "../binding/clusterNeeds";
import { type Ask, answerOf, askAt, askOf, clusterName } from "./ask";
import type { ClusterPlace, KubeConfig } from "./kubeconfig";

/** For a program, whose provider says by itself that it finds no cluster. */
export async function missingAt(place: ClusterPlace, needs: readonly ClusterNeed[]): Promise<string[]> {
  const ask = await askAt(place);
  return ask === undefined ? [] : missing(ask, needs);
}

/** For a cluster that is known to answer. */
export async function missingIn(kubeconfig: KubeConfig, needs: readonly ClusterNeed[]): Promise<string[]> {
  return needs.length === 0 ? [] : missing(await askOf(kubeconfig), needs);
}

/**
 * What a cluster lacks of what is needed, one line each. Discovery is asked, which is open to everybody who may log in.
 * What the cluster doesn't answer, or forbids to ask, is not known to be missing.
 */
async function missing(ask: Ask, needs: readonly ClusterNeed[]): Promise<string[]> {
  const groups = await servedVersions(ask);
  const lines = await Promise.all(needs.map((need) => kindsMissing(ask, need, groups)));
  return lines.flatMap((line) => (line === undefined ? [] : [`${clusterName(ask)} ${line}`]));
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
  if (groups === undefined) return undefined;
  const { kinds, name, install } = need;
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
