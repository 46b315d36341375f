import type * as pulumi from "@pulumi/pulumi";
import { check } from "./checks/check";
import { workspaceRefShape } from "./checks/shapes";
import type { WorkspaceClusterArgs } from "./cluster";
import type { KubernetesSubjectArgs } from "./kubernetesSubjects";
import { defaultPrefix } from "./names";

/** The cloud that holds a workspace. */
export const Cloud = {
  /** AWS Secrets Manager. */
  Aws: "aws",
  /** Google Secret Manager. */
  Gcp: "gcp",
} as const;
export type Cloud = (typeof Cloud)[keyof typeof Cloud];

/** An existing secret that belongs to a workspace although it has another name and key. */
export interface AdoptedSecretArgs {
  /** The name that it has in the workspace: `secretName` of its Secret, and what bindings refer to. */
  secretName: string;
  /** Its exact ARN, with the six characters at the end. */
  arn: string;
  /** The ARN of the key that encrypts it: of `aws/secretsmanager` where it has none of its own. */
  keyArn: string;
}

/**
 * Where a workspace is: plain facts, so that secrets and bindings know their cloud and their names when they are
 * constructed, in this program or in another stack. In TypeScript `workspace.ref` gives it; elsewhere write the fields.
 */
export interface WorkspaceRef {
  /** Name of the workspace. */
  name: string;
  /** The organization, free text; a label only. */
  organization: string;
  /** The cloud that holds the workspace. */
  cloud: Cloud;
  /** AWS: the home region, for example `us-east-1`. */
  region?: string;
  /** AWS: the regions that hold replicas. */
  replicaRegions?: string[];
  /** AWS: the 12-digit account. */
  accountId?: string;
  /** Google Cloud: the project's id. */
  projectId?: string;
  /** Google Cloud: the project's number. */
  projectNumber?: string;
  /**
   * Google Cloud: the location of the workspace's secrets, where they are regional.
   * @default none: they are global
   */
  location?: string;
  /**
   * First part of every secret's name in the cloud.
   * @default "vantedge"
   */
  prefix?: string;
  /**
   * AWS: the workspace's key. Left out, the key is found by its alias `alias/vantedge-<workspace>`, which must exist.
   */
  keyArn?: pulumi.Input<string>;
  /** AWS: existing secrets that the workspace adopted. */
  adopted?: AdoptedSecretArgs[];
  /**
   * The workspace's Kubernetes namespace.
   * @default the workspace's name
   */
  namespace?: string;
  /**
   * The cluster whose pods read secrets. With it, every binding gets an identity that reads its secrets, and no others.
   * @default none
   */
  cluster?: WorkspaceClusterArgs;
  /**
   * Who reads the values of bindings' Secrets by name in the namespace, beside the groups `vantedge:<workspace>:admin` and
   * `vantedge:<workspace>:owner`: the workspace's `subjects` that are admins or owners.
   * @default none
   */
  valueReaders?: KubernetesSubjectArgs[];
}

/** Checks the fields of a reference to a workspace that another stack owns, and fills in the defaults. */
export function workspaceRef(fields: WorkspaceRef): WorkspaceRef {
  check("WorkspaceRef", String(fields.name), workspaceRefShape, fields);
  return withDefaults(fields);
}

/** For a reference that was checked with the arguments it came in. */
export function withDefaults(fields: WorkspaceRef): WorkspaceRef {
  return { ...fields, prefix: fields.prefix ?? defaultPrefix, namespace: fields.namespace ?? fields.name };
}

/** One text for each workspace, whichever copy of its reference is at hand: in another place another may have its name. */
export function workspaceId({ cloud, accountId, projectId, region, prefix, name }: WorkspaceRef): string {
  return [cloud, accountId ?? projectId, region, prefix ?? defaultPrefix, name].join("/");
}

/** The workspaces of this program by their references: what needs the namespace waits for it. */
const owners = new WeakMap<WorkspaceRef, pulumi.Resource>();

export function ownedBy(workspace: pulumi.Resource, ref: WorkspaceRef): WorkspaceRef {
  owners.set(ref, workspace);
  return ref;
}

export function ownerOf(ref: WorkspaceRef): pulumi.Resource | undefined {
  return owners.get(ref);
}
