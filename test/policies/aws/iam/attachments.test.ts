import * as iam from "@pulumi/aws/iam";
import { administratorPolicies } from "../../../../policies/aws/iam/administratorPolicies";
import { inlinePolicies } from "../../../../policies/aws/iam/inlinePolicies";
import { userPolicies } from "../../../../policies/aws/iam/userPolicies";
import { resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
const reader = "arn:aws:iam::aws:policy/ReadOnlyAccess";
const attached = (policyArn: string) => resource(iam.RolePolicyAttachment, "app", { role: "app", policyArn });
const makes = "makes its holder an administrator";
const role = (more: object) => resource(iam.Role, "app", { assumeRolePolicy: "{}", ...more });

testRule(administratorPolicies, {
  passes: {
    "another policy of AWS": attached(reader),
    "one's own of that name": attached("arn:aws:iam::111122223333:policy/AdministratorAccess"),
    "a role": role({ managedPolicyArns: [reader] }),
  },
  breaks: {
    "a role": [attached(admin), `policyArn ${makes}`],
    "in China": [attached("arn:aws-cn:iam::aws:policy/AdministratorAccess"), `policyArn ${makes}`],
    "of IAM": [attached("arn:aws:iam::aws:policy/IAMFullAccess"), `policyArn ${makes}`],
    "in the role": [role({ managedPolicyArns: [reader, admin] }), `managedPolicyArns[1] ${makes}`],
    "a user": [resource(iam.UserPolicyAttachment, "app", { user: "app", policyArn: admin }), `policyArn ${makes}`],
    "a group": [resource(iam.GroupPolicyAttachment, "app", { group: "app", policyArn: admin }), `policyArn ${makes}`],
    several: [resource(iam.PolicyAttachment, "app", { roles: ["app"], policyArn: admin }), `policyArn ${makes}`],
    exclusive: [
      resource(iam.RolePolicyAttachmentsExclusive, "app", { roleName: "app", policyArns: [admin] }),
      `policyArns[0] ${makes}`,
    ],
  },
});

testRule(userPolicies, {
  passes: {
    "a group": resource(iam.GroupPolicyAttachment, "app", { group: "app", policyArn: reader }),
    "roles and groups": resource(iam.PolicyAttachment, "app", { roles: ["app"], groups: ["app"], policyArn: reader }),
  },
  breaks: {
    attached: [
      resource(iam.UserPolicyAttachment, "app", { user: "app", policyArn: reader }),
      "it gives rights to a user",
    ],
    inline: [resource(iam.UserPolicy, "app", { user: "app", policy: "{}" }), "it gives rights to a user"],
    "among others": [
      resource(iam.PolicyAttachment, "app", { users: ["alice"], policyArn: reader }),
      "users has users in it",
    ],
  },
});

testRule(inlinePolicies, {
  passes: { "a policy": resource(iam.Policy, "app", { policy: "{}" }), "a role": role({ inlinePolicies: [] }) },
  breaks: {
    "a role": [resource(iam.RolePolicy, "app", { role: "app", policy: "{}" }), "it is an inline policy"],
    "in the role": [role({ inlinePolicies: [{ name: "a", policy: "{}" }] }), "inlinePolicies has some"],
  },
});
