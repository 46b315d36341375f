import * as k8s from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import { slug } from "../names";
import type { WorkspaceRef } from "../workspaceRef";

/** The workspace's namespace. Only its name leaves: what lives in it waits until it exists. */
export function createNamespace(
  name: string,
  namespace: string,
  workspace: WorkspaceRef,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const created = new k8s.Namespace(
    `${name}-namespace`,
    { metadata: { name: namespace, labels: workspaceLabels(workspace), annotations: mendedByUp } },
    options,
  );
  return created.metadata.name;
}

/** What somebody edits by hand is taken back by the next `up`, instead of stopping it with a conflict. */
export const mendedByUp = { "pulumi.com/patchForce": "true" };

/** Labels of everything that we put into Kubernetes. */
export function workspaceLabels(workspace: WorkspaceRef): Record<string, string> {
  return {
    "app.kubernetes.io/managed-by": "vantedge-secrets",
    "vantedge.run/organization": slug(workspace.organization),
    "vantedge.run/workspace": workspace.name,
  };
}
