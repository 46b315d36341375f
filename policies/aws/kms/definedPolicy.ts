import { Severity, stackRule } from "../../rule";
import { linked } from "../../stack";
import { isSet } from "../../value";

const keyType = "aws:kms/key:Key";

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html: the default leaves all to IAM. */
export const definedPolicy = stackRule({
  name: "aws-kms-key-policy-defined",
  requires: "A key has a policy that says who uses it",
  severity: Severity.Low,
  ids: ["CKV2_AWS_64"],
  mend: "set policy, or add an aws.kms.KeyPolicy",
  about: keyType,
  problems: (stack) => {
    const policies = stack.ofType("aws:kms/keyPolicy:KeyPolicy");
    const defined = new Set(policies.flatMap((policy) => linked(stack, policy, "keyId", keyType)));
    return stack
      .ofType(keyType)
      .filter((key) => !isSet(key.values.policy) && !defined.has(key))
      .map((resource) => ({ resource, problem: "policy is missing, and so IAM alone says who uses it" }));
  },
});
