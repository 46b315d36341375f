import { createHash } from "node:crypto";
import { IAMMember } from "@pulumi/gcp/projects/iammember";
import type * as pulumi from "@pulumi/pulumi";
import { ProjectSharing } from "../access";
import type { WorkspaceSpec } from "../backend";
import { allows, type RoleName, roleNames } from "../roles";
import { endOf } from "../until";
import { type Condition, projectWideCondition, roleCondition } from "./conditions";
import { type CustomRoleKind, customRoleName, customRoles } from "./customRoles";
import ownerPermissions from "./policies/secretManagerAdmin.json";

/** All that the bindings of a workspace depend on. */
export type Bound = Pick<WorkspaceSpec, "ref" | "roles" | "sharing" | "roleParent">;

/** One member's role on the project. */
export interface RoleBinding {
  /** What tells it from the workspace's others, whatever their order. */
  id: string;
  role: string;
  member: string;
  condition: Condition | undefined;
}

const ownerRole = "roles/secretmanager.admin";

/** The full name of the role that a role of the matrix binds. */
export function boundRole(role: RoleName, place: Pick<WorkspaceSpec, "ref" | "roleParent">): string {
  return role === "owner" ? ownerRole : customRoleName(parentOf(place), role);
}

/** What is in the roles that a workspace binds, by full name: https://docs.cloud.google.com/iam/docs/roles-permissions/secretmanager */
export function permissionsByRole(place: Pick<WorkspaceSpec, "ref" | "roleParent">): Map<string, readonly string[]> {
  const ours = Object.entries(customRoles).map(([kind, { permissions }]): [string, readonly string[]] => [
    customRoleName(parentOf(place), kind as CustomRoleKind),
    permissions,
  ]);
  return new Map([...ours, [ownerRole, ownerPermissions]]);
}

/**
 * What a role's principals are bound to. Google checks `create` and `list` on the project, so where it is shared and open
 * these two come from roles of their own, that reach no secret.
 */
export function bindingsOfRole(role: RoleName, bound: Bound): RoleBinding[] {
  return bound.roles[role].flatMap(({ gcp, until }) => {
    const member = gcp as string;
    const end = until === undefined ? undefined : endOf(until);
    const own = {
      id: `${role}-${shortHash(member)}`,
      role: boundRole(role, bound),
      member,
      condition: roleCondition(bound, end),
    };
    return bound.sharing === ProjectSharing.Open ? [own, ...projectWide(role, member, end, bound)] : [own];
  });
}

/** Whoever has two roles is bound to the rights on the project once: to IAM it is one binding. */
export function bindingsOf(bound: Bound): RoleBinding[] {
  const all = roleNames.flatMap((role) => bindingsOfRole(role, bound));
  return [...new Map(all.map((binding) => [binding.id, binding])).values()];
}

/** A binding as it was made. */
export interface MadeBinding {
  role: string;
  member: string;
  condition: { expression: string } | undefined;
}

/** Makes the bindings, each added to what is bound there already. By their ids. */
export function createBindings(
  name: string,
  bound: Bound,
  project: pulumi.Input<string>,
  options: pulumi.CustomResourceOptions,
): Map<string, IAMMember> {
  return new Map(
    bindingsOf(bound).map(({ id, role, member, condition }) => {
      const args = { project, role, member, ...(condition === undefined ? {} : { condition }) };
      return [id, new IAMMember(`${name}-${id}`, args, options)];
    }),
  );
}

function projectWide(role: RoleName, member: string, end: string | undefined, bound: Bound): RoleBinding[] {
  const rights = [
    { kind: "lister", permission: "list", title: "Listing" },
    { kind: "creator", permission: "create", title: "Creation" },
  ] as const;
  return rights
    .filter(({ permission }) => allows(role, permission))
    .map(({ kind, title }) => ({
      id: `${kind}-${shortHash(`${member} ${end ?? ""}`)}`,
      role: customRoleName(parentOf(bound), kind),
      member,
      condition: projectWideCondition(bound, title, end),
    }));
}

function parentOf({ ref, roleParent }: Pick<WorkspaceSpec, "ref" | "roleParent">): string {
  return roleParent ?? `projects/${ref.projectId}`;
}

/** Logical names are of members, not of their places in a list: another order changes nothing. */
function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
