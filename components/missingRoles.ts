import type { WorkspaceSpec } from "./backend";
import { permissionsOf, roleNames } from "./roles";
import { listOfRole } from "./workspaceSpec";

/** The roles that nobody is given, and so are not made, in one line; none where all are. */
export function missingRoles(spec: WorkspaceSpec): string[] {
  const missing = roleNames.filter((role) => spec.roles[role].length === 0 && spec.existingRoles[role] === undefined);
  if (missing.length === 0) return [];
  const rights = missing.map((role) => `${role} (${permissionsOf(role).slice(0, 5).join(", ")})`).join(", ");
  const lists = missing.map((role) => `roles.${listOfRole[role]}`).join(", ");
  return [
    `no principal for ${rights}: not created. Add one under ${lists} to create ${missing.length === 1 ? "it" : "them"}.`,
  ];
}
