import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import type * as pulumi from "@pulumi/pulumi";
import type { MountedFile, ProviderClass } from "../backend";
import type { BindingReferenceArgs } from "../binding/args";
import { type DeliveredSecret, forms, keyOf, nameOf, shortHash } from "../binding/delivered";
import { type BindingReferences, type BoundDirectory, distinctSecrets } from "../binding/references";
import type { WorkspaceRef } from "../workspaceRef";
import { metadataOf } from "./deliveredObject";

/** What one volume of the CSI driver mounts. */
export interface MountedClass {
  name: string;
  mountPath: string;
  /** Only this file of it. */
  subPath: string | undefined;
  files: MountedFile[];
  /** Kubernetes Secrets that the driver keeps while a pod mounts the volume: for environment variables. */
  synced: SyncedSecret[];
}

/** An entry of `secretObjects`. */
interface SyncedSecret {
  secretName: string;
  type: string;
  data: { objectName: string; key: string }[];
}

/** One class for each directory, because what a class names is what its volume holds; and one for the variables. */
export function mountedClasses(
  binding: string,
  { env, files, single }: BindingReferences,
  delivered: readonly DeliveredSecret[],
): MountedClass[] {
  const directories = [
    ...Object.entries(files).map(([path, directory]) => directoryClass(binding, path, directory)),
    ...Object.entries(single).map(([path, directory]) => ({
      ...directoryClass(binding, path, directory),
      subPath: Object.keys(directory.items)[0],
    })),
  ];
  return Object.keys(env).length === 0 ? directories : [...directories, variablesClass(binding, env, delivered)];
}

function directoryClass(binding: string, mountPath: string, { mode, items }: BoundDirectory): MountedClass {
  return {
    name: `${binding}-${shortHash(mountPath)}`,
    mountPath,
    subPath: undefined,
    files: Object.entries(items).map(([file, item]) => mountedFile(item, file, item.mode ?? mode)),
    synced: [],
  };
}

/** The driver keeps Secrets of what a pod mounts, so the variables are mounted as well. */
function variablesClass(
  binding: string,
  env: Record<string, BindingReferenceArgs>,
  delivered: readonly DeliveredSecret[],
): MountedClass {
  const aliasOf = ({ secret, field }: BindingReferenceArgs) => (field === undefined ? secret : `${secret}.${field}`);
  const mounted = new Map(Object.values(env).map((reference) => [aliasOf(reference), reference]));
  const secrets = distinctSecrets(Object.values(env));
  return {
    name: binding,
    mountPath: `/var/run/secrets/vantedge/${binding}`,
    subPath: undefined,
    files: [...mounted].map(([alias, reference]) => mountedFile(reference, alias, "0400")),
    synced: secrets.map((secretName) => {
      const own = delivered.find((one) => one.form === "keys" && one.secretName === secretName) as DeliveredSecret;
      const used = [...mounted].filter(([, { secret }]) => secret === secretName);
      return {
        secretName: nameOf(binding, own),
        type: forms.keys.type,
        data: used.map(([alias, reference]) => ({ objectName: alias, key: keyOf(reference) })),
      };
    }),
  };
}

function mountedFile({ secret, field }: BindingReferenceArgs, alias: string, mode: string): MountedFile {
  return { secretName: secret, field, alias, mode };
}

export interface SecretProviderClassSpec {
  workspace: WorkspaceRef;
  binding: string;
  /** The class's own name. */
  name: string;
  /** The cloud's own part. */
  reads: ProviderClass;
  synced: SyncedSecret[];
  apiVersion: string;
}

export function secretProviderClass({ workspace, binding, name, reads, synced, apiVersion }: SecretProviderClassSpec) {
  return {
    apiVersion,
    kind: "SecretProviderClass",
    metadata: metadataOf({ workspace, binding }, name, {}),
    spec: { ...reads, ...(synced.length === 0 ? {} : { secretObjects: synced }) },
  };
}

export function createSecretProviderClass(
  name: string,
  spec: SecretProviderClassSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const created = new CustomResource(`${name}--${spec.name}-class`, secretProviderClass(spec), options);
  return created.metadata.apply((metadata) => metadata.name as string);
}
