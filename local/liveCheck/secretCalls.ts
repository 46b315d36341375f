import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  RotateSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  ValidateResourcePolicyCommand,
} from "@aws-sdk/client-secrets-manager";
import { drawName, drawValue } from "./site";
import { type Call, prepared } from "./tries";
import type { LiveWorkspace } from "./workspaces";
import type { World } from "./world";

const workspaceTag = "vantedge-workspace";

/** A secret as a member has to create it: with the key, the tag and nothing else. */
function newSecret({ site }: World, workspace: LiveWorkspace): CreateSecretCommandInput {
  return {
    Name: drawName(site, `vantedge/${workspace.name}/`),
    KmsKeyId: workspace.keyArn,
    Tags: [{ Key: workspaceTag, Value: workspace.name }],
    SecretString: drawValue(site),
  };
}

/** Creates a secret of workspace a, or of another, with what differs from the way that is right. */
export function create(
  change: (world: World) => Partial<CreateSecretCommandInput> = () => ({}),
  which: "a" | "b" = "a",
): Call {
  return ({ secrets }, world) =>
    secrets.send(new CreateSecretCommand({ ...newSecret(world, world[which]), ...change(world) }));
}

export const withMoreTags = ({ a }: World) => ({
  Tags: [
    { Key: workspaceTag, Value: a.name },
    { Key: "vantedge-organization", Value: "live-check" },
    { Key: "vantedge-type", Value: "generic" },
  ],
});
export const withoutTag = () => ({ Tags: [] });
export const withTagOfOther = ({ b }: World) => ({ Tags: [{ Key: workspaceTag, Value: b.name }] });
export const withDefaultKey = () => ({ KmsKeyId: undefined });
export const withKeyOfOther = ({ b }: World) => ({ KmsKeyId: b.keyArn });
export const withNameOfOther = ({ b, site }: World) => ({ Name: drawName(site, `vantedge/${b.name}/`) });
export const withNameOfNobody = ({ site }: World) => ({ Name: drawName(site, `${site.run}-outside-`) });
export const withReplica = ({ site }: World) => ({
  AddReplicaRegions: [{ Region: site.region === "us-west-2" ? "us-east-1" : "us-west-2" }],
});

interface Fresh {
  id: string;
  versionId: string;
  value: string;
}

/** A request about a secret that the caller made for it, so that a try can be repeated and harms no other. */
function onFresh(
  call: (as: Parameters<Call>[0], fresh: Fresh, world: World) => Promise<unknown>,
  which: "a" | "b" = "a",
): Call {
  return async (as, world) => {
    const fresh = await prepared(makeFresh(world, which));
    return call(as, fresh, world);
  };
}

async function makeFresh(world: World, which: "a" | "b"): Promise<Fresh> {
  const { secrets } = await world.clientsOf("caller");
  const input = newSecret(world, world[which]);
  const { VersionId } = await secrets.send(new CreateSecretCommand(input));
  return { id: input.Name as string, versionId: VersionId as string, value: input.SecretString as string };
}

export const put = onFresh(({ secrets }, { id }, { site }) =>
  secrets.send(new PutSecretValueCommand({ SecretId: id, SecretString: drawValue(site) })),
);

/** Succeeds where the value is the version's, and fails where it isn't: a way to guess it. */
export const putAgain = onFresh(({ secrets }, { id, versionId, value }) =>
  secrets.send(new PutSecretValueCommand({ SecretId: id, SecretString: value, ClientRequestToken: versionId })),
);

/** What the AWS provider sends for a changed description names the key; the CLI's need not. */
export function update(key: (world: World) => { KmsKeyId?: string } = () => ({})): Call {
  return onFresh(({ secrets }, { id }, world) =>
    secrets.send(new UpdateSecretCommand({ SecretId: id, Description: "changed", ...key(world) })),
  );
}

export const toOwnKey = ({ a }: World) => ({ KmsKeyId: a.keyArn });
export const toKeyOfOther = ({ b }: World) => ({ KmsKeyId: b.keyArn });
export const toAliasOfOther = ({ b }: World) => ({ KmsKeyId: `alias/vantedge-${b.name}` });
export const toDefaultKeyByAlias = () => ({ KmsKeyId: "alias/aws/secretsmanager" });
/** Means the account's default key: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html */
export const toNoKey = () => ({ KmsKeyId: "" });

