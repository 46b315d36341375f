import { Provider } from "@pulumi/kubernetes/provider";

/** The provider of a workspace whose cluster is not the current one. */
export function createProvider(name: string, context: string): Provider {
  return new Provider(`${name}-kubernetes`, { context });
}
