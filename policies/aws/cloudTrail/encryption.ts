import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

export const encryption = resourceRule({
  name: "aws-cloudtrail-encryption",
  requires: "A trail's log files are encrypted with a key of the customer's",
  severity: Severity.Medium,
  ids: [
    "CKV_AWS_35",
    "AWS-0015",
    "CIS AWS 7.0 4.5",
    "KICS 5d9e3164",
    "cdk-nag CloudTrailEncryptionEnabled",
    "Terrascan AC_AWS_0033",
    "Security Hub CloudTrail.2",
  ],
  mend: "set kmsKeyId to a key that cloudtrail.amazonaws.com may use",
  types: ["aws:cloudtrail/trail:Trail"],
  problems: ({ inputs }) => (isSet(inputs.kmsKeyId) ? [] : ["kmsKeyId is missing"]),
});
