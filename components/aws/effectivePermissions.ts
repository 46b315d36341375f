import { Listing } from "../access";
import { type Permission, permissions } from "../roles";
import { evaluator } from "./evaluator/evaluator";
import type { Policies } from "./evaluator/policies";
import type { AccessRequest } from "./evaluator/request";
import { type Access, functionStart, partitionOf, type WorkspaceScope } from "./iam";

/** Whether a principal may do what a permission of the matrix names, by permission. Absent: it can't be decided. */
export type EffectivePermissions = Record<string, boolean>;

/**
 * What a role may really do, decided from the documents that it and the key carry: each permission by every check that
 * AWS makes for it (facts/iam.md 1.2 and 7). Nothing is taken from the role matrix.
 */
export function effectivePermissions(
  principal: string,
  policies: Omit<Policies, "accountId">,
  scope: WorkspaceScope,
  access: Access,
): EffectivePermissions {
  const decide = evaluator({ ...policies, accountId: scope.accountId });
  const checks = checksOf(scope, access);
  const may = (check: Check) => decide({ ...check, principal }).decision;
  const decided = permissions.flatMap((permission): [Permission, boolean][] => {
    const decisions = checks[permission].map(may);
    return decisions.includes("unknown") ? [] : [[permission, decisions.every((decision) => decision === "allowed")]];
  });
  return Object.fromEntries(decided);
}

type Check = Omit<AccessRequest, "principal">;

/** A stored version's id has 32 to 64 characters: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutSecretValue.html */
const storedVersion = "00000000-0000-0000-0000-000000000000";

function checksOf(scope: WorkspaceScope, access: Access): Record<Permission, Check[]> {
  const [region] = scope.regions as [string];
  const [key] = access.keyArns as [string];
  const partition = partitionOf(region);
  const name = `${scope.prefix}/${scope.workspace}/any`;
  const secret = `arn:${partition}:secretsmanager:${region}:${scope.accountId}:secret:${name}-AbCdEf`;
  const tagged = { "aws:ResourceTag/vantedge-workspace": scope.workspace };
  const tagging = { "aws:RequestTag/vantedge-workspace": scope.workspace, "aws:TagKeys": ["vantedge-workspace"] };

  const on = (action: string, context: AccessRequest["context"] = {}): Check => ({
    action: `secretsmanager:${action}`,
    resource: secret,
    context: { ...tagged, ...context },
  });
  const crypto = (action: string, version: string): Check => ({
    action: `kms:${action}`,
    resource: key,
    context: {
      "kms:ViaService": `secretsmanager.${region}.amazonaws.com`,
      "kms:EncryptionContext:SecretARN": secret,
      "kms:EncryptionContext:SecretVersionId": version,
    },
  });
  const encrypt = crypto("GenerateDataKey", storedVersion);
  const create = { "secretsmanager:Name": name, "secretsmanager:KmsKeyArn": key, ...tagging };
  const rotator = `arn:${partition}:lambda:${region}:${scope.accountId}:function:${functionStart(scope.workspace)}rotate`;

  return {
    create: [
      { action: "secretsmanager:CreateSecret", resource: secret, context: create },
      { action: "secretsmanager:TagResource", resource: secret, context: tagging },
      encrypt,
      crypto("Decrypt", "RequestToValidateKeyAccess"),
    ],
    list: [on("DescribeSecret"), listing(access)],
    retrieve: [on("GetSecretValue"), crypto("Decrypt", storedVersion)],
    update: [on("PutSecretValue"), encrypt],
    delete: [on("DeleteSecret", { "secretsmanager:RecoveryWindowInDays": "30" })],
    resourcePolicy: [on("PutResourcePolicy", { "secretsmanager:BlockPublicPolicy": "true" })],
    rotation: [
      on("RotateSecret", { "secretsmanager:RotationLambdaARN": rotator }),
      { action: "lambda:InvokeFunction", resource: rotator },
    ],
    forceDelete: [on("DeleteSecret", { "secretsmanager:ForceDeleteWithoutRecovery": "true" })],
  };
}

function listing(access: Access): Check {
  if (access.listing !== Listing.Explorer) return { action: "secretsmanager:ListSecrets", resource: "*" };
  return { action: "resource-explorer-2:Search", resource: access.viewArn as string };
}
