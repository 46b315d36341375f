import type { SecretSyncReads } from "../backend";
import { backendOf } from "../backends";
import type { BindingApiVersionsArgs } from "./args";
import { Delivery } from "./deliveries";
import type { BindingSpec } from "./spec";

/** What somebody else installs into a cluster, and a binding needs there. */
export interface ClusterNeed {
  /** What it is called. */
  name: string;
  /** The command that installs it. */
  install: string;
  /** The kinds that it serves. */
  kinds: { apiVersion: string; names: readonly string[]; setting: keyof BindingApiVersionsArgs };
}

/** What a binding's objects would be without effect without. */
export function clusterNeeds({
  delivered,
  delivery,
  apiVersions,
  workspace,
}: Pick<BindingSpec, "delivered" | "delivery" | "apiVersions" | "workspace">): ClusterNeed[] {
  if (delivered.length === 0) return [];
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
 * The command that installs Reloader: https://github.com/stakater/Reloader. With its other strategy it writes a variable
 * into the workload, which a refresh would find.
 */
export function reloaderInstall({ delivery }: Pick<BindingSpec, "delivery">): string {
  const csi = delivery === Delivery.Csi ? " --set reloader.enableCSIIntegration=true" : "";
  return `helm upgrade --install reloader reloader --repo https://stakater.github.io/stakater-charts -n reloader --create-namespace --reset-then-reuse-values --set reloader.reloadStrategy=annotations${csi}`;
}
