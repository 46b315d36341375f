import { Listing, MemberKms } from "../../components/access";
import { type Access, partitionOf, type WorkspaceScope } from "../../components/aws/iam";
import type { Stack, StackResource } from "../stack";
import { at, type Value } from "../value";
import { workspacesOf } from "../vantedge/workspaces/workspaces";

/** An AWS workspace of the stack, and what its documents depend on. */
export interface StackWorkspace {
  resource: StackResource;
  scope: WorkspaceScope;
  access: Access;
  /** The secrets that this stack declares in it: ARNs as Secrets Manager makes them, by the name in the workspace. */
  secrets: Record<string, string>;
}

export function awsWorkspaces(stack: Stack): StackWorkspace[] {
  return workspacesOf(stack).flatMap((resource) => {
    const { cloud, workspaceName, prefix, accountId, region, listing, memberKms } = resource.values;
    const names = [workspaceName, prefix, accountId, region];
    if (cloud !== "aws" || !names.every((name) => typeof name === "string")) return [];
    const [workspace, ownPrefix, account, home] = names as [string, string, string, string];
    const scope = { workspace, prefix: ownPrefix, accountId: account, regions: [home], adopted: [] };
    const keyArns = [keyArnOf(resource) ?? `${arnOf("kms", scope)}:key/not-made-yet`];
    const access = {
      listing: oneOf(Listing, listing) ?? Listing.Account,
      memberKms: oneOf(MemberKms, memberKms) ?? MemberKms.ValidateOnly,
      keyArns,
    };
    return [{ resource, scope, access, secrets: secretsOf(stack, scope) }];
  });
}

/** A state of before may lack it. */
function oneOf<T extends string>(known: Record<string, T>, value: Value): T | undefined {
  return Object.values(known).find((one) => one === value);
}

/** Known after the first `up`. */
function keyArnOf(workspace: StackResource): string | undefined {
  const arn = at(workspace.values, "keyArn");
  return typeof arn === "string" && arn !== "" ? arn : undefined;
}

export function arnOf(service: string, { accountId, regions }: WorkspaceScope): string {
  const [home] = regions as [string];
  return `arn:${partitionOf(home)}:${service}:${home}:${accountId}`;
}

export function secretArn(scope: WorkspaceScope, name: string): string {
  return `${arnOf("secretsmanager", scope)}:secret:${scope.prefix}/${scope.workspace}/${name}-AbCdEf`;
}

/** What documents say of all secrets is asked of one; of those with names of their own a stack may have thousands. */
const mostSecrets = 50;

function secretsOf(stack: Stack, scope: WorkspaceScope): Record<string, string> {
  const names = stack
    .ofType("vantedge-secrets:index:Secret")
    .filter(({ values }) => values.workspace === scope.workspace && values.cloud === "aws")
    .map(({ values }) => values.secretName)
    .filter((name) => typeof name === "string");
  return Object.fromEntries(names.slice(0, mostSecrets).map((name) => [name, secretArn(scope, name)]));
}
