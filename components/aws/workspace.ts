import * as iam from "@pulumi/aws/iam";
import * as kms from "@pulumi/aws/kms";
import { Region } from "@pulumi/aws/types/enums";
import * as pulumi from "@pulumi/pulumi";
import type { Fault, WorkspaceParts, WorkspaceSpec } from "../backend";
import { slug } from "../names";
import { type RoleName, roleNames } from "../roles";
import type { WorkspaceRef } from "../workspaceRef";
import { verifiedAccount } from "./account";
import { accessDocument, isolationDocument, keyDocument, roleName, rolePath, type WorkspaceScope } from "./iam";
import { warnOfMissingPermissions } from "./permissions";
import { knownArn, trustDocument } from "./trust";

const oneHour = 3600;

/** An alias is how another stack finds the key of a workspace (design.md 4). */
export function keyAlias(workspace: string): string {
  return `alias/vantedge-${workspace}`;
}

/** The regions that the SDK knows: a misspelt one would otherwise show as a host that is not found. */
export function workspaceFaults({ region, replicaRegions = [] }: WorkspaceRef): Fault[] {
  const known = new Set<string>(Object.values(Region));
  const faults = [
    { path: ["aws", "region"], name: region as string },
    ...replicaRegions.map((name) => ({ path: ["aws", "replicaRegions"], name })),
  ]
    .filter(({ name }) => !known.has(name))
    .map(({ path, name }) => ({
      path,
      message: `"${name}" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws`,
    }));
  if (replicaRegions.includes(region as string)) {
    faults.push({
      path: ["aws", "replicaRegions"],
      message: "holds the home region: leave it out, a replica is somewhere else",
    });
  }
  if (new Set(replicaRegions).size < replicaRegions.length) {
    faults.push({ path: ["aws", "replicaRegions"], message: "holds a region twice: keep one" });
  }
  return faults;
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
  const asking = { ...options, hooks: { beforeCreate: [warnOfMissingPermissions(scope, options)] } };
  const keys = scope.regions.map((region, index) =>
    index === 0
      ? createKey(name, "", region, keyPolicy, spec, options, asking)
      : createKey(name, `-${region}`, region, keyPolicy, spec, options),
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
  const arns = readers.map(({ arn, arnPattern }) => arnPattern ?? knownArn(scope, arn as pulumi.Input<string>));
  return pulumi.all([account, pulumi.all(arns)]).apply(([, known]) => keyDocument(scope, known));
}

/** One key for each workspace and region: what one workspace stores, the key of another can't open. */
function createKey(
  name: string,
  suffix: string,
  region: string,
  policy: pulumi.Input<string>,
  spec: WorkspaceSpec,
  options: pulumi.CustomResourceOptions,
  keyOptions = options,
): kms.Key {
  const key = new kms.Key(
    `${name}-key${suffix}`,
    {
      region,
      description: `Secrets of workspace ${spec.ref.name}`,
      policy,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags: workspaceTags(spec.ref, spec.tags),
    },
    keyOptions,
  );
  new kms.Alias(`${name}-alias${suffix}`, { region, name: keyAlias(spec.ref.name), targetKeyId: key.keyId }, options);
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
