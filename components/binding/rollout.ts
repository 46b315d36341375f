import { RestartedBy, type Restarter } from "./deliveries";
import type { BindingSpec } from "./spec";
import { pauseSeconds, restartingSecrets } from "./staleness";
import { rollsOut, Workload } from "./workloads";

/** The secrets whose version stands in the pods' template, so that a `pulumi up` that finds another one rolls out. */
export function secretsInTemplate(spec: BindingSpec, restarter: Restarter): string[] {
  const { workload, reader } = spec;
  const isOurs = reader === undefined && restarter === RestartedBy.Pulumi && rollsOut(workload);
  return isOurs ? restartingSecrets(spec) : [];
}

/** The name says which secret, the value which version: never anything of the value (Reloader#594). */
export function versionAnnotationOf(secretName: string): string {
  return `secrets.vantedge.run/${secretName}`;
}

/**
 * What Reloader goes by: https://github.com/stakater/Reloader. Where it is not the one that restarts, it is kept away,
 * also where it watches the whole cluster: it would restart twice, run a CronJob at once (Reloader#543), and run a Job
 * again.
 */
export function workloadAnnotations(
  { delivery, workload }: BindingSpec,
  restarter: Restarter,
  names: readonly string[],
): Record<string, string> {
  if (restarter !== RestartedBy.Reloader) return { "reloader.stakater.com/auto": "false" };
  // Several that change together are one rollout (Reloader#110).
  const pauses = workload === Workload.Deployment && names.length > 1;
  const kind = delivery === "csi" ? "secretproviderclass" : "secret";
  return {
    ...(names.length > 0 ? { [`${kind}.reloader.stakater.com/reload`]: names.join(",") } : {}),
    ...(pauses ? { "deployment.reloader.stakater.com/pause-period": `${pauseSeconds}s` } : {}),
  };
}
