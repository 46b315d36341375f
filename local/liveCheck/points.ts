import * as commandLine from "./commandLine";
import * as explorer from "./explorer";
import * as key from "./keyCalls";
import { changesNothing, runMemberStack } from "./memberStack";
import * as secret from "./secretCalls";
import * as trail from "./trail";
import { allowed, denied, fact, notTried, type Try } from "./tries";

/** Something that AWS does and the code rests on, which no evaluator and no simulated cloud can confirm. */
export interface Point {
  id: string;
  /** What AWS does, if we are right. */
  statement: string;
  /** Where it is documented; `undocumented` where practice or inference is all there is. */
  source: string;
  try: Try;
}

const guide = "https://docs.aws.amazon.com/secretsmanager/latest/userguide";
const api = "https://docs.aws.amazon.com/secretsmanager/latest/apireference";
const kms = "https://docs.aws.amazon.com/kms/latest/developerguide";
const iam = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const sources = {
  encryption: `${guide}/security-encryption.html`,
  keys: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_secretsmanager.html",
  examples: `${guide}/auth-and-access_iam-policies.html`,
  principalArn: `${iam}/reference_policies_condition-keys.html`,
  guard: `${iam}/access_policies_boundaries.html`,
  conditions: `${kms}/conditions-kms.html`,
  put: `${api}/API_PutSecretValue.html`,
  update: `${api}/API_UpdateSecret.html`,
  remove: `${api}/API_DeleteSecret.html`,
  policy: `${api}/API_PutResourcePolicy.html`,
  validate: `${api}/API_ValidateResourcePolicy.html`,
  rotate: `${api}/API_RotateSecret.html`,
  trail: `${guide}/cloudtrail_log_entries.html`,
  issuer: "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html",
  events: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html",
  targets: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html",
  explorer: "https://docs.aws.amazon.com/resource-explorer/latest/userguide/supported-resource-types.html",
  views: "https://docs.aws.amazon.com/resource-explorer/latest/userguide/manage-views.html",
};
const undocumented = "undocumented";

const needsFunction = "needs a Lambda function: rotate a secret of a workspace that has a rotator, and look at it";

/**
 * Workspace a has listing "account" and memberKms "validate-only", b "none" and "via-service". What is allowed comes
 * first, so that a refusal further down is none of a role whose documents have not arrived yet.
 */
