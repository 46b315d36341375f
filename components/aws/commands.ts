import type { WorkspaceScope } from "./iam";

/**
 * The AWS CLI calls that the member's documents allow: with the key, the tag and nothing else that creation asks for.
 * The value comes from standard input, so that it is in no process argument and no shell history.
 */
export function createCommand(scope: WorkspaceScope, keyArn: string): string {
  return [
    `aws secretsmanager create-secret --region ${scope.regions[0]}`,
    `--name ${scope.prefix}/${scope.workspace}/NAME`,
    `--kms-key-id ${keyArn}`,
    `--tags Key=vantedge-workspace,Value=${scope.workspace}`,
    "--secret-string file:///dev/stdin",
  ].join(" ");
}

/** Always put-secret-value: an update of the value through update-secret may be refused (facts/iam.md 1.2). */
export function updateCommand(scope: WorkspaceScope): string {
  return [
    `aws secretsmanager put-secret-value --region ${scope.regions[0]}`,
    `--secret-id ${scope.prefix}/${scope.workspace}/NAME`,
    "--secret-string file:///dev/stdin",
  ].join(" ");
}
