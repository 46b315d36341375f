import { ProjectSharing } from "../access";
import type { Fault, WorkspaceSpec } from "../backend";
import { perProgram } from "../perProgram";
import { idPrefix } from "./names";

/** What a workspace does not keep because it shares its project, in one line each. */
export const reducedGuarantees: Record<ProjectSharing, readonly string[]> = {
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

/** Who makes the custom roles that the workspace binds: exactly one, or Google refuses the second. */
export function roleMakerFaults({ sharing, roleParent, sharedRoles }: WorkspaceSpec): Fault[] {
  if (roleParent !== undefined || sharedRoles === (sharing !== ProjectSharing.None)) return [];
  const message = sharedRoles
    ? "the AuditTrail has sharedRoles, for workspaces that share the project, and makes the same custom roles as a workspace that does not: set gcp.sharing, or take sharedRoles from the trail"
    : "workspaces that share a project bind one set of custom roles: set auditTrail to the project's AuditTrail with sharedRoles, or gcp.roleParent";
  return [{ path: ["gcp", "sharing"], message }];
}

/** A workspace of the program, in its project. */
interface Placed {
  projectId: string;
  names: string;
  sharing: ProjectSharing;
}

const workspaces = perProgram((): Placed[] => []);

/** Refuses two workspaces of the program in one project, unless both know that they share it. */
export function neighbourFaults({ ref, sharing }: WorkspaceSpec): Fault[] {
  const all = workspaces();
  if (all === undefined) return [];
  const mine: Placed = { projectId: ref.projectId as string, names: idPrefix(ref), sharing };
  const neighbours = all.filter((one) => one.projectId === mine.projectId && one.names !== mine.names);
  all.push(mine);
  const alone = [mine, ...neighbours].find((one) => one.sharing === ProjectSharing.None);
  const [neighbour] = neighbours;
  if (neighbour === undefined || alone === undefined) return [];
  const message =
    `is also the project of the workspace with the names ${neighbour.names}..., and roles of a workspace without ` +
    "gcp.sharing reach all of its project: give each a project of its own, or set gcp.sharing on both";
  return [{ path: ["gcp", "projectId"], message }];
}
