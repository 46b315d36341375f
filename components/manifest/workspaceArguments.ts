import { given } from "../options";
import type { WorkspaceArgs } from "../workspaceArgs";
import type { AwsPlace, WorkspaceEntry } from "./shapes";

/** A manifest's workspace as the component takes it. */
export function workspaceArguments(entry: WorkspaceEntry, organization: string, aws: AwsPlace): WorkspaceArgs {
  const { name, aws: _own, gcp: _gcp, namespace, createNamespace, cluster, context: _context, ...access } = entry;
  const { region, accountId, replicaRegions } = aws;
  const kubernetes = namespace === undefined ? undefined : { namespace, ...given({ createNamespace, cluster }) };
  return {
    organization,
    workspaceName: name,
    aws: { region, accountId, ...given({ replicaRegions }) },
    ...given(access as Partial<WorkspaceArgs>),
    ...given({ kubernetes }),
  };
}
