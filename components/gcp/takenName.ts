import * as secretmanager from "@pulumi/gcp/secretmanager";
import * as pulumi from "@pulumi/pulumi";
import { found, lookupOptions } from "../lookup";
import type { WorkspaceRef } from "../workspaceRef";
import { secretIdOf, secretPath } from "./names";

/**
 * Before a secret is created, in previews as well: is its id free? Runs for new secrets, and for those that Google can't
 * change as asked: then it is their own id that is taken, and nothing is lost. Asks for metadata only.
 */
export function refuseTakenName(
  workspace: WorkspaceRef,
  secretName: string,
  options: pulumi.CustomResourceOptions,
): pulumi.ResourceHook {
  const path = secretPath(workspace, secretName);
  const lookup = lookupOptions(options);
  const query = { project: workspace.projectId as string, secretId: secretIdOf(workspace, secretName) };
  return new pulumi.ResourceHook(
    `vantedge-secrets:name-is-free:${path}`,
    async () => {
      const existing =
        workspace.location === undefined
          ? await found(secretmanager.getSecret(query, lookup))
          : await found(secretmanager.getRegionalSecret({ ...query, location: workspace.location }, lookup));
      if (existing === undefined) return;
      throw new Error(
        `the secret ${path} is there already: choose another name, or take it over: set import: "${path}" on the secret, run ` +
          '"pulumi up", and remove import again. Where this program made it, Google can\'t change where its values are kept: ' +
          "make another secret",
      );
    },
    { onDryRun: true },
  );
}
