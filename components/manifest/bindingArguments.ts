import type { Referring } from "../binding/references";
import type { DeploymentBindingArgs } from "../deploymentBinding";
import { given } from "../options";
import type { WorkspaceRef } from "../workspaceRef";
import type { BindingEntry } from "./shapes";

/** A manifest's binding as the component takes it, without what is known of the secrets. */
export function bindingArguments(
  entry: BindingEntry,
  workspace: WorkspaceRef,
  references: Referring,
): DeploymentBindingArgs & { bindingName: string } {
  const {
    name,
    workspace: _,
    env: _env,
    envFrom: _envFrom,
    volumes: _volumes,
    volumeMounts: _volumeMounts,
    ...settings
  } = entry;
  return { ...(given(settings) as Partial<DeploymentBindingArgs>), ...references, workspace, bindingName: name };
}
