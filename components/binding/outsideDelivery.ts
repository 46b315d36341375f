import * as pulumi from "@pulumi/pulumi";
import { backendOf } from "../backends";
import { given } from "../options";
import { Freshness } from "./deliveries";
import type { OutsideReferences } from "./outside";
import { distinctSecrets } from "./references";
import type { BindingSpec } from "./spec";
import { versionsOf } from "./versions";

/** What a workload outside of Kubernetes is configured with: identifiers, never values. */
export function referOutside(
  name: string,
  spec: BindingSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<OutsideReferences> {
  const { reader, references, workspace, freshness } = spec;
  if (reader === undefined)
    return pulumi.output<OutsideReferences>({ ecsSecrets: [], lambdaEnvironment: {}, cloudRunEnv: [] });
  const backend = backendOf(workspace.cloud);
  const secrets = distinctSecrets(Object.values(references.env));
  const secretId = (secret: string) => backend.secretId(workspace, secret, options as pulumi.InvokeOutputOptions);
  const ids = Object.fromEntries(secrets.map((secret) => [secret, secretId(secret)]));
  const versions = freshness === Freshness.Pinned ? versionsOf(name, spec, secrets, options) : {};
  const env = Object.entries(references.env).map(([variable, { secret, field }]) => [
    variable,
    { secretId: ids[secret], ...given({ field, versionId: versions[secret] }) },
  ]);
  const known = pulumi.output(Object.fromEntries(env)) as pulumi.Output<
    Parameters<typeof backend.outsideReferences>[0]
  >;
  return known.apply((all) => backend.outsideReferences(all));
}
