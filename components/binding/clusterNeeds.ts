import type { SecretSyncReads } from "../backend";
import { backendOf } from "../backends";
import type { BindingApiVersionsArgs } from "./args";
import { Delivery, RestartedBy } from "./deliveries";
import type { BindingSpec } from "./spec";

/** What somebody else installs into a cluster, and a binding needs there. */
export interface ClusterNeed {
  /** What it is called. */
  name: string;
  /** The command that installs it. */
  install: string;
  /** The kinds that it serves; undefined for Reloader, which serves none. */
  kinds: { apiVersion: string; names: readonly string[]; setting: keyof BindingApiVersionsArgs } | undefined;
}

/** What a binding's objects and annotations would be without effect without. */
export function clusterNeeds(
  spec: Pick<BindingSpec, "delivered" | "delivery" | "restartedBy" | "apiVersions" | "workspace">,
): ClusterNeed[] {
  if (spec.delivered.length === 0) return [];
  return [...operatorOf(spec), ...(spec.restartedBy === RestartedBy.Reloader ? [reloader(spec)] : [])];
}

function operatorOf({
  delivery,
  apiVersions,
  workspace,
}: Pick<BindingSpec, "delivery" | "apiVersions" | "workspace">): ClusterNeed[] {
  switch (delivery) {
    case Delivery.Native:
      return [];
    case Delivery.ExternalSecrets:
      return [
        {
          name: "External Secrets Operator",
          // https://external-secrets.io/latest/introduction/getting-started/
          install:
            "helm install external-secrets external-secrets --repo https://charts.external-secrets.io -n external-secrets --create-namespace",
          kinds: {
            apiVersion: apiVersions.externalSecrets,
            names: ["SecretStore", "ExternalSecret"],
            setting: "externalSecrets",
          },
        },
      ];
    case Delivery.GkeSync: {
      const { install } = backendOf(workspace.cloud).inCluster.secretSync as SecretSyncReads;
      // It brings the kind SecretProviderClass with it.
      const kinds = { apiVersion: apiVersions.secretSync, names: ["SecretSync"], setting: "secretSync" } as const;
      return [{ name: "Secret Sync (GKE 1.34 or later)", install: install(workspace), kinds }];
    }
    case Delivery.Csi:
      return [
        {
          name: "Secrets Store CSI driver",
          install: backendOf(workspace.cloud).inCluster.installCsi(workspace),
          kinds: { apiVersion: apiVersions.secretsStore, names: ["SecretProviderClass"], setting: "secretsStore" },
        },
      ];
  }
}

/**
 * https://github.com/stakater/Reloader. With its other strategy it writes a variable into the workload, which a refresh
 * would find.
 */
function reloader({ delivery }: Pick<BindingSpec, "delivery">): ClusterNeed {
  const csi = delivery === Delivery.Csi ? " --set reloader.enableCSIIntegration=true" : "";
  return {
    name: "Reloader",
    install: `helm install reloader reloader --repo https://stakater.github.io/stakater-charts -n reloader --create-namespace --set reloader.reloadStrategy=annotations${csi}`,
    kinds: undefined,
  };
}
