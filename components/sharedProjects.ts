import { ProjectSharing } from "./access";
import type { Fault, WorkspaceSpec } from "./backend";
import { perProgram } from "./perProgram";

/** A workspace and the Google Cloud project that it is in. */
export interface InProject {
  name: string;
  projectId: string;
  sharing: ProjectSharing;
}

const ofProgram = perProgram(() => new Map<string, InProject[]>());

/**
 * Roles that are bound on a project without a condition reach every secret in it, so a workspace that has its project for
 * itself must be alone there. Seen within one program; across stacks it is the user's to keep.
 */
export function projectFaults({ ref, sharing }: WorkspaceSpec): Fault[] {
  const projects = ofProgram();
  if (ref.projectId === undefined || projects === undefined) return [];
  const own = { name: ref.name, projectId: ref.projectId, sharing };
  const others = projects.get(own.projectId) ?? [];
  projects.set(own.projectId, [...others, own]);
  const message = intrusion(own, others);
  return message === undefined ? [] : [{ path: ["gcp", "sharing"], message }];
}

/** Why a workspace can't be in its project beside others, in one line; undefined where it can. */
export function intrusion(own: InProject, others: readonly InProject[]): string | undefined {
  const other = others.find(
    ({ name, projectId, sharing }) =>
      name !== own.name &&
      projectId === own.projectId &&
      (sharing === ProjectSharing.None || own.sharing === ProjectSharing.None),
  );
  if (other === undefined) return undefined;
  return (
    `project ${own.projectId} is that of workspace "${other.name}" too, and ${own.sharing === ProjectSharing.None ? own.name : other.name} ` +
    "has it for itself: give each a project of its own, or set sharing on both"
  );
}
