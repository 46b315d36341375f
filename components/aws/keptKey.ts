import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { SecretFacts } from "../backend";
import { beforeHook } from "../hooks";
import { found, lookupOptions } from "../lookup";
import { cloudName, hookName } from "./secretName";

/**
 * Before a value is written: is the secret still under the key that the state knows? Whoever may do `UpdateSecret` can put
 * it under another one, and the next value would be under that
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_update-encryption-key.html). Pulumi sees that with a
 * refresh only. Asks for metadata only; in a preview nothing is written.
 */
export function refuseForeignKey(
  name: string,
  { workspace, secretName }: SecretFacts,
  keyId: pulumi.Output<string | undefined>,
  options: pulumi.CustomResourceOptions,
): pulumi.ResourceHook {
  const isPreview = pulumi.runtime.isDryRun();
  let known: string | undefined;
  keyId.apply((key) => {
    known = key;
  });
  return beforeHook(hookName("is-under-its-key", workspace, secretName), async () => {
    if (isPreview) return;
    const query = { name: cloudName(workspace, secretName), region: workspace.region as string };
    const secret = await found(secretsmanager.getSecret(query, lookupOptions(options)));
    if (secret === undefined || secret.kmsKeyId === known) return;
    throw new Error(
      `Secret "${name}": somebody has put it under ${secret.kmsKeyId || "the key aws/secretsmanager"}, and a value is written ` +
        'under the workspace\'s key only: run "pulumi up --refresh", which puts it back under that',
    );
  });
}
