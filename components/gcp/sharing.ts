import { ProjectSharing } from "../access";
import type { Fault, WorkspaceSpec } from "../backend";

/** What a workspace does not keep because it shares its project, in one line each. */
const unkept: Record<ProjectSharing, readonly string[]> = {
  [ProjectSharing.None]: [],
  [ProjectSharing.Strict]: [
    "list: no role lists secrets, because Google checks that on the project, which others share: a secret is described by whoever knows its name",
    "create: no role creates secrets, because Google checks that on the project, which others share: whoever runs pulumi up creates them",
  ],
  [ProjectSharing.Open]: [
    "list: every role sees the names, labels and annotations of all secrets of the project, other workspaces' among them, and no value",
    "create: members, admins and owners can create secrets under another workspace's names in the project, and neither read nor change those that are there",
  ],
};

export function reducedGuarantees({ sharing }: WorkspaceSpec): readonly string[] {
  return unkept[sharing];
}

/** Who makes the custom roles that the workspace binds: exactly one, or Google refuses the second. */
export function roleMakerFaults({ sharing, roleParent, sharedRoles }: WorkspaceSpec): Fault[] {
  if (roleParent !== undefined || sharedRoles === (sharing !== ProjectSharing.None)) return [];
  const message = sharedRoles
    ? "the AuditTrail has sharedRoles, for workspaces that share the project, and makes the same custom roles as a workspace that does not: set gcp.sharing, or take sharedRoles from the trail"
    : "workspaces that share a project bind one set of custom roles: set auditTrail to the project's AuditTrail with sharedRoles, or gcp.roleParent";
  return [{ path: ["gcp", "sharing"], message }];
}
