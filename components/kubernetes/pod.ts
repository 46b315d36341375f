import type { BindingFileArgs } from "../binding/args";
import { keyOf, shortHash } from "../binding/delivered";
import { type BindingReferences, type BoundDirectory, baseName } from "../binding/references";
import type { MountedClass } from "./csi";

/** A key of a Kubernetes Secret. */
export interface SecretKeyReference {
  /** The Secret's name. */
  name: string;
  /** The key in it. */
  key: string;
  /** Whether the pod starts without it. */
  optional?: boolean;
}

/** Where a variable takes its value from. */
export interface ContainerEnvSource {
  /** A key of a Secret. */
  secretKeyRef: SecretKeyReference;
}

/** An entry of a container's `env`. */
export interface ContainerEnv {
  /** The variable's name. */
  name: string;
  /** Where its value comes from. */
  valueFrom: ContainerEnvSource;
}

/** A whole Kubernetes Secret. */
export interface SecretEnvSource {
  /** The Secret's name. */
  name: string;
  /** Whether the pod starts without it. */
  optional?: boolean;
}

/** An entry of a container's `envFrom`. */
export interface ContainerEnvFrom {
  /** What each variable's name begins with. */
  prefix?: string;
  /** The Secret whose keys become variables. */
  secretRef: SecretEnvSource;
}

/** A key of a Secret as a file. */
export interface ProjectedItem {
  /** The key in the Secret. */
  key: string;
  /** The file's name in the directory. */
  path: string;
  /** The file's mode, decimal as JSON has it: 256 is 0400. */
  mode?: number;
}

/** The files that one Secret adds to a directory. */
export interface ProjectedSecret {
  /** The Secret's name. */
  name: string;
  /** The files. */
  items: ProjectedItem[];
  /** Whether the pod starts without them. */
  optional?: boolean;
}

/** One source of a directory. */
export interface ProjectedSource {
  /** A Secret. */
  secret: ProjectedSecret;
}

/** A directory put together from Secrets. */
export interface ProjectedVolume {
  /** The Secrets. */
  sources: ProjectedSource[];
  /** The files' mode, decimal as JSON has it: 288 is 0440. */
  defaultMode: number;
}

/** What the CSI driver mounts. */
export interface CsiVolumeAttributes {
  /** The SecretProviderClass. */
  secretProviderClass: string;
}

/** A directory that the Secrets Store CSI driver fills. */
export interface CsiVolume {
  /** The driver. */
  driver: string;
  /** Always true: the driver refuses anything else. */
  readOnly: boolean;
  /** What it mounts. */
  volumeAttributes: CsiVolumeAttributes;
}

/** An entry of a pod's `volumes`: one of both. */
export interface PodVolume {
  /** The volume's name. */
  name: string;
  /** The directory's content, from Kubernetes Secrets. */
  projected?: ProjectedVolume;
  /** The directory's content, from the CSI driver. */
  csi?: CsiVolume;
}

/** An entry of a container's `volumeMounts`. */
export interface VolumeMount {
  /** The volume's name. */
  name: string;
  /** The directory, or the file. */
  mountPath: string;
  /** The one file of the volume that is mounted. */
  subPath?: string;
  /** Always true. */
  readOnly: boolean;
}

/** A Secret by name. */
export interface NamedSecret {
  /** The Secret's name. */
  name: string;
}

/** The names of the Kubernetes Secrets of one form, by the secret's name in the workspace. */
export type SecretNames = Record<string, string>;

export function containerEnv({ env }: BindingReferences, names: SecretNames): ContainerEnv[] {
  return Object.entries(env).map(([name, reference]) => ({
    name,
    valueFrom: {
      secretKeyRef: {
        name: names[reference.secret] as string,
        key: keyOf(reference),
        ...(reference.optional === true ? { optional: true } : {}),
      },
    },
  }));
}

export function containerEnvFrom({ envFrom }: BindingReferences, names: SecretNames): ContainerEnvFrom[] {
  return envFrom.map(({ secret, prefix, optional }) => ({
    ...(prefix === undefined ? {} : { prefix }),
    secretRef: { name: names[secret] as string, ...(optional === true ? { optional: true } : {}) },
  }));
}

export function podVolumes({ files, single }: BindingReferences, names: SecretNames): PodVolume[] {
  return Object.entries({ ...files, ...single }).map(([path, directory]) => ({
    name: volumeName(path),
    projected: projected(directory, names),
  }));
}

function projected({ items, mode }: BoundDirectory, names: SecretNames): ProjectedVolume {
  return {
    sources: Object.entries(items).map(([file, item]) => ({
      secret: {
        name: names[item.secret] as string,
        items: [projectedItem(file, item)],
        ...(item.optional === true ? { optional: true } : {}),
      },
    })),
    defaultMode: decimal(mode),
  };
}

function projectedItem(file: string, item: BindingFileArgs): ProjectedItem {
  return { key: keyOf(item), path: file, ...(item.mode === undefined ? {} : { mode: decimal(item.mode) }) };
}

function decimal(mode: string): number {
  return Number.parseInt(mode, 8);
}

export function volumeMounts({ files, single }: BindingReferences): VolumeMount[] {
  return [
    ...Object.keys(files).map((mountPath) => ({ name: volumeName(mountPath), mountPath, readOnly: true })),
    ...Object.keys(single).map((mountPath) => ({
      name: volumeName(mountPath),
      mountPath,
      subPath: baseName(mountPath),
      readOnly: true,
    })),
  ];
}

/** Stable, and the same for the same directory: two bindings that want one directory are seen to collide. */
function volumeName(mountPath: string): string {
  return `vantedge-${shortHash(mountPath)}`;
}

export function csiVolume({ mountPath }: MountedClass, driver: string, className: string): PodVolume {
  return {
    name: volumeName(mountPath),
    csi: { driver, readOnly: true, volumeAttributes: { secretProviderClass: className } },
  };
}

export function csiMount({ mountPath, subPath }: MountedClass): VolumeMount {
  return {
    name: volumeName(mountPath),
    mountPath,
    ...(subPath === undefined ? {} : { subPath }),
    readOnly: true,
  };
}
