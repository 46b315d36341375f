import * as secretsmanager from "@pulumi/aws/secretsmanager";
import type * as pulumi from "@pulumi/pulumi";
import type { SecretFacts } from "../backend";
import { found, lookupOptions } from "../lookup";
import { refusedTogether } from "../refusedTogether";
import { cloudName, hookName } from "./secretName";
import { versionsIn } from "./versions";

/** Rules about values that are in the cloud already, or are not yet. */
export const valuesThatStay = refusedTogether<string>((lines) => [...lines]);

/** What to do where the program's value would replace what rotation made. */
const initialOnly = "a secret with rotation takes it as its first value only, and rotation replaces it";
const writeAnyway = "or set overwriteRotated: true to write it";

export function rotatedSince(name: string): string {
  return `Secret "${name}": value: has changed: ${initialOnly}: put the old one back, ${writeAnyway}`;
}

/**
 * Before a version is made of the first value, in previews as well: a secret that has a value already keeps it. That is
 * an existing secret that is taken over, or one whose version Pulumi no longer knows. Asks for metadata only.
 */
export function refuseOverwriting(
  name: string,
  facts: SecretFacts,
  options: pulumi.CustomResourceOptions,
): pulumi.ResourceHook {
  return valuesThatStay.hook(hookName("is-first-value", facts.workspace, facts.secretName), async () =>
    (await hasValue(facts, options))
      ? `Secret "${name}": value: there is one in the cloud: ${initialOnly}: leave value away, ${writeAnyway}`
      : undefined,
  );
}

/**
 * Before rotation is turned on for a secret that the program gives no value, in previews as well. AWS calls the function
 * then, and its templates fail where there is no current version. A secret that is made in the same run has no id yet in
 * a preview, and nobody can have put a value in.
 */
export function refuseRotatingNothing(
  name: string,
  facts: SecretFacts,
  options: pulumi.CustomResourceOptions,
): pulumi.ResourceHook {
  return valuesThatStay.hook(hookName("has-a-value", facts.workspace, facts.secretName), async ({ newInputs }) => {
    const isNew = typeof newInputs?.secretId !== "string";
    if (!isNew && (await hasValue(facts, options)) !== false) return undefined;
    return (
      `Secret "${name}": rotation: there is no value to rotate yet: give value or fields, or make the secret without ` +
      "rotation, put a value in, and then add rotation"
    );
  });
}

/** Undefined where the cloud doesn't tell. */
async function hasValue(facts: SecretFacts, options: pulumi.CustomResourceOptions): Promise<boolean | undefined> {
  const query = {
    secretId: cloudName(facts.workspace, facts.secretName),
    region: facts.workspace.region as string,
  };
  const listed = await found(secretsmanager.getSecretVersions(query, lookupOptions(options)));
  return listed && versionsIn(listed).some(({ versionStages }) => versionStages.includes("AWSCURRENT"));
}
