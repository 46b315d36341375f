/** Who carries a policy document: roles are what workspaces know, users and groups what a program may add. */
export type HolderKind = "role" | "user" | "group";

export const holderTypes: Record<HolderKind, string> = {
  role: "aws:iam/role:Role",
  user: "aws:iam/user:User",
  group: "aws:iam/group:Group",
};

/** How a resource attaches documents: `document` is a property that is one, `policies` one that names policies by ARN. */
export interface Attachment {
  holder: HolderKind;
  /** The property that names the holder, or several; absent: the resource itself is it. */
  holders?: string;
  document?: string;
  policies?: string;
}

export const attachments: Readonly<Record<string, readonly Attachment[]>> = {
  "aws:iam/role:Role": [{ holder: "role", policies: "managedPolicyArns" }],
  "aws:iam/rolePolicy:RolePolicy": [{ holder: "role", holders: "role", document: "policy" }],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [{ holder: "role", holders: "role", policies: "policyArn" }],
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": [
    { holder: "role", holders: "roleName", policies: "policyArns" },
  ],
  "aws:iam/userPolicy:UserPolicy": [{ holder: "user", holders: "user", document: "policy" }],
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": [{ holder: "user", holders: "user", policies: "policyArn" }],
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": [
    { holder: "user", holders: "userName", policies: "policyArns" },
  ],
  "aws:iam/groupPolicy:GroupPolicy": [{ holder: "group", holders: "group", document: "policy" }],
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": [{ holder: "group", holders: "group", policies: "policyArn" }],
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": [
    { holder: "group", holders: "groupName", policies: "policyArns" },
  ],
  "aws:iam/policyAttachment:PolicyAttachment": [
    { holder: "role", holders: "roles", policies: "policyArn" },
    { holder: "user", holders: "users", policies: "policyArn" },
    { holder: "group", holders: "groups", policies: "policyArn" },
  ],
};
