import type { WorkspaceRef } from "../workspaceRef";

/**
 * The id of a secret in its project. `--` is in no name, so that `production` never begins `production-eu`, and ids have
 * no slash: https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create
 */
export function secretIdOf(workspace: WorkspaceRef, secretName: string): string {
  return `${idPrefix(workspace)}${secretName}`;
}

/** What every id of the workspace begins with. */
export function idPrefix({ prefix, name }: WorkspaceRef): string {
  return `${prefix}--${name}--`;
}

/** The path of a secret, by the project's id: `projects/P/secrets/S`, or with a location in it. */
export function secretPath(workspace: WorkspaceRef, secretName: string): string {
  return `projects/${workspace.projectId}/${inLocation(workspace)}secrets/${secretIdOf(workspace, secretName)}`;
}

function inLocation({ location }: WorkspaceRef): string {
  return location === undefined ? "" : `locations/${location}/`;
}
