import type { WorkspaceRef } from "../workspaceRef";

/** The name in Secrets Manager. With the longest parts it has 160 characters; AWS takes 512. */
export function cloudName(workspace: WorkspaceRef, secretName: string): string {
  return `${workspace.prefix}/${workspace.name}/${secretName}`;
}
