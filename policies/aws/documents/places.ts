/** What a policy document is attached to, and so what its statements may do. */
export type DocumentKind = "identity" | "resource" | "key" | "trust";

export interface DocumentPlace {
  property: string;
  kind: DocumentKind;
}

/** Which properties of which resources are policy documents: JSON, or what that says. */
export const documentPlaces: Readonly<Record<string, readonly DocumentPlace[]>> = {
  "aws:iam/policy:Policy": [{ property: "policy", kind: "identity" }],
  "aws:iam/rolePolicy:RolePolicy": [{ property: "policy", kind: "identity" }],
  "aws:iam/userPolicy:UserPolicy": [{ property: "policy", kind: "identity" }],
  "aws:iam/groupPolicy:GroupPolicy": [{ property: "policy", kind: "identity" }],
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": [{ property: "inlinePolicy", kind: "identity" }],
  "aws:iam/role:Role": [
    { property: "assumeRolePolicy", kind: "trust" },
    { property: "inlinePolicies", kind: "identity" },
  ],
  "aws:secretsmanager/secret:Secret": [{ property: "policy", kind: "resource" }],
  "aws:secretsmanager/secretPolicy:SecretPolicy": [{ property: "policy", kind: "resource" }],
  "aws:kms/key:Key": [{ property: "policy", kind: "key" }],
  "aws:kms/keyPolicy:KeyPolicy": [{ property: "policy", kind: "key" }],
  "aws:kms/externalKey:ExternalKey": [{ property: "policy", kind: "key" }],
  "aws:kms/replicaKey:ReplicaKey": [{ property: "policy", kind: "key" }],
  "aws:s3/bucketPolicy:BucketPolicy": [{ property: "policy", kind: "resource" }],
};

export function typesWith(...kinds: DocumentKind[]): [string, ...string[]] {
  const places = Object.entries(documentPlaces);
  const types = places.filter(([, list]) => list.some(({ kind }) => kinds.includes(kind))).map(([type]) => type);
  return types as [string, ...string[]];
}
