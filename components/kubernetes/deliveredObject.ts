import type * as pulumi from "@pulumi/pulumi";
import { type DeliveredSecret, nameOf } from "../binding/delivered";
import type { WorkspaceRef } from "../workspaceRef";
import { mendedByUp, workspaceLabels } from "./namespace";

/** The annotation that says which version the last `pulumi up` asked for: its id, never anything of its value. */
export const versionAnnotation = "vantedge.run/requested-version";

/** Whose a delivered object is. */
export interface DeliveredObject {
  workspace: WorkspaceRef;
  binding: string;
  delivered: DeliveredSecret;
}

export function bindingLabels(workspace: WorkspaceRef, binding: string): Record<string, string> {
  return { ...workspaceLabels(workspace), "vantedge.run/binding": binding };
}

/** Two hyphens: else the binding "a-b" with "c", and "a" with "b-c", would be one resource to the engine. */
export function logicalName(name: string, delivered: DeliveredSecret): string {
  return `${name}-${nameOf("", delivered)}`;
}

export function metadataOf(
  { workspace, binding }: Pick<DeliveredObject, "workspace" | "binding">,
  name: pulumi.Input<string>,
  annotations: Record<string, pulumi.Input<string>>,
) {
  return {
    name,
    namespace: workspace.namespace as string,
    labels: bindingLabels(workspace, binding),
    annotations: { ...mendedByUp, ...annotations },
  };
}