export const remove = onFresh(({ secrets }, { id }) =>
  secrets.send(new DeleteSecretCommand({ SecretId: id, RecoveryWindowInDays: 7 })),
);
export const removeAtOnce = onFresh(({ secrets }, { id }) =>
  secrets.send(new DeleteSecretCommand({ SecretId: id, ForceDeleteWithoutRecovery: true })),
);
export const restore = onFresh(async ({ secrets }, { id }, world) => {
  const caller = await world.clientsOf("caller");
  await prepared(caller.secrets.send(new DeleteSecretCommand({ SecretId: id, RecoveryWindowInDays: 7 })));
  return secrets.send(new RestoreSecretCommand({ SecretId: id }));
});

export const tagOtherwise = onFresh(({ secrets }, { id }) =>
  secrets.send(new TagResourceCommand({ SecretId: id, Tags: [{ Key: "team", Value: "agents" }] })),
);
export const retag = onFresh(({ secrets }, { id }, { b }) =>
  secrets.send(new TagResourceCommand({ SecretId: id, Tags: [{ Key: workspaceTag, Value: b.name }] })),
);
export const untag = onFresh(({ secrets }, { id }) =>
  secrets.send(new UntagResourceCommand({ SecretId: id, TagKeys: [workspaceTag] })),
);

/** The secrets that the components made. By name, which CloudTrail then shows. */
export function get(which: "a" | "b" = "a"): Call {
  return ({ secrets }, world) => secrets.send(new GetSecretValueCommand({ SecretId: world[which].stored.name }));
}
export const batchGet: Call = ({ secrets }, { a }) =>
  secrets.send(new BatchGetSecretValueCommand({ SecretIdList: [a.stored.arn] }));
export const describe: Call = ({ secrets }, { a }) =>
  secrets.send(new DescribeSecretCommand({ SecretId: a.stored.name }));
export const readPolicy: Call = ({ secrets }, { a }) =>
  secrets.send(new GetResourcePolicyCommand({ SecretId: a.stored.name }));
export const list: Call = ({ secrets }) => secrets.send(new ListSecretsCommand({ MaxResults: 1 }));

/** Lets a role read, as far as a secret's own policy can. */
function invitation(roleArn: string): string {
  const Statement = [
    { Effect: "Allow", Principal: { AWS: roleArn }, Action: "secretsmanager:GetSecretValue", Resource: "*" },
  ];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

export function putPolicy(blockPublic: { BlockPublicPolicy?: boolean }): Call {
  return onFresh(({ secrets }, { id }, { a }) =>
    secrets.send(
      new PutResourcePolicyCommand({
        SecretId: id,
        ResourcePolicy: invitation(a.roleArns.admin as string),
        ...blockPublic,
      }),
    ),
  );
}

export const validatePolicy = onFresh(({ secrets }, { id }, { a }) =>
  secrets.send(
    new ValidateResourcePolicyCommand({ SecretId: id, ResourcePolicy: invitation(a.roleArns.admin as string) }),
  ),
);

/** A secret of workspace b whose policy lets a role of workspace a read it. */
export const getInvited = onFresh(async ({ secrets }, { id }, world) => {
  const { secrets: caller } = await world.clientsOf("caller");
  const ResourcePolicy = invitation(world.a.roleArns.admin as string);
  await prepared(caller.send(new PutResourcePolicyCommand({ SecretId: id, ResourcePolicy })));
  return secrets.send(new GetSecretValueCommand({ SecretId: id }));
}, "b");

/** Somebody else's function need not be there: access is decided first. */
export const rotateByOther = onFresh(async ({ secrets }, { id }, { site }) => {
  const { partition, accountId } = site.caller;
  const RotationLambdaARN = `arn:${partition}:lambda:${site.region}:${accountId}:function:${site.run}-foreign`;
  const rotation = { SecretId: id, RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 30 } };
  try {
    return await secrets.send(new RotateSecretCommand({ ...rotation, RotateImmediately: false }));
  } catch (error) {
    throw refusedFor("secretsmanager:RotateSecret", error as Error);
  }
});

/** Rotation asks for more than its own action: a refusal of another one is none of this one. */
function refusedFor(action: string, error: Error): Error {
  const named = /not authorized to perform: (\S+)/.exec(error.message)?.[1];
  if (named === undefined || named === action) return error;
  return Object.assign(new Error(error.message), { name: `${error.name} of ${named}`, $fault: "client" });
}
