import * as k8s from "@pulumi/kubernetes/core/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkspaceRef } from "../workspaceRef";
import { metadataOf } from "./deliveredObject";

/** Who a binding's pods, or what reads for them, are to the cloud. */
export interface ServiceAccountSpec {
  workspace: WorkspaceRef;
  binding: string;
  serviceAccount: string;
  /** What ties it to an identity of the cloud. */
  annotations: Record<string, pulumi.Output<string>>;
}

/** It is for the cloud alone: a pod that runs as it gets no token for the Kubernetes API unless it asks for one. */
export function createServiceAccount(
  name: string,
  { workspace, binding, serviceAccount, annotations }: ServiceAccountSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const created = new k8s.ServiceAccount(
    `${name}-reader`,
    {
      metadata: metadataOf({ workspace, binding }, serviceAccount, annotations),
      automountServiceAccountToken: false,
    },
    options,
  );
  return created.metadata.name;
}
