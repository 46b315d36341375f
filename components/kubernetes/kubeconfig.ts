import { existsSync } from "node:fs";

export type KubeConfig = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).KubeConfig;

/** Which cluster is meant. */
export interface ClusterPlace {
  /** A kubeconfig's path or its text; undefined for that of the environment. */
  kubeconfig?: string | undefined;
  /** The context in it; undefined for the current one. */
  context?: string | undefined;
  /** The cluster in it; undefined for that of the context. */
  cluster?: string | undefined;
}

/** Why there is no kubeconfig to work with. */
export interface Unusable {
  unusable: string;
}

export async function loadKubeconfig({
  kubeconfig: given,
  context,
  cluster,
}: ClusterPlace): Promise<KubeConfig | Unusable> {
  const client = await import("@kubernetes/client-node");
  const kubeconfig = new client.KubeConfig();
  try {
    if (given === undefined) kubeconfig.loadFromDefault();
    else if (existsSync(given)) kubeconfig.loadFromFile(given);
    else kubeconfig.loadFromString(given);
  } catch {
    return { unusable: "the kubeconfig can't be read: check KUBECONFIG" };
  }
  // Without a file, the library falls back to http://localhost:8080, which is never what is meant.
  if (
    kubeconfig.getCurrentContext() === "loaded-context" &&
    kubeconfig.getCurrentCluster()?.server === "http://localhost:8080"
  ) {
    return {
      unusable:
        'no kubeconfig found: set KUBECONFIG, or run your cloud\'s command, for example "aws eks update-kubeconfig --name CLUSTER"',
    };
  }
  if (context !== undefined) {
    if (kubeconfig.getContextObject(context) === null) {
      const known = kubeconfig
        .getContexts()
        .map(({ name }) => name)
        .join(", ");
      return { unusable: `there is no context "${context}" in the kubeconfig: it has ${known}` };
    }
    kubeconfig.setCurrentContext(context);
  }
  if (cluster !== undefined) {
    const user = kubeconfig.getCurrentUser()?.name ?? "";
    const name = `cluster ${cluster}`;
    kubeconfig.addContext({ name, cluster, user });
    kubeconfig.setCurrentContext(name);
    if (!kubeconfig.getCurrentCluster()) return { unusable: `there is no cluster "${cluster}" in the kubeconfig` };
  }
  if (kubeconfig.getCurrentCluster()) return kubeconfig;
  return { unusable: 'the kubeconfig names no current cluster: run "kubectl config use-context CONTEXT"' };
}
