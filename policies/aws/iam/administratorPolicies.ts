import { resourceRule, Severity } from "../../rule";
import { itemsOf } from "../../value";

/** Policies of AWS that make their holder an administrator, or let them become one. */
const administrators = ["AdministratorAccess", "IAMFullAccess"];

/** Where policies are attached by ARN. */
const attachments: Readonly<Record<string, string>> = {
  "aws:iam/role:Role": "managedPolicyArns",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "policyArn",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": "policyArns",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "policyArn",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "policyArn",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": "policyArns",
  "aws:iam/policyAttachment:PolicyAttachment": "policyArn",
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "managedPolicyArn",
};

export const administratorPolicies = resourceRule({
  name: "aws-iam-administrator-policies",
  requires: "Nobody is made an administrator by a policy of AWS",
  severity: Severity.High,
  ids: ["CKV_AWS_274", "CKV2_AWS_56", "cfn-nag W43"],
  mend: "attach a policy that lists what is needed, or a permission set for people that is used in emergencies",
  types: Object.keys(attachments) as [string, ...string[]],
  problems: ({ type, inputs }) => {
    const property = attachments[type] as string;
    return itemsOf(inputs[property]).flatMap((arn, index) => {
      const name =
        typeof arn === "string" ? /^arn:[a-z-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1] : undefined;
      if (name === undefined || !administrators.includes(name)) return [];
      const place = Array.isArray(inputs[property]) ? `${property}[${index}]` : property;
      return [`${place} makes its holder an administrator`];
    });
  },
});
