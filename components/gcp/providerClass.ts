import type { InClusterReads, MountedFile, SecretSyncReads } from "../backend";
import type { GkeClusterArgs } from "../cluster";
import type { WorkspaceRef } from "../workspaceRef";
import { secretPath } from "./names";

/** GKE's Secret Manager add-on has a driver and a provider of its own names, beside the open-source ones. */
const addOn = { driver: "secrets-store-gke.csi.k8s.io", provider: "gke" };
const openSource = { driver: "secrets-store.csi.k8s.io", provider: "gcp" };

function mounting({ cluster }: WorkspaceRef) {
  return cluster?.gke?.secretManagerAddOn === true ? addOn : openSource;
}

export const csiDriver: InClusterReads["csiDriver"] = (workspace) => mounting(workspace).driver;

/** What mounts, and what hands values over to it: no chart has both. */
const installOpenSource = [
  "helm install csi-secrets-store secrets-store-csi-driver --repo https://kubernetes-sigs.github.io/secrets-store-csi-driver/charts -n kube-system --set syncSecret.enabled=true --set enableSecretRotation=true",
  "kubectl apply -f https://raw.githubusercontent.com/GoogleCloudPlatform/secrets-store-csi-driver-provider-gcp/main/deploy/provider-gcp-plugin.yaml",
].join(" && ");

/**
 * https://github.com/GoogleCloudPlatform/secrets-store-csi-driver-provider-gcp#install, and the add-on's
 * https://cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component
 */
export const installCsi: InClusterReads["installCsi"] = (workspace) =>
  mounting(workspace) === addOn ? enabling(workspace, "secret-manager") : installOpenSource;

/** Without its rotation, neither reads a value a second time. */
function enabling(workspace: WorkspaceRef, feature: "secret-manager" | "secret-sync"): string {
  const { clusterName, location, projectId = workspace.projectId } = workspace.cluster?.gke as GkeClusterArgs;
  const cluster = `gcloud container clusters update ${clusterName} --location=${location} --project=${projectId}`;
  return `${cluster} --enable-${feature} --enable-${feature}-rotation --${feature}-rotation-interval=120s`;
}

export const providerClass: InClusterReads["providerClass"] = (workspace, files) => ({
  provider: mounting(workspace).provider,
  parameters: parameters(workspace, files),
});

/** Secret Sync is enabled by itself, and reads as the add-on does: https://cloud.google.com/secret-manager/docs/sync-k8-secrets */
export const secretSync: SecretSyncReads = {
  install: (workspace) => enabling(workspace, "secret-sync"),
  providerClass: (workspace, files) => ({ provider: addOn.provider, parameters: parameters(workspace, files) }),
};

/** JSON is YAML, and has one way to write a text. Each entry is a read, and a whole value is mounted where it is asked for only. */
function parameters(workspace: WorkspaceRef, files: readonly MountedFile[]): Record<string, string> {
  return { secrets: JSON.stringify(files.map((file) => entry(workspace, file))) };
}

/** https://github.com/GoogleCloudPlatform/secrets-store-csi-driver-provider-gcp/blob/main/config/config.go */
function entry(workspace: WorkspaceRef, { secretName, field, alias, mode }: MountedFile) {
  return {
    resourceName: `${secretPath(workspace, secretName)}/versions/latest`,
    path: alias,
    // YAML takes 0440 for an octal number, and JSON has none.
    mode: Number.parseInt(mode, 8),
    ...(field === undefined ? {} : { extractJSONKey: field }),
  };
}
