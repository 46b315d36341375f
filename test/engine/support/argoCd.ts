import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { builtTool } from "../../../local/cloud/build";
import { moduleFolder } from "../../../local/cloud/moduleFolder";
import { freePorts, waitUntil } from "../../../local/cloud/ports";
import { Daemons } from "../../../local/cloud/processes";
import { deploymentTools } from "../../../local/cloud/toolCache";
import { eventually } from "./eventually";
import { kubernetes } from "./kubernetes";
import { pathWithTools, shell } from "./shell";

const { argoCd } = deploymentTools;
const cloud = process.env.VANTEDGE_LOCAL_CLOUD as string;
const daemons = new Daemons(cloud);
const namespace = "argocd";
const applications = `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/applications`;

/** What an installation makes before its first Application. */
const installation = `
apiVersion: v1
kind: Namespace
metadata: { name: ${namespace} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: argocd-cm, namespace: ${namespace}, labels: { app.kubernetes.io/part-of: argocd } }
---
apiVersion: v1
kind: Secret
metadata: { name: argocd-secret, namespace: ${namespace}, labels: { app.kubernetes.io/part-of: argocd } }
---
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: default, namespace: ${namespace} }
spec:
  sourceRepos: ["*"]
  destinations: [{ namespace: "*", server: "*" }]
`;

interface Application {
  /** kubectl leaves an annotation of its own. */
  metadata: { annotations: Record<string, string> };
  spec: { syncPolicy: { syncOptions?: string[] } };
  /** What it has been told to do, or has told itself, until it is done. */
  operation?: object;
  status?: {
    sync?: { status: string; revision: string };
    health?: { status: string };
    operationState?: { phase: string };
  };
}

/** The real Argo CD, beside the cluster. It deploys from Git repositories on this machine. */
export async function startArgoCd(): Promise<void> {
  const folder = path.join(cloud, argoCd.name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "installation.yaml"), installation);
  // The wait fails, where it comes before the API server has given a definition any condition.
  await shell(
    folder,
    `kubectl apply --server-side ${await definitions()}
     for attempt in 1 2 3 4 5 6 7 8 9; do
       kubectl wait --for=condition=Established ${await definitions()} && break
       sleep 1
     done
     kubectl apply --filename installation.yaml`,
  );
  await run(folder);
}

async function run(folder: string): Promise<void> {
  const [port, repositoryMetrics, metrics] = await freePorts(3);
  daemons.start({
    name: argoCd.name,
    command: await builtTool(argoCd, console.log),
    args: [`-port=${port}`, `-repository-metrics-port=${repositoryMetrics}`, `-metrics-port=${metrics}`],
    env: {
      PATH: await pathWithTools(),
      HOME: folder,
      TMPDIR: folder,
      KUBECONFIG: process.env.KUBECONFIG,
      // In place of the ServiceAccount that it has in a pod, it takes the kubeconfig.
      ARGOCD_FAKE_IN_CLUSTER: "true",
      ARGOCD_GPG_ENABLED: "false",
      ARGOCD_ASK_PASS_SOCK: path.join(folder, "ask-pass.sock"),
    },
  });
  const answers = async () => {
    const healths = [repositoryMetrics, metrics].map((each) => fetch(`http://127.0.0.1:${each}/healthz`));
    return (await Promise.all(healths)).every(({ ok }) => ok);
  };
  await waitUntil(argoCd.name, 60, answers, () => daemons.requireAlive(argoCd.name));
}

/** Leaves nothing of it but what it has deployed. */
export async function endArgoCd(): Promise<void> {
  await daemons.stop(argoCd.name);
  rmSync(path.join(cloud, argoCd.name), { recursive: true, force: true });
  await shell(cloud, `kubectl delete --ignore-not-found namespace/${namespace}`);
  await shell(cloud, `kubectl delete --ignore-not-found ${await definitions()}`);
}

async function definitions(): Promise<string> {
  const { module: build, versionOf: module } = argoCd;
  const folder = await moduleFolder({ build, module, folder: "manifests/crds" });
  return ["application", "appproject"].map((kind) => `--filename ${path.join(folder, `${kind}-crd.yaml`)}`).join(" ");
}

async function application(name: string): Promise<Application> {
  return (await kubernetes("GET", `${applications}/${name}`)).body;
}

/** Custom resources take no other kind of patch. */
async function change(name: string, body: object): Promise<void> {
  const headers = { "content-type": "application/merge-patch+json" };
  await kubernetes("PATCH", `${applications}/${name}`, body, headers);
}

/** Waits until Argo CD has deployed a revision by itself. */
export function isSynced(name: string, revision: string): Promise<Application> {
  return eventually(
    () => application(name),
    ({ operation, status }) => {
      expect(operation).toBeUndefined();
      expect(status).toMatchObject({ sync: { status: "Synced", revision }, operationState: { phase: "Succeeded" } });
    },
  );
}

/** Compares again what is in the cluster with what is in the repository, and acts on it. */
export async function refreshed(name: string): Promise<Application> {
  const asked = "argocd.argoproj.io/refresh";
  await change(name, { metadata: { annotations: { [asked]: "hard" } } });
  return eventually(
    () => application(name),
    ({ metadata }) => expect(metadata.annotations).not.toHaveProperty([asked]),
  );
}

/** As the button Sync with Prune, and with the options of the Application. */
export async function syncedByHand(name: string): Promise<Application> {
  const { syncOptions } = (await application(name)).spec.syncPolicy;
  await change(name, { operation: { sync: { prune: true, syncOptions } } });
  return eventually(
    () => application(name),
    ({ operation, status }) => expect([operation, status?.operationState?.phase]).toEqual([undefined, "Succeeded"]),
  );
}
