import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import type * as pulumi from "@pulumi/pulumi";
import type { InClusterReads, MountedObject } from "../backend";
import type { BindingFileArgs, BindingReferenceArgs } from "../binding/args";
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
  objects: MountedObject[];
  /** Kubernetes Secrets that the driver keeps while a pod mounts the volume: for environment variables. */
  synced: { secretName: string; type: string; data: { objectName: string; key: string }[] }[];
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
    objects: objectsOf(Object.entries(items).map(([file, item]) => ({ alias: file, mode, ...item }))),
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
    objects: objectsOf([...mounted].map(([alias, reference]) => ({ alias, mode: "0400", ...reference }))),
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

/** A whole value under each of its names; fields beside the whole that the AWS provider mounts with them. */
function objectsOf(files: (BindingFileArgs & { alias: string; mode: string })[]): MountedObject[] {
  const whole = files.filter(({ field }) => field === undefined);
  const secrets = distinctSecrets(files.filter(({ field }) => field !== undefined));
  return [
    ...whole.map(({ secret, alias, mode }) => ({ secretName: secret, alias, mode, fields: [] })),
    ...secrets.map((secretName) => ({
      secretName,
      // The provider mounts it whatever the fields are: hidden, and readable to nobody but root.
      alias: `.--${secretName}`,
      mode: "0400",
      fields: files.flatMap(({ secret, field, alias, mode }) =>
        secret === secretName && field !== undefined ? [{ field, alias, mode }] : [],
      ),
    })),
  ];
}

export interface SecretProviderClassSpec {
  workspace: WorkspaceRef;
  binding: string;
  cloud: InClusterReads;
  mounted: MountedClass;
  apiVersion: string;
}

export function secretProviderClass({ workspace, binding, cloud, mounted, apiVersion }: SecretProviderClassSpec) {
  const { provider, parameters } = cloud.providerClass(workspace, mounted.objects);
  return {
    apiVersion,
    kind: "SecretProviderClass",
    metadata: metadataOf({ workspace, binding }, mounted.name, {}),
    spec: { provider, parameters, ...(mounted.synced.length === 0 ? {} : { secretObjects: mounted.synced }) },
  };
}

export function createSecretProviderClass(
  name: string,
  spec: SecretProviderClassSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const created = new CustomResource(`${name}--${spec.mounted.name}-class`, secretProviderClass(spec), options);
  return created.metadata.apply((metadata) => metadata.name as string);
}
