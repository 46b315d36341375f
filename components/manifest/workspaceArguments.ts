import { given } from "../options";
import type { WorkspaceArgs } from "../workspaceArgs";
import type { AwsPlace, WorkspaceEntry } from "./shapes";

/** A manifest's workspace as the component takes it. */
export function workspaceArguments(entry: WorkspaceEntry, organization: string, aws: AwsPlace): WorkspaceArgs {
  const { name, aws: _own, gcp: _gcp, context: _context, ...settings } = entry;
  const { namespace, createNamespace, cluster, subjects, accessEntries, admissionPolicy, ...access } = settings;
  const { region, accountId, replicaRegions } = aws;
  const inNamespace = { createNamespace, cluster, subjects, accessEntries, admissionPolicy };
  const kubernetes = namespace === undefined ? undefined : { namespace, ...given(inNamespace) };
  return {
    organization,
    workspaceName: name,
    aws: { region, accountId, ...given({ replicaRegions }) },
    ...given(access as Partial<WorkspaceArgs>),
    ...given({ kubernetes }),
  };
}
