import * as pulumi from "@pulumi/pulumi";
import { loadKubernetes } from "../backends";
import { InputError } from "../errors";
import type { ReloaderAnswer, ReloaderQuestion } from "../kubernetes/reloader";
import type { Cluster } from "../kubernetesCluster";
import { askedOnce } from "../perProgram";
import { reloaderInstall } from "./clusterNeeds";
import { Delivery, Freshness, RestartedBy, type Restarter } from "./deliveries";
import type { BindingSpec } from "./spec";
import { restartingSecrets } from "./staleness";
import { rollsOut } from "./workloads";

/** Who restarts a workload, where its arguments say it. Undefined: Reloader where the cluster has it, else Pulumi. */
export function fixedRestarter(spec: BindingSpec): Restarter | undefined {
  const { restartedBy, freshness, delivery, workload, reader } = spec;
  if (restartedBy !== RestartedBy.Auto) return restartedBy;
  const changesByItself = reader === undefined && delivery !== Delivery.Native && freshness === Freshness.Latest;
  return changesByItself && rollsOut(workload) && restartingSecrets(spec).length > 0 ? undefined : RestartedBy.Pulumi;
}

/** Who restarts the workload, and the reason where it is not Reloader because of the cluster. */
export interface Restarts {
  by: Restarter;
  /** A clause, for a message that says that values wait for the next `pulumi up`. */
  why?: string;
}

/**
 * Asks the cluster where that decides. What it does not tell counts as no Reloader: then the next `pulumi up` brings what
 * is new, where nothing else would. An answer that only failed to come is no answer: a rollout would follow from it, and
 * another one from the next answer.
 */
export function restarterOf(name: string, spec: BindingSpec, cluster: Cluster): pulumi.Output<Restarts> {
  const fixed = fixedRestarter(spec);
  if (fixed === RestartedBy.Pulumi) return pulumi.output({ by: fixed });
  const question = reloaderQuestion(spec);
  // Whose kubeconfig is secret, has no secret in the answer.
  return pulumi.unsecret(
    cluster.place.apply(async (place) => {
      if (place === undefined) return unasked(fixed);
      const answer = await reloaderOnce([place, question], () => loadKubernetes().reloaderAt(place, question));
      if (answer.state === "there") return { by: RestartedBy.Reloader };
      if (fixed !== undefined) return refuseWithout(name, answer, spec);
      if (answer.state !== "silent") return { by: RestartedBy.Pulumi, why: answer.why };
      if (pulumi.runtime.isDryRun()) return { by: RestartedBy.Pulumi, why: answer.why };
      throw new InputError([
        `DeploymentBinding "${name}": restartedBy: ${answer.why}: run pulumi up again, or say who restarts the workload`,
      ]);
    }),
  );
}

export function reloaderQuestion({ workspace, delivery }: BindingSpec): ReloaderQuestion {
  return { namespace: workspace.namespace as string, csi: delivery === Delivery.Csi };
}

function unasked(fixed: Restarter | undefined): Restarts {
  if (fixed !== undefined) return { by: fixed };
  return { by: RestartedBy.Pulumi, why: "the cluster can't be asked for Reloader from here" };
}

/** Asked for, Reloader must be there. What the cluster doesn't tell is not known to be missing. */
function refuseWithout(name: string, answer: Exclude<ReloaderAnswer, { state: "there" }>, spec: BindingSpec): Restarts {
  if (answer.state !== "absent") return { by: RestartedBy.Reloader };
  throw new InputError([
    `DeploymentBinding "${name}": restartedBy: ${answer.why}: run "${reloaderInstall(spec)}", or leave restartedBy out`,
  ]);
}

/** Bindings of one namespace have the same question. */
const reloaderOnce = askedOnce<ReloaderAnswer>();
