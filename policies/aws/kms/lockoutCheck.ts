import { resourceRule, Severity } from "../../rule";

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#prevent-unmanageable-key */
export const lockoutCheck = resourceRule({
  name: "aws-kms-lockout-check",
  requires: "AWS checks that a key's policy does not lock everybody out",
  severity: Severity.Medium,
  ids: ["Pulumi aws-kms-key-disallow-bypass-policy-lockout-safety-check"],
  mend: "leave out what bypasses the check, and let the policy name who administers the key",
  types: [
    "aws:kms/key:Key",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/keyPolicy:KeyPolicy",
  ],
  problems: ({ inputs }) =>
    ["bypassPolicyLockoutSafetyCheck", "bypassPolicyLockoutCheck"]
      .filter((property) => inputs[property] === true)
      .map((property) => `${property} is true`),
});
