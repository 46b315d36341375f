import { Workload } from "../binding/workloads";
import { type Fields, refuseInjection } from "./injection";
import { whenKnown } from "./whenKnown";

/** Where the pods' template is in a workload's arguments. A Pod is its own. */
const templatePaths: Record<Workload, string[]> = {
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  Pod: [],
};

/**
 * The fields of each `spec` (Kubernetes' API reference, 1.34), to tell one from another: `spec.template` is in five of
 * them. Of a Pod's, those that a spec of another kind might be taken for. A field that is in none says nothing.
 */
const specFields: Record<Workload, string[]> = {
  Deployment: fields(
    "minReadySeconds paused progressDeadlineSeconds replicas revisionHistoryLimit selector strategy template",
  ),
  StatefulSet: fields(
    "minReadySeconds ordinals persistentVolumeClaimRetentionPolicy podManagementPolicy replicas revisionHistoryLimit " +
      "selector serviceName template updateStrategy volumeClaimTemplates",
  ),
  DaemonSet: fields("minReadySeconds revisionHistoryLimit selector template updateStrategy"),
  ReplicaSet: fields("minReadySeconds replicas selector template"),
  Job: fields(
    "activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector " +
      "maxFailedIndexes parallelism podFailurePolicy podReplacementPolicy selector successPolicy suspend template " +
      "ttlSecondsAfterFinished",
  ),
  CronJob: fields(
    "concurrencyPolicy failedJobsHistoryLimit jobTemplate schedule startingDeadlineSeconds successfulJobsHistoryLimit " +
      "suspend timeZone",
  ),
  Pod: fields("activeDeadlineSeconds containers"),
};

const workloads = Object.values(Workload);

/** A copy with the template changed. */
export function changeTemplate(args: Fields, workload: Workload, change: (template: Fields) => Fields): Fields {
  return changeAt(args, templatePaths[workload], change) as Fields;
}

function changeAt(value: unknown, [key, ...below]: string[], change: (template: Fields) => Fields): unknown {
  return whenKnown<Fields | undefined, unknown>(value, (known = {}) =>
    key === undefined ? change(known) : { ...known, [key]: changeAt(known[key], below, change) },
  );
}

/** How an error names the list of containers. */
export function containersPath(workload: Workload): string {
  return [...templatePaths[workload], "spec", "containers"].join(".");
}

/** Refuses a workload of another kind: its values would be looked for in the wrong place, or restarted wrongly. */
export function refuseOtherWorkload(binding: string, workload: Workload, kind: unknown, spec: Fields): void {
  if (kind !== undefined && kind !== workload) refuseFound(binding, workload, [String(kind)]);
  const found = workloads.filter((candidate) => couldBe(candidate, spec));
  if (found.length > 0 && !found.includes(workload)) refuseFound(binding, workload, found);
}

function couldBe(workload: Workload, spec: Fields): boolean {
  const telling = Object.keys(spec).filter(
    (field) => spec[field] !== undefined && workloads.some((one) => specFields[one].includes(field)),
  );
  // Kubernetes makes a Job's selector itself, and takes one only with `manualSelector`.
  const isForeignSelector =
    workload === Workload.Job && spec.selector !== undefined && spec.manualSelector === undefined;
  return telling.every((field) => specFields[workload].includes(field)) && !isForeignSelector;
}

/** Only what ends may end: https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template */
export function refuseRestartPolicy(binding: string, workload: Workload, policy: unknown): void {
  if (policy === undefined || workload === Workload.Pod) return;
  const ends = policy !== "Always";
  const mayEnd = workload === Workload.Job || workload === Workload.CronJob;
  if (ends === mayEnd) return;
  refuseInjection(binding, [
    mayEnd
      ? `the pods of a ${workload} can't have restartPolicy: Always: set "OnFailure" or "Never", or the binding's ` +
        "workload to what this is"
      : `the workload looks like a Job, its restartPolicy is ${policy}: set workload: "Job" on the binding`,
  ]);
}

function refuseFound(binding: string, workload: Workload, found: string[]): void {
  const known = found.filter((kind) => (workloads as string[]).includes(kind));
  const what = `the workload looks like a ${found.join(" or ")}, not a ${workload}`;
  const set = known.map((kind) => `"${kind}"`).join(" or ");
  refuseInjection(binding, [
    known.length === 0
      ? `${what}: inject takes ${workloads.join(", ")}`
      : `${what}: set workload: ${set} on the binding`,
  ]);
}

function fields(names: string): string[] {
  return names.split(" ");
}
