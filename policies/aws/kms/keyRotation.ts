import { resourceRule, Severity } from "../../rule";
import { isOff, isSet, type Values } from "../../value";

/** https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
export const keyRotation = resourceRule({
  name: "aws-kms-key-rotation",
  requires: "The material of a symmetric KMS key is rotated automatically",
  severity: Severity.Medium,
  ids: [
    "CKV_AWS_7",
    "AWS-0065",
    "cfn-nag F19",
    "cdk-nag AwsSolutions-KMS5",
    "Prowler kms_cmk_rotation_enabled",
    "CIS AWS 7.0 4.6",
    "CIS AWS 5.0 3.6",
    "Terrascan AC_AWS_0160",
    "Security Hub KMS.4",
    "Pulumi aws-kms-key-enable-key-rotation",
  ],
  mend: "set enableKeyRotation: true",
  types: ["aws:kms/key:Key"],
  problems: ({ inputs }) =>
    isRotatable(inputs) && isOff(inputs.enableKeyRotation) ? ["enableKeyRotation is not true"] : [],
  remedy: (props) => {
    props.enableKeyRotation = true;
  },
});

/** AWS rotates symmetric keys whose material it made, outside of custom key stores. */
function isRotatable({ customerMasterKeySpec: spec, keyUsage: usage, customKeyStoreId: store }: Values): boolean {
  const isSymmetric = !isSet(spec) || spec === "SYMMETRIC_DEFAULT";
  const isForEncryption = !isSet(usage) || usage === "ENCRYPT_DECRYPT";
  return isSymmetric && isForEncryption && !isSet(store);
}
