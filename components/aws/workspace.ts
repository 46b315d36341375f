import * as pulumi from "@pulumi/pulumi";
import { Listing } from "../access";
import type { WorkspaceParts, WorkspaceSpec } from "../backend";
import { homeOf, verifiedAccount } from "./account";
import { createCommand, updateCommand } from "./commands";
import { breakGlassDocument, deployerDocument } from "./deployer";
import { type EffectivePermissions, effectivePermissions } from "./effectivePermissions";
import type { Access, WorkspaceScope } from "./iam";
import { createKeys, keyPolicy } from "./keys";
import { createRoles, type MadeRole } from "./roles";
import { createRotator } from "./rotator";
import { scopeOf } from "./scope";
import { createView } from "./view";

export function createWorkspace(
  name: string,
  spec: WorkspaceSpec,
  options: pulumi.CustomResourceOptions,
): WorkspaceParts {
  const scope = scopeOf(spec.ref);
  const account = verifiedAccount(homeOf(spec.ref), options);
  const policy = keyPolicy(spec, scope, account);
  const keys = createKeys(name, spec, scope, policy, options);
  const keyArns = pulumi.all(keys);
  const access = accessOf(name, spec, keyArns, options);
  const [keyArn] = keys as [pulumi.Output<string>];
  const roles = Object.entries(createRoles(name, { workspace: spec, scope, account, access }, options));
  return {
    keyArn,
    roleArns: Object.fromEntries(roles.map(([role, { arn }]) => [role, arn])),
    effectivePermissions: decided(Object.fromEntries(roles), scope, access, policy),
    rotatorRoleArn: spec.rotator ? createRotator(name, spec, scope, account, keyArns, options) : undefined,
    createCommand: keyArn.apply((arn) => createCommand(scope, arn)),
    updateCommand: pulumi.output(updateCommand(scope)),
    deployerPolicy: deployerDocument(scope, spec),
    breakGlassPolicy: breakGlassDocument(scope),
  };
}

function decided(
  roles: Record<string, MadeRole>,
  scope: WorkspaceScope,
  access: pulumi.Output<Access>,
  key: pulumi.Output<string>,
): WorkspaceParts["effectivePermissions"] {
  return pulumi.all([pulumi.output(roles), access, key]).apply(([made, known, keyText]) => {
    const each = Object.entries(made).map(([role, { arn, policies }]) => {
      const identity = [...Object.values(policies.inline), ...policies.managed];
      return [role, effectivePermissions(arn, { identity, key: keyText }, scope, known)];
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
