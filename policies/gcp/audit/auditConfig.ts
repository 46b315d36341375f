import { resourceRule, Severity } from "../../rule";
import { at, isSet, itemsOf, notYetKnown } from "../../value";

const kinds = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"];

/** https://cloud.google.com/logging/docs/audit/configure-data-access: who reads a secret is in DATA_READ. */
export const auditConfig = resourceRule({
  name: "gcp-audit-config",
  requires: "Audit logs record who reads as well as who writes, and leave nobody out",
  severity: Severity.Medium,
  ids: ["CKV2_GCP_5", "GCP-0079", "KICS 89fe890f", "Prowler iam_audit_logs_enabled", "CIS GCP 5.0 2.1"],
  mend: "give auditLogConfigs for ADMIN_READ, DATA_READ and DATA_WRITE, without exemptedMembers",
  types: [
    "gcp:projects/iAMAuditConfig:IAMAuditConfig",
    "gcp:folder/iamAuditConfig:IamAuditConfig",
    "gcp:organizations/iamAuditConfig:IamAuditConfig",
  ],
  problems: ({ inputs: { auditLogConfigs } }) => {
    const configs = itemsOf(auditLogConfigs);
    const isWhole = auditLogConfigs === notYetKnown || configs.some((one) => at(one, "logType") === notYetKnown);
    const missing = isWhole ? [] : kinds.filter((kind) => !configs.some((one) => at(one, "logType") === kind));
    return [
      ...missing.map((kind) => `auditLogConfigs has no ${kind}`),
      ...configs.flatMap((one, index) =>
        isSet(at(one, "exemptedMembers")) ? [`auditLogConfigs[${index}].exemptedMembers leaves somebody out`] : [],
      ),
    ];
  },
});
