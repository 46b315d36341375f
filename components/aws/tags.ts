import { slug } from "../names";
import type { WorkspaceRef } from "../workspaceRef";

/** Our tags win: access is decided by them. */
export function workspaceTags(ref: WorkspaceRef, tags: Record<string, string>): Record<string, string> {
  return { ...tags, "vantedge-organization": slug(ref.organization), "vantedge-workspace": ref.name };
}
