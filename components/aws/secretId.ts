import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { WorkspaceRef } from "../workspaceRef";
import { adoptedAs } from "./adopted";
import { cloudName } from "./secretName";

/**
 * The whole ARN, by the whole name: ECS takes no other, and an ARN without its six characters could mean another secret.
 * It is metadata that is asked for, no value.
 */
export function secretId(
  workspace: WorkspaceRef,
  secretName: string,
  options: pulumi.InvokeOutputOptions,
): pulumi.Output<string> {
  const adopted = adoptedAs(workspace, secretName);
  if (adopted !== undefined) return pulumi.output(adopted.arn);
  const query = { name: cloudName(workspace, secretName), region: workspace.region as string };
  return secretsmanager.getSecretOutput(query, options).apply(({ arn }) => arn);
}
