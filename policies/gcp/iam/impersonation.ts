import { Severity } from "../../rule";
import { grantRule } from "../iam/grantRule";

/** https://cloud.google.com/iam/docs/service-account-permissions */
export const impersonation = grantRule(
  {
    name: "gcp-iam-impersonation",
    requires: "Nobody acts as every service account of a project",
    severity: Severity.High,
    ids: [
      "CKV_GCP_41",
      "CKV_GCP_44",
      "CKV_GCP_45",
      "CKV_GCP_49",
      "GCP-0005",
      "GCP-0009",
      "GCP-0011",
      "CIS GCP 5.0 1.7",
    ],
    mend: "grant the role on the service account that is meant",
  },
  ["project", "folder", "organization"],
  ({ role }) =>
    /^roles\/iam\.(serviceAccountUser|serviceAccountAdmin|serviceAccountKeyAdmin|serviceAccountTokenCreator|serviceAccountOpenIdTokenCreator|workloadIdentityUser)$/.test(
      role,
    ),
  "may act as every service account",
);
