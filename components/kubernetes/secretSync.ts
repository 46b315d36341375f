import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import type * as pulumi from "@pulumi/pulumi";
import type { MountedFile, SecretSyncReads } from "../backend";
import type { BindingApiVersionsArgs } from "../binding/args";
import { forms, nameOf } from "../binding/delivered";
import { sourcePath, sourcesOf } from "../binding/secretSync";
import { createSecretProviderClass, type SecretProviderClassSpec } from "./csi";
import { bindingLabels, type DeliveredObject, logicalName, metadataOf, versionAnnotation } from "./deliveredObject";

export interface SecretSyncSpec extends DeliveredObject {
  sync: SecretSyncReads;
  /** Who reads. */
  serviceAccount: pulumi.Input<string>;
  /** The version that is current, as far as the program knows it. */
  versionId: pulumi.Output<string> | undefined;
  apiVersions: Required<BindingApiVersionsArgs>;
}

/**
 * A class for each Secret: whenever one is read, all of its class is, and fails together. Two hyphens are in no name of a
 * binding, and so in none of a class that the CSI driver mounts.
 */
export function syncedClass({
  workspace,
  binding,
  delivered,
  sync,
  apiVersions,
}: SecretSyncSpec): SecretProviderClassSpec {
  const files = sourcesOf(delivered).map(
    (field): MountedFile => ({
      secretName: delivered.secretName,
      field,
      alias: sourcePath(delivered.secretName, field),
      mode: "0400",
    }),
  );
  return {
    workspace,
    binding,
    name: logicalName(binding, delivered),
    reads: sync.providerClass(workspace, files),
    synced: [],
    apiVersion: apiVersions.secretsStore,
  };
}

/** What it makes has its name: https://cloud.google.com/secret-manager/docs/sync-k8-secrets */
export function secretSync(spec: SecretSyncSpec, className: pulumi.Input<string>) {
  const { workspace, binding, delivered, serviceAccount, versionId, apiVersions } = spec;
  return {
    apiVersion: apiVersions.secretSync,
    kind: "SecretSync",
    metadata: metadataOf(spec, nameOf(binding, delivered), {
      ...(versionId === undefined ? {} : { [versionAnnotation]: versionId }),
    }),
    spec: {
      serviceAccountName: serviceAccount,
      secretProviderClassName: className,
      secretObject: {
        type: forms[delivered.form].type,
        labels: shortLabels(bindingLabels(workspace, binding)),
        data: Object.entries(delivered.keys ?? {}).map(([targetKey, { field }]) => ({
          sourcePath: sourcePath(delivered.secretName, field),
          targetKey,
        })),
      },
      // Another text has it read again at once.
      ...(versionId === undefined ? {} : { forceSynchronization: versionId.apply(asLabel) }),
    },
  };
}

/** Of a label's 63 characters it takes 62. */
function shortLabels(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value.length < 63));
}

/** The field takes letters, digits and hyphens; a version's id has a moment in it. */
function asLabel(versionId: string): string {
  const text = versionId.replace(/[^A-Za-z0-9]+/g, "-");
  // Another language hands over an empty text for a secret without a value.
  return text === "" ? "none" : text;
}

export function createSecretSync(
  name: string,
  spec: SecretSyncSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const className = createSecretProviderClass(name, syncedClass(spec), options);
  const created = new CustomResource(logicalName(name, spec.delivered), secretSync(spec, className), options);
  return created.metadata.apply((metadata) => metadata.name as string);
}
