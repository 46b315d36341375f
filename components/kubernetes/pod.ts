import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import type { BindingReferences } from "../bindingReferences";

/** A key of a Kubernetes Secret. */
export interface SecretKeyReference {
  /** The Secret's name. */
  name: string;
  /** The key in it. */
  key: string;
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

/** A key of a Secret as a file. */
export interface ProjectedItem {
  /** The key in the Secret. */
  key: string;
  /** The file's name in the directory. */
  path: string;
}

/** The files that one Secret adds to a directory. */
export interface ProjectedSecret {
  /** The Secret's name. */
  name: string;
  /** The files. */
  items: ProjectedItem[];
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

/** An entry of a pod's `volumes`. */
export interface PodVolume {
  /** The volume's name. */
  name: string;
  /** The directory's content. */
  projected: ProjectedVolume;
}

/** An entry of a container's `volumeMounts`. */
export interface VolumeMount {
  /** The volume's name. */
  name: string;
  /** The directory. */
  mountPath: string;
  /** Always true. */
  readOnly: boolean;
}

/** Readable to the owner and to the pod's `fsGroup`, and to nobody else. */
const filesMode = 0o440;

const wholeValue = "value";

type SecretNames = Record<string, pulumi.Output<string>>;

export function containerEnv(references: BindingReferences, names: SecretNames): pulumi.Output<ContainerEnv[]> {
  return pulumi.all(names).apply((known) =>
    Object.entries(references.env).map(([name, { secret, field = wholeValue }]) => ({
      name,
      valueFrom: { secretKeyRef: { name: known[secret] as string, key: field } },
    })),
  );
}

export function podVolumes(references: BindingReferences, names: SecretNames): pulumi.Output<PodVolume[]> {
  return pulumi.all(names).apply((known) =>
    Object.entries(references.files).map(([path, items]) => ({
      name: volumeName(path),
      projected: {
        sources: Object.entries(items).map(([file, { secret, field = wholeValue }]) => ({
          secret: { name: known[secret] as string, items: [{ key: field, path: file }] },
        })),
        defaultMode: filesMode,
      },
    })),
  );
}

export function volumeMounts(references: BindingReferences): VolumeMount[] {
  return Object.keys(references.files).map((mountPath) => ({ name: volumeName(mountPath), mountPath, readOnly: true }));
}

/** Stable, and the same for the same directory: two bindings that want one directory are seen to collide. */
function volumeName(mountPath: string): string {
  return `vantedge-${createHash("sha256").update(mountPath).digest("hex").slice(0, 8)}`;
}
