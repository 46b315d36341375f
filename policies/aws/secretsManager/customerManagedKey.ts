import { resourceRule, Severity } from "../../rule";
import { at, isSet, itemsOf, type Value } from "../../value";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html: AWS's own key can't be withheld from anybody. */
export const customerManagedKey = resourceRule({
  name: "aws-secretsmanager-customer-managed-key",
  requires: "A secret is encrypted with a key of the customer's",
  severity: Severity.Medium,
  ids: [
    "CKV_AWS_149",
    "AWS-0098",
    "KICS a2f548f2",
    "KICS b0d3ef3f",
    "cfn-nag W77",
    "cdk-nag SecretsManagerUsingKMSKey",
    "Terrascan AC_AWS_0500",
    "Config secretsmanager-using-cmk",
    "Pulumi aws-secretsmanager-secret-configure-customer-managed-key",
  ],
  mend: "set kmsKeyId to a key whose policy says who decrypts, for each replica too",
  types: ["aws:secretsmanager/secret:Secret"],
  problems: ({ inputs }) => [
    ...(isOfCustomer(inputs.kmsKeyId) ? [] : ["kmsKeyId names no key of the customer's"]),
    ...itemsOf(inputs.replicas).flatMap((replica, index) =>
      isOfCustomer(at(replica, "kmsKeyId")) ? [] : [`replicas[${index}].kmsKeyId names no key of the customer's`],
    ),
  ],
});

/** Keys of AWS have aliases that begin with `aws/`. */
export function isOfCustomer(key: Value): boolean {
  return isSet(key) && !(typeof key === "string" && /(^|:)alias\/aws\//.test(key));
}
