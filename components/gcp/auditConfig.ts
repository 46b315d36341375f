import { IAMAuditConfig } from "@pulumi/gcp/projects/iamauditConfig";
import type * as pulumi from "@pulumi/pulumi";

/**
 * Who reads a value or lists secrets is logged only where it is switched on, who changes one always:
 * https://cloud.google.com/secret-manager/docs/audit-logging. Nobody is exempted. It is the whole configuration of the
 * service in the project; what `allServices` exempts there is exempted here too, and an alert tells who changes that.
 */
export function createAuditConfig(
  name: string,
  project: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): IAMAuditConfig {
  const service = "secretmanager.googleapis.com";
  const auditLogConfigs = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"].map((logType) => ({ logType }));
  return new IAMAuditConfig(`${name}-reads`, { project, service, auditLogConfigs }, options);
}
