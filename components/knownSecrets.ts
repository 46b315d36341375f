import type * as pulumi from "@pulumi/pulumi";

/** A Secret of this program, as far as a binding has to know it. */
export interface KnownSecret {
  workspace: string;
  secretName: string;
  versionId: pulumi.Output<string>;
}

const secrets = new WeakMap<object, KnownSecret>();

export function rememberSecret(resource: pulumi.Resource, secret: KnownSecret): void {
  secrets.set(resource, secret);
}

/**
 * The Secrets among what a component waits for. What is in an Output or comes from another language is not seen: there
 * `values` says the same.
 */
export function secretsAmong(dependsOn: pulumi.ComponentResourceOptions["dependsOn"]): KnownSecret[] {
  const given: unknown[] = Array.isArray(dependsOn) ? dependsOn : [dependsOn];
  return given.flatMap((one) => (typeof one === "object" && one !== null ? (secrets.get(one) ?? []) : []));
}
