import { resourceRule, Severity } from "../../rule";

/** https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys */
export const accountKeys = resourceRule({
  name: "gcp-iam-account-keys",
  requires: "Service accounts have no keys that can be carried away",
  severity: Severity.Medium,
  ids: ["Prowler iam_sa_no_user_managed_keys", "CIS GCP 5.0 1.5"],
  mend: "use Workload Identity Federation, or attach the service account to the workload",
  types: ["gcp:serviceaccount/key:Key"],
  problems: () => ["it is a key that somebody has to keep"],
});
