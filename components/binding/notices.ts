import * as pulumi from "@pulumi/pulumi";
import { Delivery, Freshness, RestartedBy } from "./deliveries";
import type { BindingSpec } from "./spec";
import { restartingSecrets } from "./staleness";
import { rollsOut, startsAfresh } from "./workloads";

/** What a workload will not see by itself, said in previews as well. */
export function sayWhatIsNotSeen(name: string, spec: BindingSpec, binding: pulumi.Resource): void {
  const notice = noticeOf(spec);
  if (notice !== undefined) void pulumi.log.info(`DeploymentBinding "${name}": ${notice}`, binding);
}

function noticeOf(spec: BindingSpec): string | undefined {
  const { delivery, freshness, restartedBy, workload } = spec;
  if (spec.delivered.length === 0) return undefined;
  const restarting = restartingSecrets(spec);
  if (delivery === Delivery.Native) {
    return "delivery native delivers what pulumi up writes: a value that is changed elsewhere, by rotation or by hand, is not seen";
  }
  if (freshness === Freshness.Pinned || restarting.length === 0 || startsAfresh(workload)) return undefined;
  const secrets = restarting.join(", ");
  if (!rollsOut(workload)) return `a ${workload} replaces no pods: new values of ${secrets} come with its next pods`;
  if (restartedBy === RestartedBy.Reloader) return undefined;
  return `when ${secrets} changes elsewhere, running pods see it after the next pulumi up: with Reloader in the cluster, set restartedBy: "reloader"`;
}
