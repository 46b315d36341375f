import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import { found, lookupOptions } from "../lookup";
import type { WorkspaceRef } from "../workspaceRef";

/**
 * Before a secret is created, in previews as well: is its name free? A name that is taken or scheduled for deletion is
 * said with the commands that mend it, and nothing is created. Runs for new secrets only, and asks for metadata only.
 * An error hook could explain the cloud's own error, but where `pulumi destroy` fails it hides the reason: the engine
 * then says that the hook isn't registered (pkg/v3 resource/deploy/deployment.go, RunErrorHooks).
 */
export function refuseTakenName(
  workspace: WorkspaceRef,
  cloudName: string,
  options: pulumi.CustomResourceOptions,
): pulumi.ResourceHook {
  const region = workspace.region as string;
  const lookup = lookupOptions(options);
  return new pulumi.ResourceHook(
    `vantedge-secrets:name-is-free:${workspace.accountId}:${region}:${cloudName}`,
    async () => {
      // A secret that is scheduled for deletion still lists its versions, but is no longer found by itself.
      const existing = await found(secretsmanager.getSecretVersions({ secretId: cloudName, region }, lookup));
      if (existing === undefined) return;
      const alive = await found(secretsmanager.getSecret({ name: cloudName, region }, lookup));
      throw new Error(
        alive === undefined ? scheduled(cloudName, region, existing.arn) : taken(cloudName, region, alive.arn),
      );
    },
    { onDryRun: true },
  );
}

function taken(cloudName: string, region: string, arn: string): string {
  return `the secret name ${cloudName} is taken in ${region}: choose another name, or take the secret over: ${takeOver(arn)}`;
}

function scheduled(cloudName: string, region: string, arn: string): string {
  return (
    `the secret name ${cloudName} is scheduled for deletion in ${region}: run ` +
    `"aws secretsmanager restore-secret --region ${region} --secret-id ${arn}" and then take it over: ${takeOver(arn)}; ` +
    'where its workspace was destroyed too, its key comes first ("aws kms cancel-key-deletion", "aws kms enable-key"), and ' +
    "value is left away to keep what it holds: docs/restore.md has the commands"
  );
}

function takeOver(arn: string): string {
  return `set import: "${arn}" on the secret, run "pulumi up", and remove import again`;
}
