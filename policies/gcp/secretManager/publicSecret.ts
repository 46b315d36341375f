import { Severity } from "../../rule";
import { grantRule } from "../iam/grantRule";
import { isEverybody } from "../iam/grants";

/** https://cloud.google.com/iam/docs/principals-overview#all-users */
export const publicSecret = grantRule(
  {
    name: "gcp-secretmanager-secret-not-public",
    requires: "A secret is for named principals only",
    severity: Severity.Critical,
    ids: ["Prowler secretmanager_secret_not_publicly_accessible"],
    mend: "name the principals that read it",
  },
  ["secret", "project", "folder", "organization"],
  // Above a secret, a grant is about it where its role is one of Secret Manager.
  (grant, type) =>
    isEverybody(grant) && (type.startsWith("gcp:secretmanager/") || grant.role.startsWith("roles/secretmanager.")),
  "is everybody",
);
