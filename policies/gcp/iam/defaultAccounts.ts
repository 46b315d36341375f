import { Severity } from "../../rule";
import { grantRule } from "../iam/grantRule";

/** https://cloud.google.com/iam/docs/service-account-types#default */
export const defaultAccounts = grantRule(
  {
    name: "gcp-iam-default-accounts",
    requires: "Default service accounts, which every workload may run as, have no rights of their own",
    severity: Severity.Medium,
    ids: ["CKV_GCP_46", "CKV_GCP_47", "CKV_GCP_48"],
    mend: "run the workload as a service account of its own, and grant the role to that",
  },
  ["project", "folder", "organization"],
  ({ member }) => /^serviceAccount:(\d+-compute@developer|[a-z0-9-]+@appspot)\.gserviceaccount\.com$/.test(member),
  "is a default service account",
);
