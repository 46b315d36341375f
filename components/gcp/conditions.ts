import { ProjectSharing } from "../access";
import type { WorkspaceSpec } from "../backend";
import type { WorkspaceRef } from "../workspaceRef";
import { idPrefix } from "./names";

/**
 * A condition of a binding. Google takes 100 characters of title, 256 of description and 12 logical operators
 * (https://docs.cloud.google.com/iam/quotas#limits): the longest names keep within all of them.
 */
export interface Condition {
  title: string;
  description: string;
  expression: string;
}

type Place = Pick<WorkspaceSpec, "ref" | "sharing">;

/** What a role's binding is conditional on; undefined where nothing is. `end` is when it ends. */
export function roleCondition({ ref, sharing }: Place, end: string | undefined): Condition | undefined {
  if (sharing === ProjectSharing.None) return end === undefined ? undefined : untilOnly(ref, end);
  return {
    title: `Secrets of workspace ${ref.name}`,
    description: `Secrets whose names begin with ${idPrefix(ref)}${ending(end)}`,
    expression: [ownSecrets(ref), ...endClause(end)].join(" && "),
  };
}

/**
 * What the binding of a right on the whole project is conditional on: nothing that keeps anybody out before its end. It is
 * there for its text, which tells the binding from those of other workspaces: to IAM, two without a condition are one, and
 * the workspace that goes first would take it from the other.
 */
export function projectWideCondition({ ref }: Place, right: string, end: string | undefined): Condition {
  return {
    title: `${right} for workspace ${ref.name}`,
    description: `In the whole project, for those who have a role on ${idPrefix(ref)}${ending(end)}`,
    expression: endClause(end)[0] ?? always,
  };
}

/** A condition on the time, which every permission knows: https://cloud.google.com/iam/docs/conditions-attribute-reference */
const always = 'request.time >= timestamp("1970-01-01T00:00:00Z")';

function untilOnly(ref: WorkspaceRef, end: string): Condition {
  return {
    title: `Workspace ${ref.name} until ${end}`,
    description: "The role ends by itself",
    expression: endClause(end)[0] as string,
  };
}

/**
 * The workspace's secrets and their versions, and nothing else. Both types are named: a value is read from a version, and
 * where the condition said "not a Secret, or of ours", every version of the project would pass. The project has its
 * number here, never its id. What is asked of the project itself (create, list) has another type and never matches.
 */
export function ownSecrets(ref: WorkspaceRef): string {
  const ofTypes = types.map((type) => `resource.type == "${type}"`).join(" || ");
  const named = namesOf(ref).map((begin) => `resource.name.startsWith("${begin}")`);
  return `(${ofTypes}) && ${named.length === 1 ? named[0] : `(${named.join(" || ")})`}`;
}

export const secretType = "secretmanager.googleapis.com/Secret";
export const versionType = "secretmanager.googleapis.com/SecretVersion";
const types = [secretType, versionType];

/** How the names of the workspace's secrets begin, as conditions see them. Regional ones have a location in them. */
function namesOf(ref: WorkspaceRef): string[] {
  const places = ["", ...(ref.location === undefined ? [] : [`locations/${ref.location}/`])];
  return places.map((place) => `projects/${ref.projectNumber}/${place}secrets/${idPrefix(ref)}`);
}

function endClause(end: string | undefined): string[] {
  return end === undefined ? [] : [`request.time < timestamp("${end}")`];
}

function ending(end: string | undefined): string {
  return end === undefined ? "" : `, until ${end}`;
}
