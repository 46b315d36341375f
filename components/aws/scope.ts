import type { WorkspaceRef } from "../workspaceRef";
import type { WorkspaceScope } from "./iam";

/** Where a workspace lives, from the reference that secrets and bindings have. */
export function scopeOf(ref: WorkspaceRef): WorkspaceScope {
  return {
    workspace: ref.name,
    prefix: ref.prefix as string,
    accountId: ref.accountId as string,
    regions: [ref.region as string, ...(ref.replicaRegions ?? [])],
    adopted: ref.adopted ?? [],
  };
}
