import * as k8s from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { forms, nameOf } from "../binding/delivered";
import { type DeliveredObject, logicalName, metadataOf, versionAnnotation, versionedName } from "./deliveredObject";

/** A bound secret as one Kubernetes Secret. */
export interface NativeSecretSpec extends DeliveredObject {
  versionId: pulumi.Output<string>;
  /**
   * Whether the name changes with the version. Else the Secret is mutable: under one name, kubelets serve an immutable
   * one from their cache for ever (kubernetes#131589).
   */
  versioned: boolean;
  /** The keys that the workload uses, and no others. */
  data: pulumi.Input<Record<string, pulumi.Input<string>>>;
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
  const { binding, delivered, versionId, versioned } = spec;
  const secretName = versioned ? versionId.apply((id) => versionedName(spec, id)) : nameOf(binding, delivered);
  const secret = new k8s.Secret(
    logicalName(name, delivered),
    {
      metadata: metadataOf(spec, secretName, { [versionAnnotation]: versionId }),
      type: forms[delivered.form].type,
      ...(versioned ? { immutable: true } : {}),
      stringData: spec.data,
    },
    options,
  );
  return versioned ? secret.metadata.name : nameOnceThere(secret, nameOf(binding, delivered));
}

/**
 * The provider replaces a Secret for a changed value, one of a fixed name by deleting it first; the engine then replaces
 * what depends on it too (pulumi#2167, pulumi-kubernetes#1567): a Job would run again. So the name comes when the Secret
 * is there, and depends on nothing.
 */
function nameOnceThere(secret: k8s.Secret, name: string): pulumi.Output<string> {
  // Of all Outputs, the URN alone is always known in a preview.
  return pulumi.output(new Promise<string>((resolve) => secret.urn.apply(() => resolve(name))));
}
