import type * as pulumi from "@pulumi/pulumi";
import { InputError } from "./errors";
import type { RoleName } from "./roles";
import type { WorkspaceSpec } from "./workspace";
import type { Cloud, WorkspaceRef } from "./workspaceRef";

/** What a workspace is made of in its cloud. */
export interface WorkspaceParts {
  /** The key that encrypts the workspace's values. */
  keyArn: pulumi.Output<string>;
  /** The roles that were made: those with at least one principal. */
  roleArns: Partial<Record<RoleName, pulumi.Output<string>>>;
}

/** What a secret is made of in its cloud. */
export interface SecretParts {
  /** The secret's identifier in its cloud: the ARN on AWS. */
  id: pulumi.Output<string>;
  /** The name that the cloud knows it by. */
  cloudName: string;
  /** The version that holds `value`; absent where no value was given. */
  versionId: pulumi.Output<string> | undefined;
}

/** What is known of a secret before its value is. */
export interface SecretFacts {
  workspace: WorkspaceRef;
  secretName: string;
  description: pulumi.Input<string> | undefined;
  /** 0 for at once, else 7 to 30. */
  recoveryWindowInDays: number;
  /** The cloud's identifier of an existing secret to take over. */
  importId: string | undefined;
}

/** A secret as every backend understands it. */
export interface SecretSpec extends SecretFacts {
  type: string;
  /** The exact text to store; secret. Undefined: the container without a value. */
  content: pulumi.Output<string> | undefined;
  tags: Record<string, string>;
}

/** Where a workspace of a manifest is, and as whom the program works there. */
export interface CloudPlace {
  region: string;
  accountId: string;
  assumeRoleArn?: string;
}

/** What is wrong with a plain argument, and the way to it. */
export interface Fault {
  path: string[];
  message: string;
}

/** One cloud's way to provide each concept. A backend knows no other backend and no component. */
export interface Backend {
  /** Why the cloud can't be worked with (credentials, account, network), in one line; undefined where it can. */
  accessProblem(place: CloudPlace): Promise<string | undefined>;
  /** The provider of one workspace. */
  createProvider(name: string, place: CloudPlace): pulumi.ProviderResource;
  /** Problems of the plain arguments that only this cloud can see. */
  workspaceFaults(ref: WorkspaceRef): Fault[];
  createWorkspace(name: string, spec: WorkspaceSpec, options: pulumi.CustomResourceOptions): WorkspaceParts;
  secretFaults(spec: SecretFacts): Fault[];
  createSecret(
    name: string,
    spec: SecretSpec,
    urn: pulumi.Output<string>,
    options: pulumi.CustomResourceOptions,
  ): SecretParts;
  /** The id of the version that is current now, without reading its value. */
  currentVersion(
    workspace: WorkspaceRef,
    secretName: string,
    options: pulumi.InvokeOutputOptions,
  ): pulumi.Output<string>;
}

/** Loads a cloud's backend, and with it the cloud's SDK, on first use: a program pays only for the cloud it uses. */
export function backendOf(cloud: Cloud): Backend {
  switch (cloud) {
    case "aws":
      return needing("@pulumi/aws", () => (require("./aws/backend") as typeof import("./aws/backend")).awsBackend);
    case "gcp":
      throw new InputError(["Google Cloud is not provisioned by this version yet: use aws"]);
  }
}

/** Loads what is made in Kubernetes, on first use as well: a workspace without a namespace needs no cluster SDK. */
export function loadKubernetes(): typeof import("./kubernetes/parts") {
  return needing("@pulumi/kubernetes", () => require("./kubernetes/parts") as typeof import("./kubernetes/parts"));
}

/** The clouds' SDKs are optional peers: what is missing is named with the command that brings it. */
function needing<T>(sdk: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "MODULE_NOT_FOUND" || !message.includes(sdk)) throw error;
    throw new InputError([`the package ${sdk} is missing: run npm install ${sdk}`]);
  }
}
