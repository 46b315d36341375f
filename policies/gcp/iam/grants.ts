import { at, itemsOf, jsonOf, type Value, type Values } from "../../value";

/** What a grant is about. */
export type Scope = "secret" | "key" | "topic" | "serviceAccount" | "project" | "folder" | "organization";

/** A role and who has it. */
export interface Grant {
  /** For a message: `member`, `members[2]`, `policyData.bindings[0].members[1]`. */
  path: string;
  role: string;
  member: string;
}

/** Types of IAM resources by what they are about: each comes as a member, a binding and a policy. */
const families: readonly [Scope, string][] = [
  ["secret", "gcp:secretmanager/secretIam:SecretIam"],
  ["secret", "gcp:secretmanager/regionalSecretIam:RegionalSecretIam"],
  ["key", "gcp:kms/cryptoKeyIAM:CryptoKeyIAM"],
  ["key", "gcp:kms/keyRingIAM:KeyRingIAM"],
  ["topic", "gcp:pubsub/topicIAM:TopicIAM"],
  ["serviceAccount", "gcp:serviceaccount/iAM:IAM"],
  ["project", "gcp:projects/iAM:IAM"],
  ["folder", "gcp:folder/iAM:IAM"],
  ["organization", "gcp:organizations/iAM:IAM"],
];

export type GrantKind = "Member" | "Binding" | "Policy";

/** The tokens of the provider for grants on these, of these kinds. */
export function grantTypes(scopes: readonly Scope[], kinds: readonly GrantKind[] = ["Member", "Binding", "Policy"]) {
  const types = families
    .filter(([scope]) => scopes.includes(scope))
    .flatMap(([, family]) => kinds.map((kind) => `${family.replace(/:(?=[^:]*$)/, `${kind}:`)}${kind}`));
  return types as [string, ...string[]];
}

/** Whatever grants are in a resource; what isn't known yet is in none. */
export function grantsOf({ role, member, members, policyData }: Values): Grant[] {
  if (typeof policyData === "string") return grantsOfPolicy(policyData);
  if (typeof role !== "string") return [];
  const single = typeof member === "string" ? [{ path: "member", role, member }] : [];
  return [...single, ...membersAt("members", role, members)];
}

function membersAt(path: string, role: string, members: Value): Grant[] {
  return itemsOf(members).flatMap((member, index) =>
    typeof member === "string" ? [{ path: `${path}[${index}]`, role, member }] : [],
  );
}

function grantsOfPolicy(text: string): Grant[] {
  return itemsOf(at(jsonOf(text), "bindings")).flatMap((binding, index) => {
    const role = at(binding, "role");
    return typeof role === "string"
      ? membersAt(`policyData.bindings[${index}].members`, role, at(binding, "members"))
      : [];
  });
}

/** https://cloud.google.com/iam/docs/principals-overview#all-users */
export function isEverybody({ member }: Grant): boolean {
  return member === "allUsers" || member === "allAuthenticatedUsers";
}
