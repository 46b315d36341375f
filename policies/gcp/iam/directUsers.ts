import { Severity } from "../../rule";
import { grantRule } from "../iam/grantRule";

/** https://cloud.google.com/iam/docs/using-iam-securely */
export const directUsers = grantRule(
  {
    name: "gcp-iam-direct-users",
    requires: "Rights belong to groups, not to single users",
    severity: Severity.Low,
    ids: ["GCP-0003"],
    mend: "grant the role to a group",
    opinion: "a project of one person has no groups",
  },
  ["project", "folder", "organization"],
  ({ member }) => member.startsWith("user:"),
  "is a user",
);
