import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html */
export const rotationPermission = resourceRule({
  name: "aws-lambda-permission-source",
  requires: "A service may call a function for this account alone",
  severity: Severity.Medium,
  ids: ["CKV_AWS_364", "AWS-0067", "cfn-nag F13", "Pulumi aws-lambda-permission-configure-source-arn"],
  mend: "set sourceArn or sourceAccount",
  types: ["aws:lambda/permission:Permission"],
  problems: ({ inputs: { principal, sourceArn, sourceAccount, principalOrgId } }) => {
    const isService =
      typeof principal === "string" && (principal === "*" || /\.amazonaws\.com(\.cn)?$/.test(principal));
    const isNarrowed = isSet(sourceArn) || isSet(sourceAccount) || isSet(principalOrgId);
    return isService && !isNarrowed ? ["sourceArn and sourceAccount are missing"] : [];
  },
});
