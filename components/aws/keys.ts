import * as kms from "@pulumi/aws/kms";
import * as pulumi from "@pulumi/pulumi";
import type { WorkspaceSpec } from "../backend";
import { InputError } from "../errors";
import { type Explain, outputOf } from "../lookup";
import type { WorkspaceRef } from "../workspaceRef";
import { regionOf } from "./arn";
import { freeNames, refuseTakenAlias } from "./freeNames";
import { keyDocument, type WorkspaceScope } from "./iam";
import { warnOfMissingPermissions } from "./permissions";
import { explaining } from "./refusals";
import { workspaceTags } from "./tags";
import { comparedArns } from "./trust";

/** An alias is how another stack finds the key of a workspace (design.md 4). */
export function keyAlias(workspace: string): string {
  return `alias/vantedge-${workspace}`;
}

/** The key of a workspace in its home region: the one that the reference names, else the one behind the alias. */
export function keyOf(workspace: WorkspaceRef, options: pulumi.CustomResourceOptions): pulumi.Input<string> {
  if (workspace.keyArn !== undefined) return workspace.keyArn;
  const query = { keyId: keyAlias(workspace.name), region: workspace.region as string };
  return outputOf(kms.getKeyOutput(query, options as pulumi.InvokeOutputOptions), keyMissing(workspace)).arn;
}

/** Every workspace has the alias: where there is none, there is no workspace. */
function keyMissing({ name, accountId, region }: WorkspaceRef): Explain {
  return explaining({
    subject: `workspace "${name}"`,
    action: "kms:DescribeKey",
    absent:
      `account ${accountId} has none of this name in ${region} (no key ${keyAlias(name)}): correct the reference, or make ` +
      "the workspace first",
  });
}

/**
 * One key for each workspace and region: what one workspace stores, the key of another can't open. The home region's
 * first.
 */
export function createKeys(
  name: string,
  spec: WorkspaceSpec,
  scope: WorkspaceScope,
  policy: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string>[] {
  const hooks = { beforeCreate: [warnOfMissingPermissions(scope, options)] };
  return scope.regions.map((region, index) => {
    const suffix = index === 0 ? "" : `-${region}`;
    return createKey(name, suffix, region, policy, spec, index === 0 ? { ...options, hooks } : options);
  });
}

function createKey(
  name: string,
  suffix: string,
  region: string,
  policy: pulumi.Input<string>,
  spec: WorkspaceSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { hooks: _, ...aliasOptions } = options;
  const key = new kms.Key(
    `${name}-key${suffix}`,
    {
      region,
      description: describedFor(spec, region, options),
      policy,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: workspaceTags(spec.ref, spec.tags),
    },
    { ...options, ...takeOver(spec.importKeys, region) },
  );
  const alias = keyAlias(spec.ref.name);
  freeNames.watch(
    new kms.Alias(
      `${name}-alias${suffix}`,
      { region, name: alias, targetKeyId: key.keyId },
      { ...aliasOptions, hooks: { beforeCreate: [refuseTakenAlias(spec.ref, alias, region, options)] } },
    ),
  );
  return key.arn;
}

/**
 * A key that is taken over must be one that this workspace had: its description says whose it is. Another's policy and
 * tag would be overwritten, and what it encrypted could not be read any more.
 */
function describedFor(
  { ref, importKeys }: WorkspaceSpec,
  region: string,
  options: pulumi.CustomResourceOptions,
): pulumi.Input<string> {
  const own = `Secrets of workspace ${ref.name}`;
  const arn = importedIn(importKeys, region);
  if (arn === undefined) return own;
  const subject = `Workspace "${ref.name}": importKeys`;
  const explain = explaining({ subject, action: "kms:DescribeKey", absent: `there is no key ${arn}: correct it` });
  const key = outputOf(kms.getKeyOutput({ keyId: arn, region }, options as pulumi.InvokeOutputOptions), explain);
  return key.description.apply((found) => {
    if (found === own) return own;
    throw new InputError([`${subject}: ${arn} is no key that this workspace had: its description would be "${own}"`]);
  });
}

function importedIn(importKeys: readonly string[], region: string): string | undefined {
  return importKeys.find((arn) => regionOf(arn) === region);
}

/** What differs on the key is left alone in the run that takes it over, and mended in the next one. */
function takeOver(importKeys: readonly string[], region: string): pulumi.CustomResourceOptions {
  const id = importedIn(importKeys, region)?.split("/").at(-1);
  if (id === undefined) return {};
  return {
    import: inRegion(id, region),
    ignoreChanges: ["description", "policy", "enableKeyRotation", "deletionWindowInDays", "tags"],
  };
}

/**
 * The id of something to import, in a region that may not be the provider's:
 * https://www.pulumi.com/registry/packages/aws/how-to-guides/7-0-migration/ (enhanced region support).
 */
export function inRegion(id: string, region: string): string {
  return `${id}@${region}`;
}

/** The policy of all keys of the workspace: known only where the account is the right one. */
export function keyPolicy(
  spec: WorkspaceSpec,
  scope: WorkspaceScope,
  account: pulumi.Output<string>,
): pulumi.Output<string> {
  const readers = [...spec.breakGlass, ...spec.deployers.filter((deployer) => deployer.readable)];
  return pulumi
    .all([account, comparedArns(scope, readers)])
    .apply(([, known]) => keyDocument(scope, spec.memberKms, spec.existingRoles, known));
}
