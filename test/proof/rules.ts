import type { Decision } from "./simulate";

const everyRole = "viewer member admin owner";
const writers = "member admin owner";
const readers = "admin owner";
const all = `${everyRole} workload rotator`;
const crypto = "kms:Decrypt kms:Encrypt kms:GenerateDataKey* kms:ReEncrypt*";
const keyCare =
  "kms:DescribeKey kms:Get* kms:List* kms:PutKeyPolicy kms:Enable* kms:Disable* kms:Update* kms:CreateAlias kms:DeleteAlias " +
  "kms:DeleteImportedKeyMaterial kms:RevokeGrant kms:TagResource kms:UntagResource kms:ScheduleKeyDeletion kms:CancelKeyDeletion";

/**
 * Who may do what: the whole of it. A request is allowed if a rule allows it, or somebody else's policy does, and no
 * rule denies it; on a key, its policy must allow it too. The words of the last column are those of facts.ts.
 */
// biome-ignore format: a table
export const rules: readonly Rule[] = [
  // layer      effect   who                    what                                                                        where
  ["access",   "Allow", everyRole,             "DescribeSecret ListSecretVersionIds",                                      "secret=own marked=yes"],
  ["access",   "Allow", everyRole,             "ListSecrets",                                                              ""],
  ["access",   "Allow", writers,               "CreateSecret",                                                             "secret=own name=own tag=own keyArn=own replicas=no"],
  ["access",   "Allow", writers,               "TagResource",                                                              "secret=own tag=own"],
  ["access",   "Allow", writers,               "PutSecretValue DeleteSecret GetResourcePolicy",                            "secret=own marked=yes"],
  ["access",   "Allow", writers,               "TagResource UntagResource",                                                "secret=own marked=yes"],
  ["access",   "Allow", writers,               "kms:GenerateDataKey",                                                      "key=own ours=secrets for=own|validation"],
  ["access",   "Allow", writers,               "kms:Decrypt",                                                              "key=own ours=secrets for=own|validation version=validation"],
  ["access",   "Allow", writers,               "kms:DescribeKey",                                                          "key=own"],
  ["access",   "Allow", readers,               "GetSecretValue RestoreSecret UpdateSecretVersionStage CancelRotateSecret", "secret=own marked=yes"],
  ["access",   "Allow", readers,               "UpdateSecret",                                                             "secret=own marked=yes"],
  ["access",   "Allow", readers,               "BatchGetSecretValue GetRandomPassword",                                    ""],
  ["access",   "Allow", readers,               "kms:Decrypt",                                                              "key=own ours=secrets for=own"],
  ["access",   "Allow", "owner",               "PutResourcePolicy DeleteResourcePolicy ValidateResourcePolicy",            "secret=own marked=yes"],
  ["access",   "Allow", "owner",               "RotateSecret",                                                             "secret=own marked=yes"],
  ["access",   "Allow", "owner",               "lambda:InvokeFunction",                                                    "runs=own"],
  ["access",   "Allow", "workload",            "GetSecretValue DescribeSecret",                                            "secret=own marked=yes bound=yes"],
  ["access",   "Allow", "workload",            "kms:Decrypt",                                                              "key=own ours=secrets for=own bound=yes"],
  ["access",   "Allow", "rotator",             "DescribeSecret GetSecretValue PutSecretValue UpdateSecretVersionStage",    "secret=own marked=yes rotated=own"],
  ["access",   "Allow", "rotator",             "GetRandomPassword",                                                        ""],
  ["access",   "Allow", "rotator",             "kms:Decrypt kms:GenerateDataKey",                                          "key=own ours=secrets for=own"],
  ["access",   "Allow", "rotator",             "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents",               "log=own"],

  ["access",   "Deny",  "viewer member",       "GetSecretValue BatchGetSecretValue UpdateSecretVersionStage",              ""],
  ["access",   "Deny",  "viewer member",       "PutResourcePolicy DeleteResourcePolicy RotateSecret A*",                   ""],
  ["access",   "Deny",  "viewer member",       "ReplicateSecretToRegions StopReplicationToReplica",                        ""],
  ["access",   "Deny",  "viewer member",       "kms:Decrypt",                                                              "version=stored"],
  ["access",   "Deny",  "viewer member admin", "DeleteSecret",                                                             "force=yes"],

  ["guard",    "Deny",  all,                   "*",                                                                        "secret=other"],
  ["guard",    "Deny",  all,                   "CreateSecret TagResource",                                                 "tag=other"],
  ["guard",    "Deny",  all,                   "UntagResource",                                                            "untags=own"],
  ["guard",    "Deny",  all,                   "CreateSecret UpdateSecret",                                                "keyArn=other"],
  ["guard",    "Deny",  all,                   "UpdateSecret",                                                             "keyId=other"],
  ["guard",    "Deny",  all,                   "RotateSecret",                                                             "function=other"],
  ["guard",    "Deny",  all,                   "RotateSecret",                                                             "function=none rotated=none|other"],
  ["guard",    "Deny",  all,                   "PutResourcePolicy",                                                        "public=maybe"],
  ["guard",    "Deny",  all,                   "kms:*",                                                                    "key=other variables=none|other"],
  ["guard",    "Deny",  all,                   "kms:ListAliases kms:ListKeys",                                             ""],
  ["guard",    "Deny",  all,                   `${crypto} kms:CreateGrant`,                                                "ours=nothing|other variables=none|other"],

  ["key",      "Allow", "account",             keyCare,                                                                    ""],
  ["key",      "Allow", "account",             "kms:GenerateDataKey kms:Decrypt kms:Encrypt",                              "via=secrets in=own|validation"],
  ["key",      "Deny",  "everybody",           `${crypto} kms:CreateGrant`,                                                "via=nothing|other"],
  ["key",      "Deny",  "everybody",           "kms:Decrypt kms:Encrypt kms:GenerateDataKey*",                             "in=other"],
  ["key",      "Deny",  "everybody",           "kms:Decrypt",                                                              "version=stored reader=no"],

  ["lockdown", "Deny",  "everybody",           "GetSecretValue",                                                           "reader=no"],
  ["lockdown", "Deny",  "everybody",           "PutResourcePolicy DeleteResourcePolicy TagResource UntagResource",         "keeper=no"],
  ["lockdown", "Deny",  "everybody",           "RotateSecret CancelRotateSecret A* Dis*",                                  "keeper=no"],
  ["lockdown", "Deny",  "everybody",           "ReplicateSecretToRegions RemoveRegionsFromReplication",                    "keeper=no"],
  ["lockdown", "Deny",  "everybody",           "StopReplicationToReplica",                                                 "keeper=no"],
];

/** Of the role's own document, of its workspace's guard, of the key's policy, or of a secret's lockdown. */
export type Layer = "access" | "guard" | "key" | "lockdown";
export type Rule = readonly [layer: Layer, effect: Decision, who: string, what: string, where: string];
