import predefined from "../../fixtures/gcp/predefinedRoles.json";

/** The permissions of Google's roles that the proof knows. Sources stand in the file. */
export const predefinedRoles: Record<string, string[]> = predefined.roles;

/** Every permission of Secret Manager, which is what its administrator has, and the two on projects that its roles have. */
const direct = predefinedRoles["roles/secretmanager.admin"] as string[];

/**
 * What gives more rights to whoever has it, without a call of Secret Manager (facts/iam.md 2.4). Asked on the project, whose
 * bindings are those of its roles and service accounts too.
 */
const indirect = [
  "resourcemanager.projects.setIamPolicy",
  "iam.roles.create",
  "iam.roles.update",
  "iam.serviceAccounts.actAs",
  "iam.serviceAccounts.getAccessToken",
  "iam.serviceAccounts.setIamPolicy",
  "iam.serviceAccountKeys.create",
  "iam.denypolicies.update",
  "iam.denypolicies.delete",
];

export const permissions: readonly string[] = [...direct, ...indirect];

/** What a permission is checked on. */
export type Level = "project" | "secret" | "version";

/**
 * A call's permission is checked on what its path names: https://cloud.google.com/secret-manager/docs/reference/rest. A
 * secret is created and listed in its project, and a version is added to and listed in its secret. Of what kind a backup
 * or an operation is to conditions, Google does not say; it is no secret and no version.
 */
export function levelOf(permission: string): Level {
  if (!permissions.includes(permission))
    throw new Error(`permission ${permission}: neither of Secret Manager nor one that leads to its secrets`);
  const [, kind, verb] = permission.split(".") as [string, string, string];
  if (kind === "secrets") return ["create", "list"].includes(verb) ? "project" : "secret";
  if (kind === "versions") return ["add", "list"].includes(verb) ? "secret" : "version";
  return "project";
}

/** As deny policies write it: https://cloud.google.com/iam/docs/deny-permissions-support */
export function deniedName(permission: string): string {
  const [service, ...rest] = permission.split(".");
  const host = service === "resourcemanager" ? "cloudresourcemanager" : service;
  return `${host}.googleapis.com/${rest.join(".")}`;
}
