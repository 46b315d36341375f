type KubeConfig = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).KubeConfig;

/** What the program needs of a cluster before it starts. */
export interface ClusterAccess {
  /** The context in the kubeconfig; undefined for the current one. */
  context: string | undefined;
  /** Namespaces that must be there already, because nothing here creates them. */
  namespaces: string[];
}

/** Why the cluster can't be worked with, one line each; empty where it can. */
export async function clusterProblems(access: ClusterAccess): Promise<string[]> {
  const { CoreV1Api, KubeConfig, VersionApi } = await import("@kubernetes/client-node");
  const kubeconfig = new KubeConfig();
  const unusable = load(kubeconfig, access.context);
  if (unusable !== undefined) return [unusable];
  try {
    await kubeconfig.makeApiClient(VersionApi).getCode();
  } catch (error) {
    return [unreachable(kubeconfig, error as Error)];
  }
  const core = kubeconfig.makeApiClient(CoreV1Api);
  const missing = await Promise.all(
    access.namespaces.map(async (name) => {
      // Only a clear "not found" counts: who may not ask may still be allowed to create in it.
      const state = await core.readNamespace({ name }).then(
        () => "there",
        (error) => (error as { code?: number }).code,
      );
      return state === 404 ? [namespaceMissing(name)] : [];
    }),
  );
  return missing.flat();
}

function load(kubeconfig: KubeConfig, context: string | undefined): string | undefined {
  try {
    kubeconfig.loadFromDefault();
  } catch {
    return "the kubeconfig can't be read: check KUBECONFIG";
  }
  // Without a file, the library falls back to http://localhost:8080, which is never what is meant.
  if (
    kubeconfig.getCurrentContext() === "loaded-context" &&
    kubeconfig.getCurrentCluster()?.server === "http://localhost:8080"
  ) {
    return 'no kubeconfig found: set KUBECONFIG, or run your cloud\'s command, for example "aws eks update-kubeconfig --name CLUSTER"';
  }
  if (context === undefined) return undefined;
  if (kubeconfig.getContextObject(context) === null) {
    const known = kubeconfig
      .getContexts()
      .map(({ name }) => name)
      .join(", ");
    return `there is no context "${context}" in the kubeconfig: it has ${known}`;
  }
  kubeconfig.setCurrentContext(context);
  return undefined;
}

function unreachable(kubeconfig: KubeConfig, error: Error & { code?: number | string }): string {
  const cluster = `the cluster of context "${kubeconfig.getCurrentContext()}"`;
  if (error.code === 401) return `${cluster} refuses the credentials: log in again`;
  if (error.code === 403) return `${cluster} forbids even asking for its version: check the credentials`;
  return `${cluster} can't be reached at ${kubeconfig.getCurrentCluster()?.server}: check the network, or choose another context`;
}

function namespaceMissing(name: string): string {
  return `the namespace "${name}" is missing: run "kubectl create namespace ${name}", or declare it as namespace of the workspace`;
}
