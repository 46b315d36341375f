import type { ClusterNeed } from "../binding/clusterNeeds";
import { type KubeConfig, loadKubeconfig } from "./kubeconfig";
import { missingIn } from "./missing";
import { type ReloaderQuestion, reloaderAt } from "./reloader";

/** What the program needs of a cluster before it starts. */
export interface ClusterAccess {
  /** The context in the kubeconfig; undefined for the current one. */
  context: string | undefined;
  /** Namespaces that must be there already, because nothing here creates them. */
  namespaces: string[];
  /** What the deliveries need. */
  needs: ClusterNeed[];
  /** Where Reloader was asked for by name, with the command that installs it. */
  restarts: (ReloaderQuestion & { install: string })[];
}

/** Why the cluster can't be worked with, one line each; empty where it can. */
export async function clusterProblems({ context, namespaces, needs, restarts }: ClusterAccess): Promise<string[]> {
  const { CoreV1Api, VersionApi } = await import("@kubernetes/client-node");
  const kubeconfig = await loadKubeconfig({ context });
  if ("unusable" in kubeconfig) return [kubeconfig.unusable];
  try {
    await kubeconfig.makeApiClient(VersionApi).getCode();
  } catch (error) {
    return [unreachable(kubeconfig, error as Error)];
  }
  const core = kubeconfig.makeApiClient(CoreV1Api);
  const missing = await Promise.all(
    namespaces.map(async (name) => {
      // Only a clear "not found" counts: who may not ask may still be allowed to create in it.
      const state = await core.readNamespace({ name }).then(
        () => "there",
        (error) => (error as { code?: number }).code,
      );
      return state === 404 ? [namespaceMissing(name)] : [];
    }),
  );
  const absent = await Promise.all(
    restarts.map(async ({ install, ...question }) => {
      const answer = await reloaderAt({ context }, question);
      return answer.state === "absent" ? [`${answer.why}: run "${install}", or leave restartedBy out`] : [];
    }),
  );
  return [...missing.flat(), ...(await missingIn(kubeconfig, needs)), ...absent.flat()];
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
