import { resourceRule, Severity } from "../../rule";
import { at, itemsOf, notYetKnown } from "../../value";

/** A running process keeps the environment that it started with: facts of each are in the binding's own inputs. */
export const envRollout = resourceRule({
  name: "vantedge-env-rollout",
  requires: "Environment variables that follow a secret's current version come with a restart",
  severity: Severity.Low,
  ids: [],
  mend: "leave restartedBy out, so that Stakater Reloader restarts the pods where the cluster has it, or bind files",
  types: ["vantedge-secrets:index:DeploymentBinding"],
  problems: ({ inputs: { workload, delivery, freshness, restartedBy, uses } }) => {
    const rolls = typeof workload === "string" && ["Deployment", "StatefulSet", "DaemonSet"].includes(workload);
    const isOutside = delivery === "references" || delivery === notYetKnown;
    if (!rolls || isOutside || freshness !== "latest" || restartedBy !== "pulumi") return [];
    return itemsOf(uses).flatMap((use, index) => {
      const as = at(use, "as");
      return as === "env" || as === "envFrom"
        ? [`uses[${index}] keeps an old value: freshness and restartedBy bring no restart`]
        : [];
    });
  },
});