export const points: readonly Point[] = [
  // The documents
  {
    id: "documents-unchanged",
    statement: "IAM and KMS take the documents as written and give them back: a second `up` changes nothing",
    source: undocumented,
    try: fact(changesNothing),
  },

  // What a member does
  {
    id: "member-create",
    statement: "a member creates a secret with a value: of `Decrypt` it needs the validation of the key only",
    source: sources.encryption,
    try: allowed("a.member", secret.create()),
  },
  {
    id: "member-create-tags",
    statement: "a member creates a secret with more tags than the workspace's: `TagResource` is decided by the request",
    source: undocumented,
    try: allowed("a.member", secret.create(secret.withMoreTags)),
  },
  {
    id: "member-create-via-service",
    statement: 'a member creates a secret where `memberKms` is "via-service"',
    source: sources.encryption,
    try: allowed("b.member", secret.create(undefined, "b")),
  },
  {
    id: "member-put",
    statement: "a member puts a new value into a secret with `GenerateDataKey` alone",
    source: sources.encryption,
    try: allowed("a.member", secret.put),
  },
  {
    id: "member-read-policy",
    statement: "a member reads a secret's resource policy, as the AWS provider does",
    source: sources.keys,
    try: allowed("a.member", secret.readPolicy),
  },
  {
    id: "member-tag",
    statement: "a member gives a secret a tag of its own",
    source: sources.keys,
    try: allowed("a.member", secret.tagOtherwise),
  },
  {
    id: "member-delete",
    statement: "a member deletes a secret with a recovery window",
    source: sources.remove,
    try: allowed("a.member", secret.remove),
  },
  {
    id: "member-create-command",
    statement: "`createCommand` works as printed, in the AWS CLI",
    source: sources.examples,
    try: allowed("a.member", commandLine.create),
  },
  {
    id: "member-update-command",
    statement: "`updateCommand` works as printed, in the AWS CLI",
    source: sources.examples,
    try: allowed("a.member", commandLine.update),
  },
  {
    id: "member-stack",
    statement: "a stack that holds only secrets runs as a member: `up`, a changed value, `destroy`",
    source: undocumented,
    try: fact(runMemberStack),
  },

  // What the other roles do
  {
    id: "viewer-list",
    statement: 'a viewer lists secrets where `listing` is "account"',
    source: sources.keys,
    try: allowed("a.viewer", secret.list),
  },
  {
    id: "viewer-describe",
    statement: "a viewer describes a secret: the workspace's tag is in the request's context",
    source: sources.keys,
    try: allowed("a.viewer", secret.describe),
  },
  {
    id: "admin-get",
    statement: "an admin reads a value: `aws:PrincipalArn` of a session is its role's ARN, path included",
    source: sources.principalArn,
    try: allowed("a.admin", secret.get()),
  },
  {
    id: "admin-update",
    statement: "an admin changes a description without naming a key",
    source: sources.update,
    try: allowed("a.admin", secret.update()),
  },
  {
    id: "admin-update-own-key",
    statement: "an admin changes a description and names the key that the secret has, as the AWS provider does",
    source: undocumented,
    try: allowed("a.admin", secret.update(secret.toOwnKey)),
  },
  {
    id: "admin-restore",
    statement: "an admin restores a deleted secret: it still has its tags for IAM",
    source: undocumented,
    try: allowed("a.admin", secret.restore),
  },
  {
    id: "owner-policy",
    statement: "an owner puts a resource policy with `BlockPublicPolicy`",
    source: sources.policy,
    try: allowed("a.owner", secret.putPolicy({ BlockPublicPolicy: true })),
  },
  {
    id: "owner-validate-policy",
    statement: "an owner validates a resource policy, although `PutResourcePolicy` has a condition",
    source: sources.validate,
    try: allowed("a.owner", secret.validatePolicy),
  },
  {
    id: "owner-force-delete",
    statement: "an owner deletes a secret at once",
    source: sources.remove,
    try: allowed("a.owner", secret.removeAtOnce),
  },
  {
    id: "owner-rotate",
    statement: "an owner has a function of the workspace rotate a secret",
    source: sources.rotate,
    try: notTried(needsFunction),
  },
  {
    id: "rotator-read",
    statement:
      "a rotator works on the secrets that name its function, by `secretsmanager:resource/AllowRotationLambdaArn`",
    source: sources.keys,
    try: notTried(needsFunction),
  },

  // No way to a value
  {
    id: "member-get",
    statement: "a member does not read a value",
    source: sources.keys,
    try: denied("a.member", secret.get()),
  },
  {
    id: "member-batch-get",
    statement: "a member does not read values by `BatchGetSecretValue`",
    source: sources.keys,
    try: denied("a.member", secret.batchGet),
  },
  {
    id: "member-get-via-service",
    statement: 'a member does not read a value where `memberKms` is "via-service" either',
    source: sources.keys,
    try: denied("b.member", secret.get("b")),
  },
  {
    id: "member-guess",
    statement:
      "a member does not learn a value by putting a guess under an existing version's id: KMS refuses `Decrypt`",
    source: sources.put,
    try: denied("a.member", secret.putAgain),
  },
  {
    id: "administrator-get",
    statement: "an administrator of the account does not read a value: the key's policy refuses `Decrypt`",
    source: sources.conditions,
    try: denied("caller", secret.get()),
  },
  {
    id: "administrator-key",
    statement: "an administrator of the account does not use the key past Secrets Manager",
    source: sources.conditions,
    try: denied("caller", key.useDirectly),
  },
  {
    id: "administrator-grant",
    statement: "an administrator of the account does not grant the key's use",
    source: sources.conditions,
    try: denied("caller", key.grant),
  },
  {
    id: "administrator-foreign-secret",
    statement: "the key encrypts no secret outside of the workspace: `SecretARN` in the context is the secret's own",
    source: sources.encryption,
    try: denied("caller", secret.create(secret.withNameOfNobody)),
  },

  // No way out of the workspace
  {
    id: "create-without-tag",
    statement: "a secret is not created without the workspace's tag",
    source: sources.keys,
    try: denied("a.member", secret.create(secret.withoutTag)),
  },
  {
    id: "create-with-foreign-tag",
    statement: "a secret is not created with another workspace's tag",
    source: sources.keys,
    try: denied("a.member", secret.create(secret.withTagOfOther)),
  },
  {
    id: "create-with-foreign-name",
    statement: "a secret is not created under another workspace's names",
    source: sources.keys,
    try: denied("a.member", secret.create(secret.withNameOfOther)),
  },
  {
    id: "create-with-default-key",
    statement: "a secret is not created without naming the key: `secretsmanager:KmsKeyArn` is then absent",
    source: sources.keys,
    try: denied("a.member", secret.create(secret.withDefaultKey)),
  },
  {
    id: "create-with-foreign-key",
    statement: "a secret is not created with another workspace's key",
    source: sources.keys,
    try: denied("a.member", secret.create(secret.withKeyOfOther)),
  },
  {
    id: "create-with-replica",
    statement: "a member does not create a secret with a replica",
    source: sources.keys,
    try: denied("a.member", secret.create(secret.withReplica)),
  },
  {
    id: "update-to-foreign-key",
    statement: "a secret does not get another workspace's key: `secretsmanager:KmsKeyArn` or `KmsKeyId` tells",
    source: undocumented,
    try: denied("a.admin", secret.update(secret.toKeyOfOther)),
  },
  {
    id: "update-to-foreign-alias",
    statement: "a secret does not get another workspace's key by its alias",
    source: undocumented,
    try: denied("a.admin", secret.update(secret.toAliasOfOther)),
  },
  {
    id: "update-to-default-alias",
    statement: "a secret does not get the account's default key by its alias",
    source: undocumented,
    try: denied("a.admin", secret.update(secret.toDefaultKeyByAlias)),
  },
  {
    id: "update-to-no-key",
    statement: 'a secret does not get the account\'s default key by the key id ""',
    source: undocumented,
    try: denied("a.admin", secret.update(secret.toNoKey)),
  },
  {
    id: "member-update-to-no-key",
    statement: 'a member, who may not do `UpdateSecret`, does not get a secret under another key by the key id ""',
    source: undocumented,
    try: denied("a.member", secret.update(secret.toNoKey)),
  },
  {
    id: "retag",
    statement: "a secret does not get another workspace's tag",
    source: sources.keys,
    try: denied("a.member", secret.retag),
  },
  {
    id: "untag",
    statement: "a secret does not lose the workspace's tag",
    source: sources.keys,
    try: denied("a.member", secret.untag),
  },
  {
    id: "foreign-get",
    statement: "an admin does not read a value of another workspace",
    source: sources.guard,
    try: denied("a.admin", secret.get("b")),
  },
  {
    id: "foreign-get-invited",
    statement: "an admin does not read a value of another workspace whose secret lets it by a resource policy",
    source: sources.guard,
    try: denied("a.admin", secret.getInvited),
  },
  {
    id: "list-none",
    statement: 'a viewer does not list secrets where `listing` is "none"',
    source: sources.keys,
    try: denied("b.viewer", secret.list),
  },
  {
    id: "member-force-delete",
    statement: "a member does not delete a secret at once",
    source: sources.keys,
    try: denied("a.member", secret.removeAtOnce),
  },
  {
    id: "owner-public-policy",
    statement: "an owner does not put a resource policy without `BlockPublicPolicy`",
    source: sources.policy,
    try: denied("a.owner", secret.putPolicy({})),
  },
  {
    id: "owner-foreign-function",
    statement: "an owner does not have a function of somebody else rotate a secret",
    source: sources.keys,
    try: denied("a.owner", secret.rotateByOther),
  },

  // The other services
  {
    id: "explorer-secrets",
    statement: 'Resource Explorer knows secrets: what `listing: "explorer"` rests on',
    source: sources.explorer,
    try: fact(explorer.knowsSecrets),
  },
  {
    id: "explorer-filter",
    statement: "Resource Explorer takes a view's filter by type and tag",
    source: sources.views,
    try: fact(explorer.takesFilter),
  },
  {
    id: "explorer-search",
    statement: "a search in a workspace's view shows its secrets and no others",
    source: sources.views,
    try: notTried('needs an index, which follows hours later: search as a viewer where `listing` is "explorer"'),
  },
  {
    id: "trail-issuer",
    statement: "CloudTrail's `sessionIssuer.arn` has the role's path",
    source: sources.issuer,
    try: fact(trail.issuerHasPath),
  },
  {
    id: "trail-secret-id",
    statement: "CloudTrail shows `secretId` as it was sent, name or ARN",
    source: sources.trail,
    try: fact(trail.secretIdIsAsSent),
  },
  {
    id: "trail-denied",
    statement: "CloudTrail shows a refused read, and its `errorCode` begins with `AccessDenied`",
    source: sources.trail,
    try: fact(trail.denialHasCode),
  },
  {
    id: "trail-decrypt",
    statement: "CloudTrail shows KMS's `Decrypt` with the secret's ARN and the reader's role",
    source: sources.encryption,
    try: fact(trail.decryptNamesSecret),
  },
  {
    id: "events-read",
    statement: "EventBridge gets reads where the rule is `ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS`",
    source: sources.events,
    try: notTried("needs an audit trail: read a secret as an administrator, and wait for its alert"),
  },
  {
    id: "events-alert",
    statement: "an alert arrives at the topic: its policy and its key's let EventBridge in",
    source: sources.targets,
    try: notTried("needs an audit trail with an address that is confirmed: delete a secret, and wait for the mail"),
  },
];
