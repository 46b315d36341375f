import type { WorkspaceClusterArgs } from "../cluster";
import { given } from "../options";
import type { WorkspaceArgs, WorkspaceGcpArgs } from "../workspaceArgs";
import type { WorkspaceRef } from "../workspaceRef";
import { workspaceSpec } from "../workspaceSpec";
import type { ManifestPlace } from "./place";
import type { WorkspaceEntry } from "./shapes";

/** A manifest's workspace as the component takes it. */
export function workspaceArguments(entry: WorkspaceEntry, organization: string, place: ManifestPlace): WorkspaceArgs {
  const { name, aws: _own, gcp: _gcp, context: _context, ...settings } = entry;
  const { namespace, createNamespace, cluster, subjects, accessEntries, admissionPolicy, ...access } = settings;
  const inNamespace = { createNamespace, cluster, subjects, accessEntries, admissionPolicy };
  const kubernetes = namespace === undefined ? undefined : { namespace, ...given(inNamespace) };
  return {
    organization,
    workspaceName: name,
    ...cloudOf(place),
    ...given(access as Partial<WorkspaceArgs>),
    ...given({ kubernetes }),
  };
}

/** Where a workspace is, of this manifest or of another stack: then the cluster is the one that the stack's configuration names. */
export function plainRef(
  name: string,
  declared: WorkspaceEntry | undefined,
  {
    organization,
    place,
    cluster,
  }: { organization: string; place: ManifestPlace; cluster: WorkspaceClusterArgs | undefined },
): WorkspaceRef {
  const { ref } = workspaceSpec(name, workspaceArguments(declared ?? { name }, organization, place));
  return declared === undefined ? { ...ref, ...given({ cluster }) } : ref;
}

function cloudOf(place: ManifestPlace): Pick<WorkspaceArgs, "aws" | "gcp"> {
  if (place.cloud === "aws") {
    const { region, accountId, replicaRegions } = place;
    return { aws: { region, accountId, ...given({ replicaRegions }) } };
  }
  const { cloud: _, impersonateServiceAccount: __, ...gcp } = place;
  return { gcp: given(gcp) as WorkspaceGcpArgs };
}
