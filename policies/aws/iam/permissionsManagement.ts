import { Severity } from "../../rule";
import sensitive from "./sensitive.json";
import { unconstrainedRule } from "./unconstrained";

/** The Service Authorization Reference's access level Permissions management, for what guards secrets. */
export const permissionsManagement = unconstrainedRule(
  {
    name: "aws-iam-permissions-management",
    requires: "No policy changes the permissions of everything",
    severity: Severity.High,
    ids: ["CKV_AWS_289", "CKV_AWS_109"],
    mend: "name what may be changed in Resource, or narrow it by a condition",
  },
  sensitive.permissions,
);
