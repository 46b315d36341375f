/** What is made in Kubernetes: loaded on first use, through `loadKubernetes`. */

export { createNamespace } from "./namespace";
export { createNativeSecret } from "./native";
export { createProvider } from "./provider";
export { createServiceAccount } from "./serviceAccount";
