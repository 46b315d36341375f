import { Freshness, RestartedBy } from "./deliveries";
import type { BindingSpec } from "./spec";
import { pauseSeconds, restartingSecrets } from "./staleness";
import { rollsOut, Workload } from "./workloads";

/**
 * The secrets whose version stands in the pods' template, so that a `pulumi up` that finds another one rolls out. With
 * pinned values the names of their Secrets do that already.
 */
export function secretsInTemplate(spec: BindingSpec): string[] {
  const { freshness, restartedBy, workload, reader } = spec;
  const isOurs =
    reader === undefined && freshness === Freshness.Latest && restartedBy === RestartedBy.Pulumi && rollsOut(workload);
  return isOurs ? restartingSecrets(spec) : [];
}

/** The name says which secret, the value which version: never anything of the value (Reloader#594). */
export function templateAnnotation(secretName: string): string {
  return `secrets.vantedge.run/${secretName}`;
}

/**
 * What Reloader goes by: https://github.com/stakater/Reloader. Where it is not the one that restarts, it is kept away,
 * also where it watches the whole cluster: it would restart twice, run a CronJob at once (Reloader#543), and run a Job
 * again.
 */
export function workloadAnnotations(spec: BindingSpec, names: readonly string[]): Record<string, string> {
  const { restartedBy, workload } = spec;
  if (restartedBy !== RestartedBy.Reloader) return { "reloader.stakater.com/auto": "false" };
  // Several that change together are one rollout (Reloader#110).
  const pauses = workload === Workload.Deployment && names.length > 1;
  return {
    ...(names.length > 0 ? { [reloadAnnotation(spec)]: names.join(",") } : {}),
    ...(pauses ? { "deployment.reloader.stakater.com/pause-period": `${pauseSeconds}s` } : {}),
  };
}

function reloadAnnotation({ delivery }: BindingSpec): string {
  return `${delivery === "csi" ? "secretproviderclass" : "secret"}.reloader.stakater.com/reload`;
}
