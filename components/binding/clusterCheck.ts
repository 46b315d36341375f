import * as pulumi from "@pulumi/pulumi";
import { loadKubernetes } from "../backends";
import type { DeploymentBindingArgs } from "../deploymentBinding";
import { InputError } from "../errors";
import type { ClusterPlace } from "../kubernetes/kubeconfig";
import type { Cluster } from "../kubernetesCluster";
import { waitingUntil } from "../options";
import { askedOnce } from "../perProgram";
import { type ClusterNeed, clusterNeeds } from "./clusterNeeds";
import type { BindingSpec } from "./spec";

type DependsOn = pulumi.ComponentResourceOptions["dependsOn"];

/** Bindings whose cluster was asked already, or is not to be asked. */
const settled = new WeakSet<DeploymentBindingArgs>();

export function withoutClusterCheck(args: DeploymentBindingArgs): DeploymentBindingArgs {
  settled.add(args);
  return args;
}

/**
 * The options with which a binding makes something only when the cluster has what that needs. What a binding waits for may
 * be the cluster, or install what is missing: then nothing is asked.
 */
export function checkingCluster(
  name: string,
  args: DeploymentBindingArgs,
  spec: BindingSpec,
  cluster: Cluster,
  { dependsOn, options }: { dependsOn: DependsOn; options: pulumi.CustomResourceOptions },
): pulumi.CustomResourceOptions {
  const needs = clusterNeeds(spec);
  if (needs.length === 0 || settled.has(args)) return options;
  const passed = cluster.place.apply(async (place) => {
    if (place !== undefined) await requireNeeds(name, needs, place, dependsOn);
  });
  return waitingUntil(options, passed);
}

async function requireNeeds(
  name: string,
  needs: ClusterNeed[],
  place: ClusterPlace,
  dependsOn: DependsOn,
): Promise<void> {
  if (!(await waitsForOursOnly(dependsOn))) return;
  const lines = await missingOnce([place, needs], () => loadKubernetes().missingAt(place, needs));
  if (lines.length === 0) return;
  throw new InputError(
    lines.map((line) => `DeploymentBinding "${name}": ${line}; where this program installs it, name that in dependsOn`),
  );
}

async function waitsForOursOnly(dependsOn: DependsOn): Promise<boolean> {
  const all: unknown[] = Array.isArray(dependsOn) ? dependsOn : dependsOn === undefined ? [] : [dependsOn];
  const resources = all.filter(pulumi.Resource.isInstance);
  // What is in an Output may be anything.
  if (resources.length < all.length) return false;
  const urns = await Promise.all(resources.map(({ urn }) => new Promise<string>((resolve) => void urn.apply(resolve))));
  return urns.every((urn) => typeOf(urn)?.startsWith("vantedge-secrets:index:"));
}

/** https://www.pulumi.com/docs/iac/concepts/resources/names/#urns: the types of its parents come before its own. */
function typeOf(urn: string): string | undefined {
  return urn.split("::")[2]?.split("$").at(-1);
}

/** Every binding of a program has the same question. */
const missingOnce = askedOnce<string[]>();
