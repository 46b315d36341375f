import type { InClusterReads } from "../backend";
import type { GkeClusterArgs } from "../cluster";
import { given } from "../options";
import { admission } from "./admission";
import { secretIdOf } from "./names";
import { csiDriver, installCsi, providerClass, secretSync } from "./providerClass";
import { versionNumberOf } from "./versions";

/** How operators in a cluster read secrets of Google Cloud. */
export const gcpInCluster: InClusterReads = {
  admission,
  /**
   * https://external-secrets.io/latest/provider/google-secrets-manager/: without an annotation on the ServiceAccount, its
   * own federated identity reads. The cluster is named, so that nothing asks a metadata server for it.
   */
  store: (workspace, _suffix, serviceAccount) => {
    const cluster = workspace.cluster?.gke as GkeClusterArgs;
    return {
      gcpsm: {
        projectID: workspace.projectId as string,
        ...given({ location: workspace.location }),
        auth: {
          workloadIdentity: {
            clusterProjectID: cluster.projectId ?? (workspace.projectId as string),
            clusterLocation: cluster.location,
            clusterName: cluster.clusterName,
            serviceAccountRef: { name: serviceAccount },
          },
        },
      },
    };
  },
  // This store knows no prefix: the whole id is asked for.
  remote: (workspace, secretName) => ({ store: "", key: secretIdOf(workspace, secretName) }),
  remoteVersion: versionNumberOf,
  // Its operator has no cache: providers/v1/gcp/secretmanager/client.go in external-secrets.
  readsEachField: true,
  csiDriver,
  csiMountsFolders: true,
  installCsi,
  providerClass,
  secretSync,
};
