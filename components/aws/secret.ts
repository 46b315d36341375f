import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { Fault, SecretFacts, SecretParts, SecretSpec } from "../backend";
import { InputError } from "../errors";
import { waitingFor } from "../options";
import { inAccount } from "./account";
import { adoptedAs } from "./adopted";
import { freeNames, refuseTakenName } from "./freeNames";
import { partitionOf } from "./iam";
import { inRegion, keyAlias, keyOf } from "./keys";
import { createLockdown, lockdownFaults } from "./lockdown";
import { createRotation, rotationFaults } from "./rotation";
import { cloudName } from "./secretName";
import { createVersion } from "./secretVersion";
import { tagFaults } from "./tagFaults";
import { workspaceTags } from "./tags";
import { pinnedVersion } from "./versions";

/** Long enough to notice a mistake: https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html */
const defaultRecoveryWindowInDays = 30;

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html */
const longestDescription = 2048;
const tooLong = `is longer than ${longestDescription} characters, the most that AWS takes: shorten it`;

/** `vantedge-organization`, `vantedge-workspace`, `vantedge-type`. */
const ownTags = 3;

export function secretFaults(spec: SecretFacts): Fault[] {
  const faults: Fault[] = [];
  const days = spec.recoveryWindowInDays;
  if (days !== undefined && days !== 0 && (days < 7 || days > 30)) {
    faults.push({ path: ["recoveryWindowInDays"], message: "must be 0 (deleted at once) or 7 to 30" });
  }
  if (typeof spec.description === "string" && spec.description.length > longestDescription) {
    faults.push({ path: ["description"], message: tooLong });
  }
  if (spec.importId !== undefined && !isOwnArn(spec, spec.importId)) {
    const own = adoptedAs(spec.workspace, spec.secretName)?.arn ?? `${arnStart(spec)} and six characters`;
    faults.push({ path: ["import"], message: `must be the ARN of the secret of this very name: ${own}` });
  }
  if (spec.pinVersion !== undefined && !/^\S{32,64}$/.test(spec.pinVersion)) {
    faults.push({ path: ["pinVersion"], message: "must be the id of a version: 32 to 64 characters" });
  }
  if (spec.gcp !== undefined) {
    faults.push({ path: ["gcp"], message: "is for workspaces on Google Cloud, and this one is on AWS: leave it out" });
  }
  return [...faults, ...tagFaults(spec.tags, ownTags), ...rotationFaults(spec), ...lockdownFaults(spec)];
}

export function arnStart({ workspace, secretName }: Pick<SecretFacts, "workspace" | "secretName">): string {
  const region = workspace.region as string;
  return `arn:${partitionOf(region)}:secretsmanager:${region}:${workspace.accountId}:secret:${cloudName(workspace, secretName)}-`;
}

function isOwnArn(spec: SecretFacts, arn: string): boolean {
  const adopted = adoptedAs(spec.workspace, spec.secretName);
  if (adopted !== undefined) return arn === adopted.arn;
  const start = arnStart(spec);
  return arn.startsWith(start) && /^[A-Za-z0-9]{6}$/.test(arn.slice(start.length));
}

export function createSecret(
  name: string,
  spec: SecretSpec,
  urn: pulumi.Output<string>,
  given: pulumi.CustomResourceOptions,
): SecretParts {
  const { workspace, content, rotation, lockdown, pinVersion } = spec;
  const options = inAccount(workspace, given);
  const secret = createContainer(name, spec, options);
  const version = content === undefined ? undefined : createVersion(name, spec, secret, content, urn, options);
  const rotated =
    rotation === undefined ? undefined : createRotation(name, spec, rotation, secret, version?.resource, options);
  if (lockdown !== undefined) {
    const before = [version?.resource, rotated].filter((resource) => resource !== undefined);
    createLockdown(name, spec, lockdown, secret, waitingFor(options, ...before));
  }
  return {
    id: secret.arn,
    cloudName: cloudName(workspace, spec.secretName),
    versionId:
      pinVersion === undefined
        ? version?.versionId
        : pinnedVersion(name, workspace, spec.secretName, pinVersion, options),
  };
}

function createContainer(name: string, spec: SecretSpec, options: pulumi.CustomResourceOptions): secretsmanager.Secret {
  const { workspace } = spec;
  const fullName = cloudName(workspace, spec.secretName);
  const adopted = adoptedAs(workspace, spec.secretName);
  const secret = new secretsmanager.Secret(
    name,
    {
      region: workspace.region as string,
      name: fullName,
      ...(spec.description === undefined ? {} : { description: shortEnough(name, spec.description) }),
      kmsKeyId: adopted?.keyArn ?? keyOf(workspace, options),
      replicas: (workspace.replicaRegions ?? []).map((replica) => ({
        region: replica,
        kmsKeyId: keyAlias(workspace.name),
      })),
      recoveryWindowInDays: spec.recoveryWindowInDays ?? defaultRecoveryWindowInDays,
      tags: { ...workspaceTags(workspace, spec.tags), "vantedge-type": spec.type },
    },
    {
      ...options,
      ...takeOver(spec.importId, workspace.region as string),
      // It was there before the workspace, and stays when the workspace goes.
      ...(adopted === undefined ? {} : { retainOnDelete: true }),
      hooks: { beforeCreate: [refuseTakenName(workspace, spec.secretName, options)] },
    },
  );
  freeNames.watch(secret);
  return secret;
}

/** A description that may be an Output is measured when it is known. */
function shortEnough(name: string, description: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.output(description).apply((text) => {
    if (text.length <= longestDescription) return text;
    throw new InputError([`Secret "${name}": description: ${tooLong}`]);
  });
}

/** What differs on an existing secret is left alone in the run that takes it over, and mended in the next one. */
function takeOver(arn: string | undefined, region: string): pulumi.CustomResourceOptions {
  if (arn === undefined) return {};
  return {
    import: inRegion(arn, region),
    ignoreChanges: ["description", "kmsKeyId", "replicas", "recoveryWindowInDays", "tags"],
  };
}
