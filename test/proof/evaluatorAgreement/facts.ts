import * as fc from "fast-check";
import type { AccessRequest } from "../../../components/aws/evaluator/request";

/** The few names that requests and policies are drawn from: few, so that they meet often. */
export const account = "111122223333";
export const otherAccount = "444455556666";

const inWorkspace = (of: string, workspace: string, role: string) =>
  `arn:aws:iam::${of}:role/vantedge/${workspace}/vantedge-${workspace}-${role}`;

const roles = [
  inWorkspace(account, "production", "member"),
  inWorkspace(account, "production", "admin"),
  inWorkspace(account, "staging", "admin"),
  `arn:aws:iam::${account}:role/vantedge/production/workload/vantedge-production--agent`,
  `arn:aws:iam::${account}:role/ci`,
  `arn:aws:iam::${otherAccount}:role/partner`,
];
/** No role that asks as such: a role that asks may be any of its sessions, see the differences. */
const sessionRoles = [
  inWorkspace(account, "production", "auditor"),
  `arn:aws:iam::${account}:role/sso/Operator`,
  `arn:aws:iam::${otherAccount}:role/guest`,
];
const sessionOf = (role: string, session: string) =>
  `${role
    .replace(":iam:", ":sts:")
    .replace(/:role\/.*\//, ":assumed-role/")
    .replace(":role/", ":assumed-role/")}/${session}`;
const users = [`arn:aws:iam::${account}:user/alice`, `arn:aws:iam::${otherAccount}:user/teams/bob`];

/** Who asks, with the ARN that conditions see. */
export const askers: readonly { principal: string; arn: string }[] = [
  ...[...roles, ...users].map((arn) => ({ principal: arn, arn })),
  ...sessionRoles.flatMap((arn) => ["one", "two"].map((session) => ({ principal: sessionOf(arn, session), arn }))),
];

/** What a resource's policy may name. */
export const named: readonly string[] = [
  ...roles,
  ...sessionRoles,
  ...users,
  ...sessionRoles.map((role) => sessionOf(role, "one")),
  account,
  otherAccount,
  `arn:aws:iam::${account}:root`,
  `arn:aws:iam::${otherAccount}:root`,
];

const secret = (path: string, region = "us-east-1", of = account) =>
  `arn:aws:secretsmanager:${region}:${of}:secret:${path}`;

export const secrets = [
  secret("vantedge/production/openai-AbCdEf"),
  secret("vantedge/production/db-AbCdEf"),
  secret("vantedge/production-eu/openai-AbCdEf"),
  secret("vantedge/staging/openai-AbCdEf"),
  secret("legacy/db-AbCdEf"),
  secret("vantedge/production/openai-AbCdEf", "eu-west-1"),
];
export const key = (workspace: string, region = "us-east-1") => `arn:aws:kms:${region}:${account}:key/${workspace}`;
export const keys = [key("production"), key("staging"), key("production", "eu-west-1")];

const validation = "RequestToValidateKeyAccess";
const version = "0f9a3c1e-1111-2222-3333-444455556666";

/** Each key with the values that a request may have, around the edges of what policies ask. */
const everywhere = {
  "aws:ResourceTag/vantedge-workspace": ["production", "staging", "Production"],
  "aws:MultiFactorAuthPresent": ["true", "false"],
  "aws:MultiFactorAuthAge": ["0", "3600", "3600.5", "90000"],
  "aws:CurrentTime": ["2026-01-01T00:00:00Z", "2026-06-30T23:59:59Z", "2026-07-01T00:00:00+00:00"],
  "aws:PrincipalTag/team": ["red", "blue", "re?"],
  "aws:SourceArn": ["arn:aws:events:us-east-1:111122223333:rule/vantedge-production"],
  "aws:UserAgent": ["Boto3", "boto3"],
} as const;
const tagging = {
  "aws:RequestTag/vantedge-workspace": ["production", "staging"],
  "aws:TagKeys": [["vantedge-workspace"], ["team"], ["team", "vantedge-workspace"], ["team", "cost"]],
} as const;
const keyUse = {
  "kms:ViaService": [
    "secretsmanager.us-east-1.amazonaws.com",
    "secretsmanager.eu-west-1.amazonaws.com",
    "s3.us-east-1.amazonaws.com",
  ],
} as const;
const encryption = {
  ...keyUse,
  "kms:EncryptionContext:SecretARN": [...secrets, validation],
  "kms:EncryptionContext:SecretVersionId": [validation, version],
} as const;

type Values = Readonly<Record<string, readonly (string | readonly string[])[]>>;

const functions = [
  "arn:aws:lambda:us-east-1:111122223333:function:vantedge-production-rotate",
  "arn:aws:lambda:us-east-1:111122223333:function:other",
  "arn:aws:lambda:eu-west-1:444455556666:function:vantedge-production-rotate",
];
/** Of every action on a secret that is there. */
const stored = { "secretsmanager:resource/AllowRotationLambdaArn": functions };

