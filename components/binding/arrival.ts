import * as pulumi from "@pulumi/pulumi";
import { loadKubernetes } from "../backends";
import { InputError } from "../errors";
import type { ClusterPlace } from "../kubernetes/kubeconfig";
import type { Delivering } from "./deliver";
import type { BindingSpec } from "./spec";
import { noVersion } from "./versions";

/** A new reader's role can take AWS minutes to know, and the operator asks less and less often. */
const patienceSeconds = 300;

/**
 * The name of a Secret, once the version that is meant is in it: what takes the name starts no pod with an older value.
 * A secret without a value is not waited for.
 */
export function onceArrived(
  { name, spec, cluster }: Delivering,
  secretName: pulumi.Output<string>,
  versionId: pulumi.Output<string>,
): pulumi.Output<string> {
  const arrived = pulumi.all([secretName, versionId, cluster.place]).apply(async ([known, version, place]) => {
    if (!pulumi.runtime.isDryRun() && place !== undefined && version !== noVersion)
      await waitFor(name, spec, place, known);
    return known;
  });
  // A kubeconfig may be secret, a name is not.
  return pulumi.unsecret(arrived);
}

async function waitFor(name: string, spec: BindingSpec, place: ClusterPlace, externalSecret: string): Promise<void> {
  const namespace = spec.workspace.namespace as string;
  const apiVersion = spec.apiVersions.externalSecrets;
  const object = { apiVersion, kind: "ExternalSecret", namespace, name: externalSecret } as const;
  const { isSynced, problem } = await loadKubernetes().arrivalOf(place, object, patienceSeconds);
  if (isSynced && problem === undefined) return;
  const line = `DeploymentBinding "${name}": ExternalSecret ${namespace}/${externalSecret}`;
  const more = `"kubectl -n ${namespace} describe externalsecret ${externalSecret}" shows its events`;
  if (!isSynced) throw new InputError([`${line} is not ready after ${patienceSeconds} s: ${problem}: ${more}`]);
  void pulumi.log.warn(`${line} keeps the value that it has: ${problem}: ${more}`);
}
