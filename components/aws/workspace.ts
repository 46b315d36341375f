import * as pulumi from "@pulumi/pulumi";
import { Listing } from "../access";
import type { WorkspaceParts, WorkspaceSpec } from "../backend";
import { verifiedAccount } from "./account";
import { createCommand, updateCommand } from "./commands";
import type { Access } from "./iam";
import { createKeys } from "./keys";
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
  const keys = createKeys(name, spec, scope, account, options);
  const keyArns = pulumi.all(keys);
  const access = accessOf(name, spec, keyArns, options);
  const roles = { workspace: spec, scope, account, access };
  const [keyArn] = keys as [pulumi.Output<string>];
  return {
    keyArn,
    roleArns: createRoles(name, roles, options),
    rotatorRoleArn: spec.rotator ? createRotator(name, spec, scope, account, keyArns, options) : undefined,
    createCommand: keyArn.apply((arn) => createCommand(scope, arn)),
    updateCommand: pulumi.output(updateCommand(scope)),
  };
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
