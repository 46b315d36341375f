import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import { getPrincipalPolicySimulation, getSessionContext } from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { beforeHook } from "../hooks";
import { lookupOptions } from "../lookup";
import { deployerStatements } from "./deployer";
import type { WorkspaceScope } from "./iam";
import type { Statement } from "./policyDocument";

/**
 * What the first `up` of any workspace and secret does (test/engine/leastPrivilege.test.ts records it): without it the
 * program stops. What else the deployer's policy allows is for changes, rotation and the end, and may never be needed.
 */
export const firstActions: readonly string[] = [
  "iam:CreateRole",
  "iam:GetRole",
  "iam:GetRolePolicy",
  "iam:ListAttachedRolePolicies",
  "iam:ListRolePolicies",
  "iam:PutRolePolicy",
  "iam:TagRole",
  "kms:CreateAlias",
  "kms:CreateKey",
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:EnableKeyRotation",
  "kms:GenerateDataKey",
  "kms:GetKeyPolicy",
  "kms:GetKeyRotationStatus",
  "kms:ListAliases",
  "kms:ListResourceTags",
  "kms:TagResource",
  "secretsmanager:CreateSecret",
  "secretsmanager:DescribeSecret",
  "secretsmanager:GetResourcePolicy",
  "secretsmanager:ListSecretVersionIds",
  "secretsmanager:PutSecretValue",
  "secretsmanager:TagResource",
];

/**
 * Before a workspace is created, in previews as well: may the deployer do it? IAM is asked by simulation, which sees no
 * organization policy and is itself a permission, so what it finds is a warning, and where it can't be asked the
 * cloud's own error tells later.
 */
export function warnOfMissingPermissions(
  scope: WorkspaceScope,
  options: pulumi.CustomResourceOptions,
): pulumi.ResourceHook {
  return beforeHook(`deployer-may:${scope.accountId}:${scope.regions[0]}:${scope.workspace}`, async () => {
    const lacking = await lackingActions(scope, lookupOptions(options)).catch(() => []);
    if (lacking.length === 0) return;
    await pulumi.log.warn(
      `Workspace "${scope.workspace}": IAM says that the deployer may not ${lacking.join(", ")}: ` +
        "allow that in the policy of whoever runs pulumi up",
      options.parent,
    );
  });
}

async function lackingActions(scope: WorkspaceScope, lookup: pulumi.InvokeOptions): Promise<string[]> {
  const { arn } = await getCallerIdentity({}, lookup);
  // A session is simulated as the role that it took.
  const { issuerArn } = await getSessionContext({ arn }, lookup);
  const simulated = deployerStatements(scope).map((statement) => simulate(statement, issuerArn, lookup));
  return [...new Set((await Promise.all(simulated)).flat())];
}

async function simulate(
  { Action, Resource }: Statement,
  policySourceArn: string,
  lookup: pulumi.InvokeOptions,
): Promise<string[]> {
  const actionNames = [Action].flat().filter((action) => firstActions.includes(action));
  if (actionNames.length === 0) return [];
  const { results } = await getPrincipalPolicySimulation(
    { policySourceArn, actionNames, resourceArns: [Resource as string | string[]].flat() },
    lookup,
  );
  // A denial that hangs on a condition key is no answer: the simulation doesn't know the request's tags.
  const denied = results.filter(({ allowed, missingContextKeys }) => !allowed && missingContextKeys.length === 0);
  return denied.map(({ actionName }) => actionName);
}
