import { Secret } from "@pulumi/aws/secretsmanager";
import { customerManagedKey } from "../../../../policies/aws/secretsManager/customerManagedKey";
import { but, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const secret = resource(Secret, "token", {
  kmsKeyId: "arn:of:key",
  replicas: [{ region: "eu-west-1", kmsKeyId: "arn:of:other" }],
});
const problem = "kmsKeyId names no key of the customer's";

testRule(customerManagedKey, {
  passes: { "keys of its own": secret, "an alias": but(secret, { kmsKeyId: "alias/orders", replicas: undefined }) },
  breaks: {
    "left out": [but(secret, { kmsKeyId: undefined }), problem],
    empty: [but(secret, { kmsKeyId: "" }), problem],
    "AWS's own key": [but(secret, { kmsKeyId: "alias/aws/secretsmanager" }), problem],
    "AWS's own key by ARN": [
      but(secret, { kmsKeyId: "arn:aws:kms:us-east-1:111122223333:alias/aws/secretsmanager" }),
      problem,
    ],
    "a replica without": [but(secret, { replicas: [{ region: "eu-west-1" }] }), `replicas[0].${problem}`],
  },
});
