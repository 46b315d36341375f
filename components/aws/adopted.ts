import type { AdoptedSecretArgs, WorkspaceRef } from "../workspaceRef";

/** The existing secret that a workspace knows by a name of its own; undefined for every other secret. */
export function adoptedAs({ adopted = [] }: WorkspaceRef, secretName: string): AdoptedSecretArgs | undefined {
  return adopted.find((secret) => secret.secretName === secretName);
}

/** The name in an ARN, which ends in a hyphen and six characters that are not part of it. */
export function nameInArn(arn: string): string {
  return arn.split(":").slice(6).join(":").slice(0, -"-AbCdEf".length);
}
