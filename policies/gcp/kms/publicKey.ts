import { Severity } from "../../rule";
import { grantRule } from "../iam/grantRule";
import { isEverybody } from "../iam/grants";

/** https://cloud.google.com/iam/docs/principals-overview#all-users */
export const publicKey = grantRule(
  {
    name: "gcp-kms-key-not-public",
    requires: "A key is for named principals only",
    severity: Severity.Critical,
    ids: ["CKV_GCP_112", "CKV2_GCP_6", "CKV2_GCP_8", "Prowler kms_key_not_publicly_accessible", "CIS GCP 5.0 1.10"],
    mend: "name the principals that use it",
  },
  ["key", "project", "folder", "organization"],
  // Above a key, a grant is about it where its role is one of Cloud KMS.
  (grant, type) => isEverybody(grant) && (type.startsWith("gcp:kms/") || grant.role.startsWith("roles/cloudkms.")),
  "is everybody",
);
