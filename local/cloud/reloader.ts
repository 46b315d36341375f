import { builtTool } from "./build";
import { clusterOf, install } from "./customResources";
import { startOptional } from "./optionalDaemon";
import { freePorts } from "./ports";
import type { Daemons } from "./processes";
import type { Log } from "./progress";
import { goTools, toolVersion } from "./toolCache";

const namespace = "reloader";
/** The chart's name for a release of the name "reloader". */
const deploymentName = "reloader-reloader";

export function prepareReloader(log: Log): Promise<string> {
  return builtTool(goTools.reloader, log);
}

/** The process runs beside the cluster. The Deployment that it is elsewhere is there for programs that look for one. */
export async function startReloader(
  daemons: Daemons,
  directory: string,
  binary: string,
  kubeconfig: string,
): Promise<void> {
  const cluster = await clusterOf(kubeconfig);
  // Reloader puts its meta-info ConfigMap there before it answers.
  await install(cluster, { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  const [port] = await freePorts(1);
  const address = `127.0.0.1:${port}`;
  const command = {
    name: "reloader",
    command: binary,
    args: ["--reload-strategy=annotations"],
    env: {
      HOME: directory,
      KUBECONFIG: kubeconfig,
      RELOADER_LISTEN_ADDRESS: address,
      RELOADER_NAMESPACE: namespace,
      RELOADER_DEPLOYMENT_NAME: deploymentName,
    },
  };
  await startOptional(daemons, command, `http://${address}/live`);
  await install(cluster, deployment());
}

/** Of what the chart makes, the part that others find it by: its pods stay pending. */
function deployment() {
  const selected = { app: deploymentName, release: "reloader" };
  const labels = { ...selected, "app.kubernetes.io/name": "reloader", "app.kubernetes.io/instance": "reloader" };
  const image = `ghcr.io/stakater/reloader:${toolVersion(goTools.reloader)}`;
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: deploymentName, namespace, labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: selected },
      template: { metadata: { labels }, spec: { containers: [{ name: deploymentName, image }] } },
    },
  };
}
