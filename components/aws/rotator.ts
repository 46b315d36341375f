import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import type { WorkspaceSpec } from "../backend";
import { freeNames, refuseTakenRole } from "./freeNames";
import { isolationDocument, roleName, rolePath, rotatorDocument, type WorkspaceScope } from "./iam";
import rotatorTrust from "./policies/rotatorTrust.json";
import { policyDocument } from "./policyDocument";
import { workspaceTags } from "./tags";

/**
 * The role that the workspace's rotation functions run as: the one principal besides readers, admins and owners that
 * reads values, and the only one that reads what it then replaces. It carries the guard like every other role.
 */
export function createRotator(
  name: string,
  spec: WorkspaceSpec,
  scope: WorkspaceScope,
  account: pulumi.Output<string>,
  keyArns: pulumi.Output<string[]>,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const ownName = roleName(scope.workspace, "rotator");
  const role = new iam.Role(
    `${name}-rotator`,
    {
      name: ownName,
      path: `${rolePath(scope.workspace)}rotation/`,
      description: `rotation functions of workspace ${scope.workspace}`,
      assumeRolePolicy: account.apply(() => policyDocument(rotatorTrust)),
      maxSessionDuration: 3600,
      tags: workspaceTags(spec.ref, spec.tags),
    },
    { ...options, hooks: { beforeCreate: [refuseTakenRole(spec.ref, ownName, options)] } },
  );
  freeNames.watch(role);
  const documents = {
    access: keyArns.apply((arns) => rotatorDocument(scope, arns)),
    isolation: keyArns.apply((arns) => isolationDocument(scope, arns)),
  };
  for (const [purpose, policy] of Object.entries(documents)) {
    new iam.RolePolicy(`${name}-rotator-${purpose}`, { name: purpose, role: role.name, policy }, options);
  }
  return role.arn;
}
