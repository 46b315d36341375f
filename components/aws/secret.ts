import { createHmac } from "node:crypto";
import * as kms from "@pulumi/aws/kms";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { Fault, SecretFacts, SecretParts, SecretSpec } from "../backend";
import { InputError } from "../errors";
import type { WorkspaceRef } from "../workspaceRef";
import { partitionOf } from "./iam";
import { keyAlias } from "./keys";
import { workspaceTags } from "./tags";
import { refuseTakenName } from "./takenName";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const longestDescription = 2048;

export function cloudName(workspace: WorkspaceRef, secretName: string): string {
  return `${workspace.prefix}/${workspace.name}/${secretName}`;
}

export function secretFaults(spec: SecretFacts): Fault[] {
  const faults: Fault[] = [];
  const days = spec.recoveryWindowInDays;
  if (days !== 0 && (days < 7 || days > 30)) {
    faults.push({ path: ["recoveryWindowInDays"], message: "must be 0 (deleted at once) or 7 to 30" });
  }
  if (typeof spec.description === "string" && spec.description.length > longestDescription) {
    faults.push({
      path: ["description"],
      message: `is longer than ${longestDescription} characters, the most that AWS takes: shorten it`,
    });
  }
  const arn = arnStart(spec);
  if (spec.importId !== undefined && !/^[A-Za-z0-9]{6}$/.test(withoutStart(spec.importId, arn))) {
    faults.push({
      path: ["import"],
      message: `must be the ARN of the secret of this very name: ${arn} and six characters`,
    });
  }
  return faults;
}

export function arnStart({ workspace, secretName }: Pick<SecretFacts, "workspace" | "secretName">): string {
  const region = workspace.region as string;
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${workspace.accountId}:secret:${cloudName(workspace, secretName)}-`;
}

function withoutStart(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : "";
}

export function createSecret(
  name: string,
  spec: SecretSpec,
  urn: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): SecretParts {
  const { workspace } = spec;
  const region = workspace.region as string;
  const fullName = cloudName(workspace, spec.secretName);
  const secret = new secretsmanager.Secret(
    name,
    {
      region,
      name: fullName,
      ...(spec.description === undefined ? {} : { description: spec.description }),
      kmsKeyId: keyOf(workspace, options),
      replicas: (workspace.replicaRegions ?? []).map((replica) => ({
        region: replica,
        kmsKeyId: keyAlias(workspace.name),
      })),
      recoveryWindowInDays: spec.recoveryWindowInDays,
      tags: { ...workspaceTags(workspace, spec.tags), "vantedge-type": spec.type },
    },
    {
      ...options,
      ...takeOver(spec.importId),
      hooks: { beforeCreate: [refuseTakenName(workspace, fullName, options)] },
    },
  );
  return {
    id: secret.arn,
    cloudName: fullName,
    versionId: spec.content === undefined ? undefined : createVersion(name, secret, region, spec.content, urn, options),
  };
}

/** What differs on an existing secret is left alone in the run that takes it over, and mended in the next one. */
function takeOver(arn: string | undefined): pulumi.CustomResourceOptions {
  if (arn === undefined) return {};
  return { import: arn, ignoreChanges: ["description", "kmsKeyId", "replicas", "recoveryWindowInDays", "tags"] };
}

/**
 * The value. Never deleted by Pulumi: with a rotation in between, the version that the state knows is not the current
 * one, and deleting it would break the next change (design.md 5). Secrets Manager ages old versions out by itself.
 */
function createVersion(
  name: string,
  secret: secretsmanager.Secret,
  region: string,
  content: pulumi.Output<string>,
  urn: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const version = new secretsmanager.SecretVersion(
    `${name}-version`,
    {
      region,
      secretId: secret.id,
      secretStringWo: arrivesAsGiven(name, content),
      secretStringWoVersion: contentVersion(urn, content),
    },
    { ...options, retainOnDelete: true, additionalSecretOutputs: ["secretStringWoVersion"] },
  );
  return version.versionId;
}

/** Terraform's types, and so every AWS provider, put texts into normal form C: https://pkg.go.dev/github.com/zclconf/go-cty/cty#NormalizeString */
function arrivesAsGiven(name: string, content: pulumi.Output<string>): pulumi.Output<string> {
  return content.apply((text) => {
    if (Buffer.from(text.normalize("NFC")).toString() === text) return text;
    throw new InputError([
      `Secret "${name}": value: has characters that the AWS provider would change (an accent apart from its letter, or ` +
        "half a character): give it in Unicode normal form C, or put it in from outside",
    ]);
  });
}

/**
 * A number that changes with the value, since a write-only value is never compared: the first 48 bits of
 * HMAC-SHA256(URN, value). Secret like the value itself, or a weak value could be guessed from it.
 */
function contentVersion(urn: pulumi.Output<string>, content: pulumi.Output<string>): pulumi.Output<number> {
  return pulumi.secret(
    pulumi
      .all([urn, content])
      .apply(([key, value]) => createHmac("sha256", key).update(value).digest().readUIntBE(0, 6)),
  );
}

export function keyOf(workspace: WorkspaceRef, options: pulumi.CustomResourceOptions): pulumi.Input<string> {
  if (workspace.keyArn !== undefined) return workspace.keyArn;
  return kms.getKeyOutput(
    { keyId: keyAlias(workspace.name), region: workspace.region as string },
    options as pulumi.InvokeOutputOptions,
  ).arn;
}

function noVersion(workspace: WorkspaceRef, secretName: string): string {
  return `secret "${secretName}" of workspace "${workspace.name}" has no current version: give it a value first`;
}

/** Listing versions needs no right to read a value. */
export function currentVersion(
  workspace: WorkspaceRef,
  secretName: string,
  options: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const listed = secretsmanager.getSecretVersionsOutput(
    { secretId: cloudName(workspace, secretName), region: workspace.region as string },
    options,
  );
  return listed.versions.apply((versions) => {
    const current = versions.find((version) => version.versionStages.includes("AWSCURRENT"));
    if (current === undefined) throw new InputError([noVersion(workspace, secretName)]);
    return current.versionId;
  });
}
