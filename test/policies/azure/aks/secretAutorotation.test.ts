import { secretAutorotation } from "../../../../policies/azure/aks/secretAutorotation";
import { raw } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const native = (config: object | undefined, enabled: unknown = true, version = "") =>
  raw(`azure-native:containerservice${version}:ManagedCluster`, "main", {
    addonProfiles: { azureKeyvaultSecretsProvider: { enabled, ...(config === undefined ? {} : { config }) } },
  });
const classic = (keyVaultSecretsProvider?: object) =>
  raw("azure:containerservice/kubernetesCluster:KubernetesCluster", "main", {
    location: "westeurope",
    ...(keyVaultSecretsProvider === undefined ? {} : { keyVaultSecretsProvider }),
  });
const nativeProblem = 'addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation is not "true"';
const classicProblem = "keyVaultSecretsProvider.secretRotationEnabled is not true";

testRule(secretAutorotation, {
  passes: {
    on: native({ enableSecretRotation: "true", rotationPollInterval: "2m" }),
    "on, of a version": native({ enableSecretRotation: "true" }, true, "/v20240801"),
    "the add-on is off": native(undefined, false),
    "no add-on": raw("azure-native:containerservice:ManagedCluster", "main", { location: "westeurope" }),
    "on, classic": classic({ secretRotationEnabled: true, secretRotationInterval: "2m" }),
    "no add-on, classic": classic(),
    "another resource": raw("azure-native:storage:StorageAccount", "main", { location: "westeurope" }),
  },
  breaks: {
    off: [native({ enableSecretRotation: "false" }), nativeProblem],
    "no configuration": [native(undefined), nativeProblem],
    "off, of a version": [native({}, true, "/v20240801"), nativeProblem],
    "another case": [
      raw("azure-native:containerservice:ManagedCluster", "main", {
        addonProfiles: { azureKeyVaultSecretsProvider: { enabled: true } },
      }),
      nativeProblem,
    ],
    "off, classic": [classic({ secretRotationEnabled: false }), classicProblem],
    "left out, classic": [classic({ secretRotationInterval: "2m" }), classicProblem],
  },
});
