import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

export const inlinePolicies = resourceRule({
  name: "aws-iam-inline-policies",
  requires: "Policies can be reviewed and reused apart from who has them",
  severity: Severity.Low,
  ids: ["Config iam-no-inline-policy-check"],
  mend: "use an aws.iam.Policy and attach it",
  opinion: "an inline policy can't be attached to anybody else, and goes with its role",
  types: [
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
    "aws:iam/role:Role",
  ],
  problems: ({ type, inputs }) => {
    if (type !== "aws:iam/role:Role") return ["it is an inline policy"];
    return isSet(inputs.inlinePolicies) && typeof inputs.inlinePolicies !== "symbol" ? ["inlinePolicies has some"] : [];
  },
});
