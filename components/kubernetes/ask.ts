import { type ClusterPlace, type KubeConfig, loadKubeconfig } from "./kubeconfig";

export type Client = typeof import("@kubernetes/client-node", { with: { "resolution-mode": "import" }});
type RequestOptions = NonNullable<Parameters<InstanceType<Client["ApisApi"]>["getAPIVersions"]>[1]>;

/** Long enough for a cluster far away; a program must not wait for one that is not there. */
const patienceMilliseconds = 3_000;

/** A cluster, and how to ask it. */
export interface Ask {
  client: Client;
  kubeconfig: KubeConfig;
  options: RequestOptions;
}

/** Undefined for a program without a usable kubeconfig: its provider says by itself that it finds no cluster. */
export async function askAt(place: ClusterPlace): Promise<Ask | undefined> {
  const kubeconfig = await loadKubeconfig(place);
  return "unusable" in kubeconfig ? undefined : askOf(kubeconfig);
}

export async function askOf(kubeconfig: KubeConfig): Promise<Ask> {
  const client = await import("@kubernetes/client-node");
  return { client, kubeconfig, options: impatient(client) };
}

/** How messages name the cluster. */
export function clusterName({ kubeconfig }: Pick<Ask, "kubeconfig">): string {
  return `the cluster of context "${kubeconfig.getCurrentContext()}"`;
}

export async function answerOf<T>(question: Promise<T>): Promise<T | undefined> {
  return question.catch(() => undefined);
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
