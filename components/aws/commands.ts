import { takingPastedValue } from "../pastedValue";
import type { WorkspaceScope } from "./iam";

/** The AWS CLI calls that the member's documents allow: with the key, the tag and nothing else that creation asks for. */
export function createCommand(scope: WorkspaceScope, keyArn: string): string {
  const command = [
    `aws secretsmanager create-secret --region ${scope.regions[0]}`,
    `--name ${scope.prefix}/${scope.workspace}/NAME`,
    `--kms-key-id ${keyArn}`,
    `--tags Key=vantedge-workspace,Value=${scope.workspace}`,
    "--secret-string file:///dev/stdin",
  ];
  return takingPastedValue(command.join(" "));
}

/** Always put-secret-value: an update of the value through update-secret may be refused (facts/iam.md 1.2). */
export function updateCommand(scope: WorkspaceScope): string {
  const command = [
    `aws secretsmanager put-secret-value --region ${scope.regions[0]}`,
    `--secret-id ${scope.prefix}/${scope.workspace}/NAME`,
    "--secret-string file:///dev/stdin",
  ];
  return takingPastedValue(command.join(" "));
}