/** Every action that is asked for, with the keys of its own: https://docs.aws.amazon.com/service-authorization/latest/reference/list_secretsmanager.html */
const actions: Readonly<Record<string, { on: readonly string[]; keys: Values }>> = {
  "secretsmanager:GetSecretValue": {
    on: secrets,
    keys: { ...stored, "secretsmanager:VersionStage": ["AWSCURRENT", "AWSPREVIOUS"] },
  },
  "secretsmanager:DescribeSecret": { on: secrets, keys: stored },
  "secretsmanager:PutSecretValue": { on: secrets, keys: stored },
  "secretsmanager:CreateSecret": {
    on: secrets,
    keys: {
      ...tagging,
      "secretsmanager:Name": ["vantedge/production/openai", "vantedge/staging/openai", "legacy/db"],
      "secretsmanager:KmsKeyArn": keys,
      "secretsmanager:AddReplicaRegions": [["eu-west-1"]],
    },
  },
  "secretsmanager:UpdateSecret": {
    on: secrets,
    keys: { ...stored, "secretsmanager:KmsKeyArn": keys, "secretsmanager:KmsKeyId": ["alias/x", ...keys] },
  },
  "secretsmanager:DeleteSecret": {
    on: secrets,
    keys: { ...stored, "secretsmanager:ForceDeleteWithoutRecovery": ["true", "false"] },
  },
  "secretsmanager:TagResource": { on: secrets, keys: { ...stored, ...tagging } },
  "secretsmanager:UntagResource": { on: secrets, keys: { ...stored, "aws:TagKeys": tagging["aws:TagKeys"] } },
  "secretsmanager:GetResourcePolicy": { on: secrets, keys: stored },
  "secretsmanager:PutResourcePolicy": {
    on: secrets,
    keys: { ...stored, "secretsmanager:BlockPublicPolicy": ["true", "false"] },
  },
  "secretsmanager:RotateSecret": { on: secrets, keys: { ...stored, "secretsmanager:RotationLambdaARN": functions } },
  "secretsmanager:ReplicateSecretToRegions": { on: secrets, keys: stored },
  "secretsmanager:ListSecrets": { on: ["*"], keys: {} },
  "secretsmanager:BatchGetSecretValue": { on: ["*"], keys: {} },
  "kms:Decrypt": { on: keys, keys: encryption },
  "kms:GenerateDataKey": { on: keys, keys: encryption },
  "kms:Encrypt": { on: keys, keys: encryption },
  "kms:CreateGrant": { on: keys, keys: keyUse },
  "kms:DescribeKey": { on: keys, keys: {} },
  "kms:ScheduleKeyDeletion": { on: keys, keys: keyUse },
  "kms:ListKeys": { on: ["*"], keys: {} },
};

export const actionNames = Object.keys(actions);

/** What conditions may be about: every key, with its values. */
export const conditionValues: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    ...everywhere,
    ...Object.assign({}, ...Object.values(actions).map((action) => action.keys)),
    "aws:PrincipalArn": askers.map(({ arn }) => arn),
    "aws:PrincipalAccount": [account, otherAccount],
  } as Values).map(([name, values]) => [name, [...new Set(values.flat())]]),
);

/** A value for each key, or none. */
function context(keyed: Values): fc.Arbitrary<Record<string, string | readonly string[]>> {
  const chosen = Object.entries(keyed).map(([name, values]) =>
    fc.option(fc.constantFrom(...values), { freq: 3, nil: undefined }).map((value) => [name, value] as const),
  );
  return fc
    .tuple(...chosen)
    .map((entries) => Object.fromEntries(entries.filter(([, value]) => value !== undefined))) as fc.Arbitrary<
    Record<string, string | readonly string[]>
  >;
}

/** A request by one of `who`, for one of the actions, with what AWS always tells of who asks. */
export function request(who: readonly { principal: string; arn: string }[] = askers): fc.Arbitrary<AccessRequest> {
  return fc.constantFrom(...actionNames).chain((action) => {
    const { on, keys: own } = actions[action] as { on: readonly string[]; keys: Values };
    return fc
      .record({
        asker: fc.constantFrom(...who),
        resource: fc.constantFrom(...on),
        context: context({ ...everywhere, ...own }),
      })
      .map(({ asker, resource, context }) => ({
        principal: asker.principal,
        action,
        resource,
        context: {
          ...context,
          "aws:PrincipalArn": asker.arn,
          "aws:PrincipalAccount": asker.arn.split(":")[4] as string,
          "aws:PrincipalTag/workspace": asker.arn.includes("staging") ? "staging" : "production",
          ...(action.startsWith("kms:") && resource !== "*"
            ? { "kms:CallerAccount": asker.arn.split(":")[4] as string }
            : {}),
        },
      }));
  });
}
