import { getRole } from "@pulumi/aws/iam";
import { getKey } from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import { found, lookupOptions } from "../lookup";
import type { WorkspaceRef } from "../workspaceRef";

/** Something of a workspace that is there before the workspace is made. */
export interface TakenPart {
  workspace: WorkspaceRef;
  part: string;
}

export async function takenAlias(
  workspace: WorkspaceRef,
  alias: string,
  region: string,
  options: pulumi.CustomResourceOptions,
): Promise<TakenPart | undefined> {
  const key = await found(getKey({ keyId: alias, region }, lookupOptions(options)));
  return key === undefined ? undefined : { workspace, part: `key ${alias} in ${region}` };
}

export async function takenRole(
  workspace: WorkspaceRef,
  name: string,
  options: pulumi.CustomResourceOptions,
): Promise<TakenPart | undefined> {
  const role = await found(getRole({ name }, lookupOptions(options)));
  return role === undefined ? undefined : { workspace, part: `role ${name}` };
}

/** AWS would refuse it after a key was made, which is paid for. */
export function takenWorkspaceLines(taken: readonly TakenPart[]): string[] {
  const places = taken.map(({ workspace }) => `${workspace.accountId} ${workspace.name}`);
  return [...new Set(places)].flatMap((place) => linesOf(taken.filter((_, index) => places[index] === place)));
}

function linesOf(taken: readonly TakenPart[]): string[] {
  const [{ workspace }] = taken as [TakenPart];
  const parts = taken.map(({ part }) => part).sort();
  return [
    `workspace "${workspace.name}" is there already in account ${workspace.accountId}: ${parts.join(", ")}`,
    "where another stack makes it, refer to it with workspaceRef; where this one made it under another resource name, give " +
      "that in aliases; else choose another workspaceName (another prefix alone keeps alias and roles the same)",
  ];
}
