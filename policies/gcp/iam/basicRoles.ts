import { Severity } from "../../rule";
import { grantRule } from "../iam/grantRule";

/** https://cloud.google.com/iam/docs/roles-overview#basic */
export const basicRoles = grantRule(
  {
    name: "gcp-iam-basic-roles",
    requires: "Nobody has a basic role, which reaches nearly every service",
    severity: Severity.High,
    ids: ["CKV_GCP_115", "CKV_GCP_116", "CKV_GCP_117"],
    mend: "grant predefined or custom roles with the permissions that are needed",
  },
  ["project", "folder", "organization"],
  ({ role }) => /^roles\/(owner|editor|viewer|admin|writer|reader)$/.test(role),
  "has a basic role",
);
