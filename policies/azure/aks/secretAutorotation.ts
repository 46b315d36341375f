import { resourceRule, Severity } from "../../rule";
import { at, entriesOf, isOff, isSet, notYetKnown, type Values } from "../../value";

/** Each version of the API has a type of its own: `azure-native:containerservice/v20240801:ManagedCluster`. */
const native = /^azure-native:containerservice(\/v\w+)?:ManagedCluster$/;
const classic = "azure:containerservice/kubernetesCluster:KubernetesCluster";

/** https://learn.microsoft.com/azure/aks/csi-secrets-store-configuration-options#manage-autorotation */
export const secretAutorotation = resourceRule({
  name: "azure-aks-secret-autorotation",
  requires: "The Key Vault provider of an AKS cluster fetches changed secrets",
  severity: Severity.Medium,
  ids: ["CKV_AZURE_172"],
  mend:
    'set enableSecretRotation: "true" in the config of addonProfiles.azureKeyvaultSecretsProvider, or with the classic ' +
    "provider keyVaultSecretsProvider.secretRotationEnabled: true",
  types: "all",
  problems: (subject) => {
    if (native.test(subject.type)) return nativeProblems(subject.inputs);
    return subject.type === classic ? classicProblems(subject.inputs) : [];
  },
});

/** A cluster without the add-on has nothing that would have to be fetched again. */
function nativeProblems({ addonProfiles }: Values): string[] {
  return entriesOf(addonProfiles).flatMap(([name, profile]) => {
    // Azure takes the names of add-ons in any case.
    if (name.toLowerCase() !== "azurekeyvaultsecretsprovider" || at(profile, "enabled") !== true) return [];
    const rotates = at(profile, "config", "enableSecretRotation");
    const isOn = rotates === notYetKnown || String(rotates).toLowerCase() === "true";
    return isOn ? [] : [`addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation is not "true"`];
  });
}

function classicProblems({ keyVaultSecretsProvider: provider }: Values): string[] {
  if (!isSet(provider) || !isOff(at(provider, "secretRotationEnabled"))) return [];
  return ["keyVaultSecretsProvider.secretRotationEnabled is not true"];
}
