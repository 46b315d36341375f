import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

export const userPolicies = resourceRule({
  name: "aws-iam-user-policies",
  requires: "Rights belong to roles and groups, not to single users",
  severity: Severity.Medium,
  ids: ["CKV_AWS_40", "AWS-0143", "CKV_AWS_273"],
  mend: "give people a role by single sign-on, or put the user into a group that has the policy",
  types: [
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
    "aws:iam/policyAttachment:PolicyAttachment",
  ],
  problems: ({ type, inputs }) => {
    if (type !== "aws:iam/policyAttachment:PolicyAttachment") return ["it gives rights to a user"];
    return isSet(inputs.users) && typeof inputs.users !== "symbol" ? ["users has users in it"] : [];
  },
});
