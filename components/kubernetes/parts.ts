/** What is made in Kubernetes: loaded on first use, through `loadKubernetes`. */

export { createAdmissionPolicy } from "./admission";
export { arrivalOf } from "./arrival";
export { rolesChangedByOthers } from "./changedRoles";
export { createSecretProviderClass, mountedClasses } from "./csi";
export { createExternalSecret, createSecretStore } from "./externalSecrets";
export { missingAt } from "./missing";
export { createNamespace } from "./namespace";
export { createNativeSecret } from "./native";
export { containerEnv, containerEnvFrom, csiMount, csiVolume, podVolumes, volumeMounts } from "./pod";
export { createProvider } from "./provider";
export { createRoles, createValueReaders } from "./rbac";
export { reloaderAt } from "./reloader";
export { createSecretSync } from "./secretSync";
export { createServiceAccount } from "./serviceAccount";
