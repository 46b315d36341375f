import { Severity } from "../../rule";
import { grantRule } from "../iam/grantRule";

/** As in CIS GCP 1.6: owner, editor, and roles of administrators. */
export const administratorAccounts = grantRule(
  {
    name: "gcp-iam-administrator-accounts",
    requires: "No service account administers a project",
    severity: Severity.High,
    ids: ["CKV_GCP_42", "GCP-0007", "CIS GCP 5.0 1.6"],
    mend: "grant it the permissions that its task needs",
  },
  ["project", "folder", "organization"],
  ({ role, member }) => member.startsWith("serviceAccount:") && /^roles\/(owner|editor|.*[aA]dmin)$/.test(role),
  "is a service account that administers",
);
