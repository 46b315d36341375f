import type { LoggedRequest } from "../../../local/cloud/requestLog";
import type { Check } from "../../support/decide";
import { Call } from "./recordedCall";
import type { RecordedCloud } from "./recordedCloud";

/**
 * What IAM is asked for each API call, as the service authorization reference says
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/) and, for what Secrets Manager asks of KMS with
 * the rights of its caller, https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html.
 * One row for each action; a call without a row is an error.
 */
const rows: Record<string, (call: Call) => Check[]> = {
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: no permission, even a Deny is void.
  "sts:GetCallerIdentity": () => [],

  "secretsmanager:CreateSecret": (call) => [
    call.onNewSecret("CreateSecret", { ...call.requestTags(), ...call.keyInRequest(), ...call.replicas() }),
    ...call.withTags(() => call.onNewSecret("TagResource", call.requestTags())),
    ...call.withReplicas(() => call.onNewSecret("ReplicateSecretToRegions", call.replicas())),
    ...call.validationOf(call.keyParameter()),
    ...call.withValue(() => call.crypto("GenerateDataKey", call.keyParameter())),
  ],
  "secretsmanager:PutSecretValue": (call) => [
    call.onSecret(),
    call.crypto("GenerateDataKey", call.keyOfSecret()),
    ...call.validationOf(call.keyOfSecret()),
  ],
  "secretsmanager:UpdateSecret": (call) => [
    call.onSecret(call.keyInRequest()),
    ...call.withKey(() => call.validationOf(call.keyParameter())),
    ...call.withValue(() => call.crypto("GenerateDataKey", call.keyOfSecret())),
    ...call.withOtherKey(() => [
      call.crypto("Decrypt", call.keyOfSecret()),
      call.crypto("Encrypt", call.keyParameter()),
    ]),
  ],
  "secretsmanager:GetSecretValue": (call) => [
    call.onSecret(call.text("VersionId", "secretsmanager:VersionId")),
    call.crypto("Decrypt", call.keyOfSecret()),
  ],
  "secretsmanager:ReplicateSecretToRegions": (call) => [
    call.onSecret(call.replicas()),
    ...call.withStoredValue(() => call.crypto("Decrypt", call.keyOfSecret())),
    ...call.replicaKeys().flatMap((key) => [call.crypto("GenerateDataKey", key), call.crypto("Encrypt", key)]),
  ],
  "secretsmanager:DescribeSecret": (call) => [call.onSecret()],
  "secretsmanager:GetResourcePolicy": (call) => [call.onSecret()],
  "secretsmanager:ListSecretVersionIds": (call) => [call.onSecret()],
  "secretsmanager:TagResource": (call) => [call.onSecret(call.requestTags())],
  "secretsmanager:UntagResource": (call) => [call.onSecret(call.tagKeys())],
  "secretsmanager:RemoveRegionsFromReplication": (call) => [call.onSecret()],
  "secretsmanager:RestoreSecret": (call) => [call.onSecret()],
  "secretsmanager:DeleteSecret": (call) => [
    call.onSecret({
      ...call.text("RecoveryWindowInDays", "secretsmanager:RecoveryWindowInDays"),
      ...call.text("ForceDeleteWithoutRecovery", "secretsmanager:ForceDeleteWithoutRecovery"),
    }),
  ],
  "secretsmanager:PutResourcePolicy": (call) => [
    call.onSecret(call.text("BlockPublicPolicy", "secretsmanager:BlockPublicPolicy")),
  ],
  "secretsmanager:DeleteResourcePolicy": (call) => [call.onSecret()],
  "secretsmanager:CancelRotateSecret": (call) => [call.onSecret()],
  "secretsmanager:RotateSecret": (call) => [
    call.onSecret({
      ...call.text("RotationLambdaARN", "secretsmanager:RotationLambdaARN"),
      ...call.text("RotateImmediately", "secretsmanager:RotateImmediately"),
    }),
    { action: "lambda:InvokeFunction", resource: call.name("RotationLambdaARN"), context: {} },
  ],

  "lambda:ListFunctions": () => [{ action: "lambda:ListFunctions", resource: "*", context: {} }],
  ...rowsOf("lambda", (call) => [call.onFunction()], ["AddPermission", "GetPolicy", "RemovePermission"]),

  // https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html: tags of a new key need a permission that
  // is not restricted to particular keys.
  "kms:CreateKey": (call) => [
    { action: "kms:CreateKey", resource: "*", context: call.requestTags() },
    ...call.withTags(() => ({ action: "kms:TagResource", resource: "*", context: call.requestTags() })),
  ],
  "kms:CreateAlias": (call) => [call.onAlias(), call.onKey(call.name("TargetKeyId"))],
  "kms:UpdateAlias": (call) => [
    call.onAlias(),
    call.onKey(call.name("AliasName")),
    call.onKey(call.name("TargetKeyId")),
  ],
  "kms:DeleteAlias": (call) => [call.onAlias(), call.onKey(call.name("AliasName"))],
  "kms:ListAliases": () => [{ action: "kms:ListAliases", resource: "*", context: {} }],
  "kms:TagResource": (call) => [call.onKey(call.name("KeyId"), call.requestTags())],
  "kms:UntagResource": (call) => [call.onKey(call.name("KeyId"), call.tagKeys())],
  "kms:ScheduleKeyDeletion": (call) => [
    call.onKey(call.name("KeyId"), call.text("PendingWindowInDays", "kms:ScheduleKeyDeletionPendingWindowInDays")),
  ],
  // Of an alias that is free there is no key whose policies could be asked.
  "kms:DescribeKey": (call) => (call.isFreeAlias() ? [] : [call.onKey(call.name("KeyId"))]),
  ...rowsOf("kms", (call) => [call.onKey(call.name("KeyId"))], [
    ...["CancelKeyDeletion", "EnableKey", "EnableKeyRotation", "GetKeyPolicy", "GetKeyRotationStatus"],
    ...["ListResourceTags", "PutKeyPolicy", "UpdateKeyDescription"],
  ]),

  "iam:CreateRole": (call) => [
    call.onRole("CreateRole", call.requestTags()),
    ...call.withTags(() => call.onRole("TagRole", call.requestTags())),
  ],
  "iam:TagRole": (call) => [call.onRole("TagRole", call.requestTags())],
  "iam:UntagRole": (call) => [call.onRole("UntagRole", call.tagKeys())],
  "iam:AttachRolePolicy": (call) => [call.onRole("AttachRolePolicy", call.text("PolicyArn", "iam:PolicyARN"))],
  "iam:DetachRolePolicy": (call) => [call.onRole("DetachRolePolicy", call.text("PolicyArn", "iam:PolicyARN"))],
  ...rowsOf("iam", (call) => [call.onRole(call.request.action)], [
    ...["DeleteRole", "DeleteRolePolicy", "GetRole", "GetRolePolicy", "ListAttachedRolePolicies"],
    ...["ListInstanceProfilesForRole", "ListRolePolicies", "PutRolePolicy", "UpdateAssumeRolePolicy", "UpdateRole"],
    "UpdateRoleDescription",
  ]),
  "iam:CreatePolicy": (call) => [
    call.onPolicy("CreatePolicy", call.requestTags()),
    ...call.withTags(() => call.onPolicy("TagPolicy", call.requestTags())),
  ],
  "iam:TagPolicy": (call) => [call.onPolicy("TagPolicy", call.requestTags())],
  "iam:UntagPolicy": (call) => [call.onPolicy("UntagPolicy", call.tagKeys())],
  ...rowsOf("iam", (call) => [call.onPolicy(call.request.action)], [
    ...["CreatePolicyVersion", "DeletePolicy", "DeletePolicyVersion", "GetPolicy", "GetPolicyVersion"],
    "ListPolicyVersions",
  ]),
  "iam:SimulatePrincipalPolicy": (call) => [
    { action: "iam:SimulatePrincipalPolicy", resource: call.name("PolicySourceArn"), context: {} },
  ],
};

function rowsOf(service: string, row: (call: Call) => Check[], actions: string[]): typeof rows {
  return Object.fromEntries(actions.map((action) => [`${service}:${action}`, row]));
}

/** What IAM is asked for the request, with everything as it stood before it. */
export function checksOf(request: LoggedRequest, cloud: RecordedCloud): Check[] {
  const row = rows[`${request.service}:${request.action}`];
  if (row === undefined) throw new Error(`no row says what IAM is asked for ${request.service}:${request.action}`);
  return row(new Call(request, cloud));
}
