import * as organizations from "@pulumi/gcp/organizations/iamcustomRole";
import * as projects from "@pulumi/gcp/projects/iamcustomRole";
import type * as pulumi from "@pulumi/pulumi";
import { permissionsOf, type RoleName } from "../roles";
import rights from "./policies/roles.json";

/**
 * The roles that we make, since Google's own grow and say more (facts/iam.md 2.1): three of the matrix, and two that open
 * sharing binds on the project. Owners have Google's `roles/secretmanager.admin`.
 */
export const customRoleKinds = ["viewer", "member", "admin", "lister", "creator"] as const;
export type CustomRoleKind = (typeof customRoleKinds)[number];

/** Those that a workspace makes that has its project for itself. */
export const dedicatedKinds: readonly CustomRoleKind[] = ["viewer", "member", "admin"];

/** https://docs.cloud.google.com/iam/quotas#limits: 64 bytes of id, 100 of title, 300 of description. */
export interface CustomRole {
  /**
   * With a version. Other permissions are another version: a role beside the old one, which keeps its rights until the
   * last binding has left it. A changed role would change what everybody has who is bound to it.
   */
  roleId: string;
  title: string;
  description: string;
  permissions: readonly string[];
}

export const customRoles: Record<CustomRoleKind, CustomRole> = {
  viewer: {
    roleId: "vantedgeSecretsViewer_v1",
    title: "Vantedge secrets: viewer, version 1",
    description: "Lists secrets. Sees no value.",
    permissions: ofMatrix("viewer"),
  },
  member: {
    roleId: "vantedgeSecretsMember_v1",
    title: "Vantedge secrets: member, version 1",
    description: "Creates, lists, updates and deletes secrets. Never sees a value.",
    permissions: ofMatrix("member"),
  },
  admin: {
    roleId: "vantedgeSecretsAdmin_v1",
    title: "Vantedge secrets: admin, version 1",
    description: "All that members do, and retrieves values.",
    permissions: ofMatrix("admin"),
  },
  lister: {
    roleId: "vantedgeSecretsLister_v1",
    title: "Vantedge secrets: lister, version 1",
    description: "Lists the secrets of a project that workspaces share. Sees no value.",
    permissions: rights.onProject.list,
  },
  creator: {
    roleId: "vantedgeSecretsCreator_v1",
    title: "Vantedge secrets: creator, version 1",
    description: "Creates secrets in a project that workspaces share. Sees no value.",
    permissions: rights.onProject.create,
  },
};

/** Computed from the role matrix. */
function ofMatrix(role: RoleName): string[] {
  const granted: Record<string, string[]> = rights.byPermission;
  return permissionsOf(role)
    .flatMap((permission) => granted[permission] ?? [])
    .sort();
}

/** Where custom roles are: `organizations/NUMBER`, or the project. */
export function customRoleName(parent: string, kind: CustomRoleKind): string {
  return `${parent}/roles/${customRoles[kind].roleId}`;
}

export type CustomRoleParent = { projectId: pulumi.Input<string> } | { organizationId: pulumi.Input<string> };

/**
 * Makes custom roles in a project or an organization. Google keeps the id of a role that was deleted for 37 days, and
 * the provider takes back one that is less than 7 days gone (https://cloud.google.com/iam/docs/creating-custom-roles#deleting):
 * so they are made whether somebody has them or not, and don't come and go with the last principal.
 */
export function createCustomRoles(
  name: string,
  parent: CustomRoleParent,
  options: pulumi.CustomResourceOptions,
  kinds: readonly CustomRoleKind[] = customRoleKinds,
): pulumi.Resource[] {
  return kinds.map((kind) => {
    const { roleId, title, description, permissions } = customRoles[kind];
    const args = { roleId, title, description, stage: "GA", permissions: [...permissions] };
    // Named by its version: a new one is made before the old one goes.
    const logicalName = `${name}-${roleId}`;
    return "projectId" in parent
      ? new projects.IAMCustomRole(logicalName, { project: parent.projectId, ...args }, options)
      : new organizations.IAMCustomRole(logicalName, { orgId: parent.organizationId, ...args }, options);
  });
}
