import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { WorkspaceRef } from "../workspaceRef";
import { mendedByUp, workspaceLabels } from "./namespace";

/** A bound secret as one Kubernetes Secret. */
export interface NativeSecretSpec {
  workspace: WorkspaceRef;
  binding: string;
  secretName: string;
  versionId: pulumi.Output<string>;
  /** The keys that the workload uses, and no others. */
  data: Record<string, pulumi.Output<string>>;
}

/**
 * Delivery `native`: an immutable Secret whose name changes with the version, so that pods roll out with the new value
 * and no kubelet serves a cached old one under a known name (kubernetes#131589). The name's suffix is a hash of the
 * version's id, never of the value: names are readable to everyone in the namespace.
 */
export function createNativeSecret(
  name: string,
  spec: NativeSecretSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { workspace, binding, secretName } = spec;
  const secret = new k8s.Secret(
    // Two hyphens: else the binding "a-b" with "c", and "a" with "b-c", would be one resource to the engine.
    `${name}--${secretName}`,
    {
      metadata: {
        name: pulumi.interpolate`${binding}-${secretName}-${spec.versionId.apply(versionSuffix)}`,
        namespace: workspace.namespace as string,
        labels: { ...workspaceLabels(workspace), "vantedge.run/binding": binding },
        annotations: { ...mendedByUp, "vantedge.run/provider-version": spec.versionId },
      },
      type: "Opaque",
      immutable: true,
      stringData: spec.data,
    },
    options,
  );
  return secret.metadata.name;
}

/** Version ids of one secret begin alike, so the suffix is taken from their hash (design.md 4). */
export function versionSuffix(versionId: string): string {
  return createHash("sha256").update(versionId).digest("hex").slice(0, 8);
}
