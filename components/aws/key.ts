import * as kms from "@pulumi/aws/kms";
import type * as pulumi from "@pulumi/pulumi";
import type { WorkspaceRef } from "../workspaceRef";
import { keyAlias } from "./keys";

/** The key of a workspace in its home region: the one that the reference names, else the one behind the alias. */
export function keyOf(workspace: WorkspaceRef, options: pulumi.CustomResourceOptions): pulumi.Input<string> {
  if (workspace.keyArn !== undefined) return workspace.keyArn;
  return kms.getKeyOutput(
    { keyId: keyAlias(workspace.name), region: workspace.region as string },
    options as pulumi.InvokeOutputOptions,
  ).arn;
}
