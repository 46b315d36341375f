import { Severity } from "../../rule";
import sensitive from "./sensitive.json";
import { unconstrainedRule } from "./unconstrained";

/** The Service Authorization Reference's access level Write, for what holds or handles secrets. */
export const unconstrainedWrite = unconstrainedRule(
  {
    name: "aws-iam-unconstrained-write",
    requires: "No policy writes everything",
    severity: Severity.Medium,
    ids: ["CKV_AWS_290", "CKV_AWS_111"],
    mend: "name what may be written in Resource, or narrow it by a condition",
  },
  sensitive.write,
);
