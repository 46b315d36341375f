import { Severity } from "../../rule";
import { alertRule } from "./alertRule";

/** Filters as in CIS GCP 2.5. */
export const auditConfigAlert = alertRule(
  {
    name: "gcp-alert-audit-config-change",
    requires: "Somebody is told when the audit configuration changes",
    severity: Severity.Medium,
    ids: ["Prowler logging_log_metric_filter_and_alert_for_audit_configuration_changes_enabled"],
    mend: "add an AlertPolicy on SetIamPolicy with auditConfigDeltas, or an AuditTrail component",
  },
  ["SetIamPolicy", "auditConfigDeltas"],
);

/** Filters as in CIS GCP 2.6. */
export const customRoleAlert = alertRule(
  {
    name: "gcp-alert-custom-role-change",
    requires: "Somebody is told when a custom role changes",
    severity: Severity.Medium,
    ids: ["Prowler logging_log_metric_filter_and_alert_for_custom_role_changes_enabled"],
    mend: "add an AlertPolicy on UpdateRole of custom roles, or an AuditTrail component",
  },
  ["UpdateRole"],
);
