import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import { Region } from "@pulumi/aws/types/enums";
import * as pulumi from "@pulumi/pulumi";
import type { WorkspaceParts } from "../backend";
import { slug } from "../names";
import type { PrincipalArgs } from "../principals";
import { type RoleName, roleNames } from "../roles";
import type { WorkspaceSpec } from "../workspace";
import type { WorkspaceRef } from "../workspaceRef";
import { verifiedAccount } from "./account";
import { accessDocument, isolationDocument, keyDocument, roleName, rolePath, type WorkspaceScope } from "./iam";
import { trustDocument } from "./trust";

const oneHour = 3600;

/** An alias is how another stack finds the key of a workspace (design.md 4). */
export function keyAlias(workspace: string): string {
  return `alias/vantedge-${workspace}`;
}

/** The regions that the SDK knows: a misspelt one would otherwise show as a host that is not found. */
export function workspaceProblems(spec: WorkspaceSpec): string[] {
  const known = new Set<string>(Object.values(Region));
  const { region, replicaRegions = [] } = spec.ref;
  const problems = [region as string, ...replicaRegions]
    .filter((name) => !known.has(name))
    .map((name) => `aws.region: "${name}" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws`);
  if (replicaRegions.includes(region as string)) {
    problems.push("aws.replicaRegions: holds the home region: leave it out, a replica is somewhere else");
  }
  return problems;
}

export function scopeOf(ref: WorkspaceRef): WorkspaceScope {
  return {
    workspace: ref.name,
    prefix: ref.prefix as string,
    accountId: ref.accountId as string,
    regions: [ref.region as string, ...(ref.replicaRegions ?? [])],
  };
}

export function createWorkspace(
  name: string,
  spec: WorkspaceSpec,
  options: pulumi.CustomResourceOptions,
): WorkspaceParts {
  const scope = scopeOf(spec.ref);
  const account = verifiedAccount(scope.accountId, options);
  const keyPolicy = keyPolicyOf(spec, scope, account);
  const keys = scope.regions.map((region, index) =>
    createKey(index === 0 ? name : `${name}-${region}`, region, keyPolicy, spec, options),
  );
  const keyArns = pulumi.all(keys.map((key) => key.arn));
  const made = roleNames
    .filter((role) => spec.roles[role].length > 0)
    .map((role) => [role, createRole(name, role, spec, scope, account, keyArns, options)] as const);
  return { keyArn: (keys[0] as kms.Key).arn, roleArns: Object.fromEntries(made) };
}

function keyPolicyOf(
  spec: WorkspaceSpec,
  scope: WorkspaceScope,
  account: pulumi.Output<string>,
): pulumi.Output<string> {
  const readers = [...spec.breakGlass, ...spec.deployers.filter((deployer) => deployer.readable)];
  return pulumi.all([account, pulumi.all(readers.map(arnOrPattern))]).apply(([, arns]) => keyDocument(scope, arns));
}

function arnOrPattern(principal: PrincipalArgs): pulumi.Input<string> {
  return principal.arn ?? (principal.arnPattern as string);
}

/** One key for each workspace and region: what one workspace stores, the key of another can't open. */
function createKey(
  name: string,
  region: string,
  policy: pulumi.Input<string>,
  spec: WorkspaceSpec,
  options: pulumi.CustomResourceOptions,
): kms.Key {
  const key = new kms.Key(
    `${name}-key`,
    {
      region,
      description: `Secrets of workspace ${spec.ref.name}`,
      policy,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: workspaceTags(spec.ref, spec.tags),
    },
    options,
  );
  new kms.Alias(`${name}-alias`, { region, name: keyAlias(spec.ref.name), targetKeyId: key.keyId }, options);
  return key;
}

function createRole(
  name: string,
  role: RoleName,
  spec: WorkspaceSpec,
  scope: WorkspaceScope,
  account: pulumi.Output<string>,
  keyArns: pulumi.Output<string[]>,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const trust = trustDocument(scope, spec.roles[role]);
  const created = new iam.Role(
    `${name}-${role}`,
    {
      name: roleName(scope.workspace, role),
      path: rolePath(scope.workspace),
      description: `${role} of workspace ${scope.workspace}`,
      assumeRolePolicy: pulumi.all([account, trust]).apply(([, document]) => document),
      maxSessionDuration: oneHour,
      tags: workspaceTags(spec.ref, spec.tags),
    },
    options,
  );
  const documents = {
    access: keyArns.apply((arns) => accessDocument(role, scope, arns)),
    isolation: keyArns.apply((arns) => isolationDocument(scope, arns)),
  };
  for (const [purpose, policy] of Object.entries(documents)) {
    new iam.RolePolicy(`${name}-${role}-${purpose}`, { name: purpose, role: created.name, policy }, options);
  }
  return created.arn;
}

/** Our tags win: access is decided by them. */
export function workspaceTags(ref: WorkspaceRef, tags: Record<string, string>): Record<string, string> {
  return { ...tags, "vantedge-organization": slug(ref.organization), "vantedge-workspace": ref.name };
}
