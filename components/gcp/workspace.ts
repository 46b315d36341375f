import type { IAMMember } from "@pulumi/gcp/projects/iammember";
import * as pulumi from "@pulumi/pulumi";
import { ProjectSharing } from "../access";
import type { WorkspaceParts, WorkspaceSpec } from "../backend";
import { waitingFor } from "../options";
import { type RoleName, roleNames } from "../roles";
import { createCommand, updateCommand } from "./commands";
import { createCustomRoles, dedicatedKinds } from "./customRoles";
import { breakGlassDefinition, deployerDefinition } from "./deployer";
import { type EffectivePermissions, effectivePermissions } from "./effectivePermissions";
import { bindingsOfRole, createBindings, permissionsByRole } from "./iam";
import { verifiedProject } from "./project";

/** A workspace is bindings on its project; what it shares is made by the project's AuditTrail, or by the organization. */
export function createWorkspace(
  name: string,
  spec: WorkspaceSpec,
  options: pulumi.CustomResourceOptions,
): WorkspaceParts {
  const { ref, sharing } = spec;
  const project = verifiedProject(ref.projectId as string, ref.projectNumber as string, options);
  const roles = makesRoles(spec) ? createCustomRoles(name, { projectId: project }, options, dedicatedKinds) : [];
  const bindings = createBindings(name, spec, project, waitingFor(options, ...roles));
  const used = roleNames.filter((role) => spec.roles[role].length > 0);
  return {
    keyArn: undefined,
    roleArns: Object.fromEntries(used.map((role) => [role, boundTo(role, spec, bindings)])),
    effectivePermissions: decided(used, spec, bindings),
    rotatorRoleArn: undefined,
    // Where a project is shared strictly, nobody who is no deployer creates anything.
    createCommand: project.apply(() => (sharing === ProjectSharing.Strict ? "" : createCommand(ref))),
    updateCommand: project.apply(() => updateCommand(ref)),
    deployerPolicy: deployerDefinition(spec),
    breakGlassPolicy: breakGlassDefinition(spec),
  };
}

function makesRoles({ sharing, roleParent }: WorkspaceSpec): boolean {
  return sharing === ProjectSharing.None && roleParent === undefined;
}

/** The role of IAM that a role of the matrix is, once somebody is bound to it. */
function boundTo(role: RoleName, spec: WorkspaceSpec, made: Map<string, IAMMember>): pulumi.Output<string> {
  const [own] = madeOf(role, spec, made) as [IAMMember];
  return own.role;
}

function decided(
  roles: readonly RoleName[],
  spec: WorkspaceSpec,
  made: Map<string, IAMMember>,
): WorkspaceParts["effectivePermissions"] {
  const bindings = roles.map((role) =>
    madeOf(role, spec, made).map(({ role: bound, member, condition }) => ({ role: bound, member, condition })),
  );
  return pulumi.output(bindings).apply((known) => {
    const each = known.map((of, index) => [roles[index], effectivePermissions(of, permissionsByRole(spec), spec.ref)]);
    return Object.fromEntries(each) as Record<string, EffectivePermissions>;
  });
}

/** The role's own binding first. */
function madeOf(role: RoleName, spec: WorkspaceSpec, made: Map<string, IAMMember>): IAMMember[] {
  return bindingsOfRole(role, spec).map(({ id }) => made.get(id) as IAMMember);
}
