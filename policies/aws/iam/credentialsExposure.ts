import { Severity } from "../../rule";
import sensitive from "./sensitive.json";
import { unconstrainedRule } from "./unconstrained";

/** Actions as in https://github.com/salesforce/cloudsplaining, credentials exposure, without those that AWS can't narrow. */
export const credentialsExposure = unconstrainedRule(
  {
    name: "aws-iam-credentials-exposure",
    requires: "No policy hands out credentials of anybody",
    severity: Severity.High,
    ids: ["CKV_AWS_287", "CKV_AWS_107"],
    mend: "name the identities or roles in Resource, or narrow them by a condition",
  },
  sensitive.credentials,
);
