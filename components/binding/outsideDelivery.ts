import * as pulumi from "@pulumi/pulumi";
import { backendOf } from "../backends";
import { given } from "../options";
import { Freshness } from "./deliveries";
import type { OutsideReferences } from "./outside";
import { distinctSecrets } from "./references";
import type { BindingSpec } from "./spec";
import type { Versions } from "./versions";

/** What a workload outside of Kubernetes is configured with: identifiers, never values. */
export function referOutside(
  spec: BindingSpec,
  versions: Versions,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<OutsideReferences> {
  const { reader, references, workspace, freshness, origins } = spec;
  if (reader === undefined)
    return pulumi.output<OutsideReferences>({ ecsSecrets: [], lambdaEnvironment: {}, cloudRunEnv: [] });
  const backend = backendOf(workspace.cloud);
  const secrets = distinctSecrets(Object.values(references.env));
  const secretId = (secret: string) => backend.secretId(workspace, secret, options as pulumi.InvokeOutputOptions);
  const ids = Object.fromEntries(secrets.map((secret) => [secret, secretId(secret)]));
  const isFixed = (secret: string) => freshness === Freshness.Pinned || origins[secret]?.origin === "pinned";
  const env = Object.entries(references.env).map(([variable, { secret, field }]) => [
    variable,
    { secretId: ids[secret], ...given({ field, versionId: isFixed(secret) ? versions[secret] : undefined }) },
  ]);
  const known = pulumi.output(Object.fromEntries(env)) as pulumi.Output<
    Parameters<typeof backend.outsideReferences>[0]
  >;
  return known.apply((all) => backend.outsideReferences(all));
}
