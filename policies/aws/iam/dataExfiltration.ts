import { Severity } from "../../rule";
import sensitive from "./sensitive.json";
import { unconstrainedRule } from "./unconstrained";

/** Actions as in https://github.com/salesforce/cloudsplaining, data exfiltration. */
export const dataExfiltration = unconstrainedRule(
  {
    name: "aws-iam-data-exfiltration",
    requires: "No policy reads all secrets, parameters or objects",
    severity: Severity.High,
    ids: ["CKV_AWS_288", "CKV_AWS_108"],
    mend: "name the secrets, parameters or buckets in Resource, or narrow them by tags",
  },
  sensitive.exfiltration,
);
