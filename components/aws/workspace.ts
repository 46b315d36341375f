import * as pulumi from "@pulumi/pulumi";
import { Listing } from "../access";
import type { WorkspaceParts, WorkspaceSpec } from "../backend";
import type { RoleName } from "../roles";
import { verifiedAccount } from "./account";
import { createCommand, updateCommand } from "./commands";
import { breakGlassDocument, deployerDocument } from "./deployer";
import { type EffectivePermissions, effectivePermissions } from "./effectivePermissions";
import type { Access, WorkspaceScope } from "./iam";
import { createKeys, keyPolicy } from "./keys";
import { policyLayout, rolePolicies } from "./rolePolicies";
import { createRoles } from "./roles";
import { createRotator } from "./rotator";
import { scopeOf } from "./scope";
import { createView } from "./view";

export function createWorkspace(
  name: string,
  spec: WorkspaceSpec,
  options: pulumi.CustomResourceOptions,
): WorkspaceParts {
  const scope = scopeOf(spec.ref);
  const account = verifiedAccount(scope.accountId, options);
  const policy = keyPolicy(spec, scope, account);
  const keys = createKeys(name, spec, scope, policy, options);
  const keyArns = pulumi.all(keys);
  const access = accessOf(name, spec, keyArns, options);
  const roles = { workspace: spec, scope, account, access };
  const [keyArn] = keys as [pulumi.Output<string>];
  const roleArns = createRoles(name, roles, options);
  return {
    keyArn,
    roleArns,
    effectivePermissions: decided(roleArns, spec, scope, access, policy),
    rotatorRoleArn: spec.rotator ? createRotator(name, spec, scope, account, keyArns, options) : undefined,
    createCommand: keyArn.apply((arn) => createCommand(scope, arn)),
    updateCommand: pulumi.output(updateCommand(scope)),
    deployerPolicy: deployerDocument(scope, spec),
    breakGlassPolicy: breakGlassDocument(scope),
  };
}

function decided(
  roleArns: WorkspaceParts["roleArns"],
  spec: WorkspaceSpec,
  scope: WorkspaceScope,
  access: pulumi.Output<Access>,
  key: pulumi.Output<string>,
): WorkspaceParts["effectivePermissions"] {
  const roles = pulumi.all(roleArns as Record<string, pulumi.Output<string>>);
  return pulumi.all([roles, access, key]).apply(([arns, known, keyText]) => {
    const each = Object.entries(arns).map(([role, arn]) => {
      const name = role as RoleName;
      const { inline, managed } = rolePolicies(name, scope, known, policyLayout(name, spec, scope));
      const policies = { identity: [...Object.values(inline), ...managed], key: keyText };
      return [role, effectivePermissions(arn, policies, scope, known)];
    });
    return Object.fromEntries(each) as Record<string, EffectivePermissions>;
  });
}

function accessOf(
  name: string,
  spec: WorkspaceSpec,
  keyArns: pulumi.Output<string[]>,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<Access> {
  const { listing, memberKms } = spec;
  if (listing !== Listing.Explorer) return keyArns.apply((arns) => ({ listing, memberKms, keyArns: arns }));
  return pulumi
    .all([keyArns, createView(name, spec, options)])
    .apply(([arns, viewArn]) => ({ listing, memberKms, keyArns: arns, viewArn }));
}
