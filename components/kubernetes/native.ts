import * as k8s from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { forms, nameOf } from "../binding/delivered";
import { type DeliveredObject, logicalName, metadataOf, versionAnnotation } from "./deliveredObject";

/** A bound secret as one Kubernetes Secret. */
export interface NativeSecretSpec extends DeliveredObject {
  versionId: pulumi.Output<string>;
  /** The keys that the workload uses, and no others. */
  data: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * Delivery `native`: a Secret under a name that never changes. It is mutable: under one name, kubelets serve an immutable
 * one from their cache for ever (kubernetes#131589).
 */
export function createNativeSecret(
  name: string,
  spec: NativeSecretSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { binding, delivered, versionId } = spec;
  const secretName = nameOf(binding, delivered);
  const secret = new k8s.Secret(
    logicalName(name, delivered),
    {
      metadata: metadataOf(spec, secretName, { [versionAnnotation]: versionId }),
      type: forms[delivered.form].type,
      stringData: spec.data,
    },
    options,
  );
  return nameOnceThere(secret, secretName);
}

/**
 * The provider replaces a Secret for a changed value by deleting it first, unless its `enableSecretMutable` is set; the
 * engine then replaces what depends on it too (pulumi#2167, pulumi-kubernetes#1567): a Job would run again. So the name
 * comes when the Secret is there, and depends on nothing.
 */
function nameOnceThere(secret: k8s.Secret, name: string): pulumi.Output<string> {
  // Of all Outputs, the URN alone is always known in a preview.
  return pulumi.output(new Promise<string>((resolve) => secret.urn.apply(() => resolve(name))));
}
