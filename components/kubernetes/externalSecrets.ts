import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import * as pulumi from "@pulumi/pulumi";
import type { InClusterReads, StoreSuffix } from "../backend";
import { forms, type KeySource, nameOf, wholeValue } from "../binding/delivered";
import { templateFields } from "../binding/template";
import type { WorkspaceRef } from "../workspaceRef";
import { bindingLabels, type DeliveredObject, logicalName, metadataOf, versionAnnotation } from "./deliveredObject";
import { textOfFields, textOfValue } from "./goFields";
import { goDuration, staggered } from "./interval";

/** `pulumi up` goes on when the operator says that it has worked, where it can't be asked by the binding itself. */
const awaitReady = { "pulumi.com/waitFor": "condition=Ready", "pulumi.com/timeoutSeconds": "300" };

export interface SecretStoreSpec {
  workspace: WorkspaceRef;
  binding: string;
  suffix: StoreSuffix;
  /** The cloud's own part. */
  provider: object;
  apiVersion: string;
  /** Whether the provider of Kubernetes waits until the operator has taken it. */
  awaited: boolean;
}

/** In the workspace's namespace and never a ClusterSecretStore, which other namespaces could use. */
export function secretStore({ workspace, binding, suffix, provider, apiVersion, awaited }: SecretStoreSpec) {
  return {
    apiVersion,
    kind: "SecretStore",
    metadata: metadataOf({ workspace, binding }, `${binding}${suffix}`, awaited ? awaitReady : {}),
    spec: { provider },
  };
}

export function createSecretStore(
  name: string,
  spec: SecretStoreSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Resource {
  return new CustomResource(`${name}${spec.suffix}-store`, secretStore(spec), options);
}

export interface ExternalSecretSpec extends DeliveredObject {
  cloud: InClusterReads;
  /** The version that this `pulumi up` means. */
  versionId: pulumi.Output<string>;
  /** Whether that version alone is read, and no later one. */
  fixed: boolean;
  refreshSeconds: number;
  keepOnDestroy: boolean;
  /** Whether the provider of Kubernetes waits until it is synced for the first time. */
  awaited: boolean;
  /** Whether "value" is the name of one of the secret's fields. */
  hasFieldValue: boolean;
  apiVersion: string;
}

/**
 * All that the operator would fill in is written out, so that a refresh finds no difference (external-secrets#5145).
 * What it makes has the same name, which never changes: charts and manifests of others may hold it.
 */
export function externalSecret(spec: ExternalSecretSpec) {
  const { binding, delivered, cloud, workspace, fixed, keepOnDestroy } = spec;
  const name = nameOf(binding, delivered);
  const { store } = cloud.remote(workspace, delivered.secretName);
  return {
    apiVersion: spec.apiVersion,
    kind: "ExternalSecret",
    metadata: metadataOf(spec, name, spec.awaited ? awaitReady : {}),
    spec: {
      secretStoreRef: { kind: "SecretStore", name: `${binding}${store}` },
      refreshPolicy: fixed ? "OnChange" : "Periodic",
      refreshInterval: goDuration(staggered(spec.refreshSeconds, `${workspace.name}/${name}`)),
      target: {
        name,
        creationPolicy: keepOnDestroy ? "Orphan" : "Owner",
        deletionPolicy: "Retain",
        template: secretTemplate(spec),
      },
      ...remoteData(spec),
    },
  };
}

/** Another version is another generation of the object: the operator reads at once, and says when it has (arrival.ts). */
function secretTemplate(spec: ExternalSecretSpec) {
  const { workspace, binding, delivered } = spec;
  const sources = Object.entries(delivered.keys ?? {});
  const asRead = sources.every(([key, source]) => isReadAs(key, source, spec));
  return {
    engineVersion: "v2",
    mergePolicy: "Replace",
    type: forms[delivered.form].type,
    metadata: {
      labels: bindingLabels(workspace, binding),
      annotations: { [versionAnnotation]: spec.versionId },
    },
    ...(asRead ? {} : { data: Object.fromEntries(sources.map(([key, source]) => [key, textOf(source, spec)])) }),
  };
}

/** Whether what the operator reads is under that key already. */
function isReadAs(key: string, { field, template }: KeySource, { cloud, hasFieldValue }: ExternalSecretSpec): boolean {
  if (template !== undefined || key !== (field ?? wholeValue)) return false;
  return !cloud.readsEachField || ((field ?? wholeValue) === wholeValue && !hasFieldValue);
}

function textOf(source: KeySource, { cloud, hasFieldValue }: ExternalSecretSpec): string {
  return cloud.readsEachField ? textOfValue(source, hasFieldValue) : textOfFields(source);
}

/** The fields of one secret are one read. */
function remoteData(spec: ExternalSecretSpec) {
  const { cloud, workspace, delivered, versionId, fixed, hasFieldValue } = spec;
  const remote = {
    key: cloud.remote(workspace, delivered.secretName).key,
    conversionStrategy: "Default",
    decodingStrategy: "None",
    metadataPolicy: "None",
    ...(fixed ? { version: versionId.apply(cloud.remoteVersion) } : {}),
  };
  if (delivered.keys === undefined) {
    return { dataFrom: [{ extract: remote, rewrite: [{ regexp: { source: "[^a-zA-Z0-9_]", target: "_" } }] }] };
  }
  if (cloud.readsEachField) return { data: [{ secretKey: wholeValue, remoteRef: remote }] };
  const names = [...new Set(Object.values(delivered.keys).flatMap(namesRead))];
  return {
    data: names.map((name) => ({
      secretKey: name,
      remoteRef: name === wholeValue && !hasFieldValue ? remote : { ...remote, property: name },
    })),
  };
}

function namesRead({ field = wholeValue, template }: KeySource): string[] {
  return template === undefined ? [field] : templateFields(template);
}

export function createExternalSecret(
  name: string,
  spec: ExternalSecretSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const created = new CustomResource(logicalName(name, spec.delivered), externalSecret(spec), options);
  return created.metadata.apply((metadata) => metadata.name as string);
}
