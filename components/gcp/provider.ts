import { Provider } from "@pulumi/gcp/provider";
import type { GcpCloudPlace } from "../backend";
import { given } from "../options";

/** The provider of one workspace: its project, and the service account to act as there. */
export function createProvider(name: string, { projectId, impersonateServiceAccount }: GcpCloudPlace): Provider {
  return new Provider(`${name}-gcp`, { project: projectId, ...given({ impersonateServiceAccount }) });
}
