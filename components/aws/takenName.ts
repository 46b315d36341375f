import * as secretsmanager from "@pulumi/aws/secretsmanager";
import type * as pulumi from "@pulumi/pulumi";
import { forEachName, importCommand } from "../importSetting";
import { found, lookupOptions } from "../lookup";
import type { WorkspaceRef } from "../workspaceRef";
import { adoptedAs } from "./adopted";
import { cloudName } from "./secretName";

/** A secret that can't be created, since there is one with its name. */
export interface TakenName {
  workspace: WorkspaceRef;
  secretName: string;
  isScheduled: boolean;
}

/** Is the name free? Asks for metadata only. */
export async function takenName(
  workspace: WorkspaceRef,
  secretName: string,
  options: pulumi.CustomResourceOptions,
): Promise<TakenName | undefined> {
  const region = workspace.region as string;
  const secretId = cloudName(workspace, secretName);
  // A secret that is scheduled for deletion still lists its versions, but is no longer found by itself.
  const existing = await found(secretsmanager.getSecretVersions({ secretId, region }, lookupOptions(options)));
  if (existing === undefined) return undefined;
  const alive = await found(secretsmanager.getSecret({ name: secretId, region }, lookupOptions(options)));
  return { workspace, secretName, isScheduled: alive === undefined };
}

/** The taken names, with the commands that mend it. */
export function takenNameLines(taken: readonly TakenName[]): string[] {
  return groups(taken).flatMap((group) => {
    const [first] = group as [TakenName];
    const names = group.map(({ secretName }) => secretName).sort();
    if (adoptedAs(first.workspace, first.secretName) !== undefined) return adoptedLines(first.workspace, names);
    return first.isScheduled ? scheduledLines(first.workspace, names) : takenLines(first.workspace, names);
  });
}

/** Those of one workspace that are mended alike. */
function groups(taken: readonly TakenName[]): TakenName[][] {
  const keys = taken.map(({ workspace, secretName, isScheduled }) => {
    const isAdopted = adoptedAs(workspace, secretName) !== undefined;
    return JSON.stringify([subjectOf(workspace), workspace.prefix, isScheduled, isAdopted]);
  });
  return [...new Set(keys)].sort().map((key) => taken.filter((_, index) => keys[index] === key));
}

function subjectOf({ name, region }: WorkspaceRef): string {
  return `workspace "${name}" in ${region}`;
}

function takenLines(workspace: WorkspaceRef, names: string[]): string[] {
  const describe = aws("describe-secret", workspace, " --query ARN --output text");
  const takeOver = forEachName(names, (name) => importCommand(workspace, name, `$(${describe(name)})`));
  return [
    `${subjectOf(workspace)}: there are secrets with these names: ${names.join(", ")}`,
    `choose other names, or take the secrets over: ${takeOver}`,
  ];
}

/** `delete-secret` takes what is scheduled for deletion too: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html */
function scheduledLines(workspace: WorkspaceRef, names: string[]): string[] {
  const remove = aws("delete-secret", workspace, " --force-delete-without-recovery");
  const restore = aws("restore-secret", workspace, " --query ARN --output text");
  const takeOver = forEachName(names, (name) => importCommand(workspace, name, `$(${restore(name)})`));
  return [
    `${subjectOf(workspace)}: secrets with these names are scheduled for deletion: ${names.join(", ")}`,
    `to delete them for good: ${forEachName(names, remove)}`,
    `to restore them (the key of a destroyed workspace comes first: docs/restore.md): ${takeOver}`,
  ];
}

function adoptedLines(workspace: WorkspaceRef, names: string[]): string[] {
  return [
    `${subjectOf(workspace)}: adopted secrets are not taken over yet: ${names.join(", ")}`,
    "set import on each to its ARN, run pulumi up, and remove import again",
  ];
}

function aws(action: string, { prefix, name: workspace, region }: WorkspaceRef, more: string) {
  return (name: string) =>
    `aws secretsmanager ${action} --region ${region} --secret-id ${prefix}/${workspace}/${name}${more}`;
}
