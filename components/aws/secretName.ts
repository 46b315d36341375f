import type { WorkspaceRef } from "../workspaceRef";
import { adoptedAs, nameInArn } from "./adopted";

/** The name in Secrets Manager. With the longest parts it has 160 characters; AWS takes 512. */
export function cloudName(workspace: WorkspaceRef, secretName: string): string {
  const adopted = adoptedAs(workspace, secretName);
  if (adopted !== undefined) return nameInArn(adopted.arn);
  return `${workspace.prefix}/${workspace.name}/${secretName}`;
}

/** The name of a hook that asks a rule of a secret: hooks of a program have names of their own. */
export function hookName(rule: string, workspace: WorkspaceRef, secretName: string): string {
  return `${rule}:${workspace.accountId}:${workspace.region}:${cloudName(workspace, secretName)}`;
}
