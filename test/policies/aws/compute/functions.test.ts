import { Function as Lambda, Permission } from "@pulumi/aws/lambda";
import { functionKey } from "../../../../policies/aws/compute/functionKey";
import { rotationPermission } from "../../../../policies/aws/compute/rotationPermission";
import { but, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const lambda = resource(Lambda, "agent", {
  role: "arn:of:role",
  kmsKeyArn: "arn:of:key",
  environment: { variables: { LOG_LEVEL: "debug" } },
});

testRule(functionKey, {
  passes: { "a key": lambda, "no environment": but(lambda, { environment: undefined, kmsKeyArn: undefined }) },
  breaks: { none: [but(lambda, { kmsKeyArn: undefined }), "kmsKeyArn is missing"] },
});

const permission = resource(Permission, "rotation", {
  action: "lambda:InvokeFunction",
  function: "rotate",
  principal: "secretsmanager.amazonaws.com",
  sourceAccount: "111122223333",
});
const missing = "sourceArn and sourceAccount are missing";

testRule(rotationPermission, {
  passes: {
    "an account": permission,
    "one secret": but(permission, { sourceAccount: undefined, sourceArn: "arn:of:secret" }),
    "an account as the principal": but(permission, { sourceAccount: undefined, principal: "111122223333" }),
    "an organization": but(permission, { sourceAccount: undefined, principal: "*", principalOrgId: "o-abc" }),
  },
  breaks: {
    "any account's Secrets Manager": [but(permission, { sourceAccount: undefined }), missing],
    "any account's S3": [but(permission, { sourceAccount: undefined, principal: "s3.amazonaws.com" }), missing],
    everybody: [but(permission, { sourceAccount: undefined, principal: "*" }), missing],
  },
});
