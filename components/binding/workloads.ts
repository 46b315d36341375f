/** What runs the pods: it decides whether a changed value may restart them, and how. */
export const Workload = {
  /** Replaces its pods one after the other when their template changes. */
  Deployment: "Deployment",
  /** As a Deployment, in order. */
  StatefulSet: "StatefulSet",
  /** As a Deployment, on every node. */
  DaemonSet: "DaemonSet",
  /** Keeps the pods that it has, whatever their template becomes. */
  ReplicaSet: "ReplicaSet",
  /** Runs once: a changed template runs it again. */
  Job: "Job",
  /** Runs by the clock: a changed template counts from the next run on. */
  CronJob: "CronJob",
  /** A pod without anything that replaces it. */
  Pod: "Pod",
} as const;
export type Workload = (typeof Workload)[keyof typeof Workload];

/** Those that replace running pods by new ones when the pods' template changes. */
const rolling: readonly Workload[] = [Workload.Deployment, Workload.StatefulSet, Workload.DaemonSet];

/**
 * The pods of the others live on, or are made again, with the template that they have: what they name must stay where
 * it is.
 */
export function rollsOut(workload: Workload): boolean {
  return rolling.includes(workload);
}

/** Each run begins with what is there then. */
export function startsAfresh(workload: Workload): boolean {
  return workload === Workload.Job || workload === Workload.CronJob;
}
