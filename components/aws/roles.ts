import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkspaceSpec } from "../backend";
import { waitingFor } from "../options";
import { type RoleName, roleNames } from "../roles";
import { listOfRole } from "../workspaceSpec";
import { freeNames, refuseTakenRole } from "./freeNames";
import { type Access, roleArn, roleName, rolePath, type WorkspaceScope } from "./iam";
import { policyLayout, type RolePolicies, rolePolicies } from "./rolePolicies";
import { workspaceTags } from "./tags";
import { refuseBroken } from "./theorems";
import { trustDocument } from "./trust";

/** What the roles of a workspace are made from. */
export interface RolesSpec {
  workspace: WorkspaceSpec;
  scope: WorkspaceScope;
  /** The account, once it is known to be the right one: nothing is made before. */
  account: pulumi.Output<string>;
  access: pulumi.Output<Access>;
}

/** A role and what it carries. */
export interface MadeRole {
  arn: pulumi.Output<string>;
  policies: pulumi.Output<RolePolicies>;
}

/** The workspace's roles: those that somebody is given, and those that exist already. */
export function createRoles(
  name: string,
  spec: RolesSpec,
  options: pulumi.CustomResourceOptions,
): Partial<Record<RoleName, MadeRole>> {
  const made = roleNames.flatMap((role) => {
    const one = createOrTake(name, role, spec, options);
    return one === undefined ? [] : [[role, one] as const];
  });
  return Object.fromEntries(made);
}

function createOrTake(
  name: string,
  role: RoleName,
  spec: RolesSpec,
  options: pulumi.CustomResourceOptions,
): MadeRole | undefined {
  const { workspace, scope, account } = spec;
  const existing = workspace.existingRoles[role];
  if (existing !== undefined) {
    const roleNameOfArn = account.apply(() => existing.split("/").at(-1) as string);
    // The role may carry policies of its own: ours are told apart by the workspace.
    const inlineName = (purpose: string) => `vantedge-${scope.workspace}-${purpose}`;
    const policies = attach(name, role, roleNameOfArn, inlineName, spec, options);
    return { arn: account.apply(() => existing), policies };
  }
  if (workspace.roles[role].length === 0) return undefined;
  const trust = trustDocument(scope, `roles.${listOfRole[role]}`, workspace.roles[role]);
  const ownName = roleName(scope.workspace, role);
  const created = new iam.Role(
    `${name}-${role}`,
    {
      name: ownName,
      path: rolePath(scope.workspace),
      description: `${role} of workspace ${scope.workspace}`,
      assumeRolePolicy: account.apply(() => trust),
      maxSessionDuration: workspace.sessionHours[role] * 3600,
      tags: workspaceTags(workspace.ref, workspace.tags),
    },
    { ...options, hooks: { beforeCreate: [refuseTakenRole(workspace.ref, ownName, options)] } },
  );
  freeNames.watch(created);
  // Path and name make the ARN, so that a preview knows it; a URN is known there, and waits for the role as its ARN does.
  const arn = created.urn.apply(() => roleArn(scope, role));
  return { arn, policies: attach(name, role, created.name, (purpose) => purpose, spec, options) };
}

/**
 * Rights and guard, as rolePolicies.ts distributes them. What grows waits for what shrinks: IAM counts the inline
 * policies of a role together.
 */
function attach(
  name: string,
  role: RoleName,
  target: pulumi.Output<string>,
  inlineName: (purpose: string) => string,
  { workspace, scope, access }: RolesSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<RolePolicies> {
  const layout = policyLayout(role, workspace, scope);
  const policies = access.apply((known) => {
    const made = rolePolicies(role, scope, known, layout);
    const documents = [...Object.values(made.inline), ...made.managed];
    refuseBroken({ role, arn: roleArn(scope, role), documents }, scope, known);
    return made;
  });
  const inline = (purpose: string, ...after: pulumi.Resource[]) => {
    const policy = policies.apply((known) => known.inline[purpose] as string);
    const inputs = { name: inlineName(purpose), role: target, policy };
    return new iam.RolePolicy(`${name}-${role}-${purpose}`, inputs, waitingFor(options, ...after));
  };
  const managed = layout.managed.map((_, index) =>
    attachManaged(name, role, target, index, policies, workspace, options),
  );
  if (managed.length === 0) inline("access", inline("isolation"));
  else inline("isolation", inline("access", ...managed));
  return policies;
}

function attachManaged(
  name: string,
  role: RoleName,
  target: pulumi.Output<string>,
  index: number,
  policies: pulumi.Output<RolePolicies>,
  workspace: WorkspaceSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const logicalName = `${name}-${role}-access-${index + 1}`;
  const created = new iam.Policy(
    logicalName,
    {
      name: `${roleName(workspace.ref.name, role)}-${index + 1}`,
      path: rolePath(workspace.ref.name),
      description: `${role} of workspace ${workspace.ref.name}, part ${index + 1}`,
      policy: policies.apply(({ managed }) => managed[index] as string),
      tags: workspaceTags(workspace.ref, workspace.tags),
    },
    options,
  );
  const inputs = { role: target, policyArn: created.arn };
  return new iam.RolePolicyAttachment(`${logicalName}-attachment`, inputs, options);
}
