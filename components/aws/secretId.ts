import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import { outputOf } from "../lookup";
import type { WorkspaceRef } from "../workspaceRef";
import { inAccount } from "./account";
import { adoptedAs } from "./adopted";
import { secretMissing } from "./refusals";
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
  const explain = secretMissing(workspace, secretName, "secretsmanager:DescribeSecret");
  return outputOf(secretsmanager.getSecretOutput(query, inAccount(workspace, options)), explain).apply(
    ({ arn }) => arn,
  );
}
