import { keyOf } from "./delivered";
import { Delivery, Freshness, RestartedBy, type Restarter } from "./deliveries";
import { distinctSecrets } from "./references";
import { sourcesOf } from "./secretSync";
import type { BindingSpec } from "./spec";
import { rollsOut, startsAfresh } from "./workloads";

/** What reading costs in a cloud. */
export interface Prices {
  /** For 10,000 reads, in US dollars, decryption included. */
  tenThousandReads: number;
  /** What the provider of the CSI driver asks for at once: a whole secret, or each entry of a SecretProviderClass. */
  csiReads: "secrets" | "entries";
}

export interface Estimate {
  /** Until a value that changed elsewhere is where the workload sees it; undefined where nothing brings it. */
  worstCaseStalenessSeconds: number | undefined;
  /** What the seconds are made of, or why there are none. */
  why: string;
  /** Calls of the cloud's secret manager in 30 days. */
  estimatedApiCallsPerMonth: number;
  /** In US dollars. */
  estimatedMonthlyPrice: number;
}

const secondsPerMonth = 30 * 86_400;
/** An operator's own work, and the kubelet's or Reloader's noticing of it. */
const reactionSeconds = 20;
/**
 * A kubelet looks at each pod's volumes every minute, and up to half as much later:
 * https://kubernetes.io/docs/concepts/configuration/secret/#mounted-secrets-are-updated-automatically
 */
const kubeletSeconds = 90;
/**
 * The driver's own default, for all pods of the cluster: https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation.
 * So is that of GKE's add-on, and of its Secret Sync: https://cloud.google.com/secret-manager/docs/sync-k8-secrets
 */
const clusterPollSeconds = 120;
/** Several secrets that change together are one rollout: Reloader waits this long after one that it has started. */
export const pauseSeconds = 15;

/** The worst case for what changes elsewhere, and what reading costs. */
export function estimateOf(spec: BindingSpec, restarter: Restarter, prices: Prices): Estimate {
  const calls = callsPerMonth(spec, prices);
  return {
    ...worstCase(spec, restarter),
    estimatedApiCallsPerMonth: calls,
    estimatedMonthlyPrice: Math.round((calls / 10_000) * prices.tenThousandReads * 10_000) / 10_000,
  };
}

function worstCase(spec: BindingSpec, restarter: Restarter): Pick<Estimate, "worstCaseStalenessSeconds" | "why"> {
  const parts = [...arrival(spec), ...(restarts(spec, restarter) ?? [])];
  const never = whyNever(spec, restarter);
  if (never !== undefined) return { worstCaseStalenessSeconds: undefined, why: never };
  return {
    worstCaseStalenessSeconds: sum(parts),
    why: parts.map(([what, seconds]) => `${what} ${seconds} s`).join(", "),
  };
}

function whyNever(spec: BindingSpec, restarter: Restarter): string | undefined {
  const { delivery, freshness, reader } = spec;
  if (reader !== undefined) return "a workload outside of Kubernetes decides for itself when it reads";
  if (delivery === Delivery.Native) return "delivery native brings a changed value with the next pulumi up only";
  if (freshness === Freshness.Pinned) {
    return 'freshness "pinned" brings a value that changed elsewhere with the next pulumi up only';
  }
  if (restarts(spec, restarter) !== undefined) return undefined;
  return rollsOut(spec.workload)
    ? "environment variables change with the next pulumi up only: have Reloader restart the pods, or bind files"
    : `a ${spec.workload} replaces no pods: bind files`;
}

/** Until the value is in the cluster. */
function arrival({ delivery, refreshSeconds }: BindingSpec): Steps {
  if (delivery === Delivery.Csi) return [["the driver's polling", clusterPollSeconds]];
  const interval: [string, number] =
    delivery === Delivery.GkeSync ? ["Secret Sync's interval", clusterPollSeconds] : ["refreshSeconds", refreshSeconds];
  return [interval, ["the operator", reactionSeconds]];
}

type Steps = [what: string, seconds: number][];

/**
 * From there to the workload, by the slower of two ways that are gone side by side; undefined where nothing takes it there.
 * A pod that is started again finds the new file as well.
 */
function restarts(spec: BindingSpec, restarter: Restarter): Steps | undefined {
  const restarting = startsAfresh(spec.workload) ? [] : restartingSecrets(spec);
  if (restarting.length > 0 && restarter !== RestartedBy.Reloader) return undefined;
  const isFollowed = spec.uses.some(({ as, secret }) => as === "file" && !restarting.includes(secret));
  const byKubelet: Steps = isFollowed ? [["the kubelet", kubeletSeconds]] : [];
  const pause: Steps = restarting.length > 1 ? [["Reloader's pause", pauseSeconds]] : [];
  const byReloader: Steps = restarting.length > 0 ? [...pause, ["Reloader", reactionSeconds]] : [];
  return sum(byKubelet) > sum(byReloader) ? byKubelet : byReloader;
}

function sum(steps: Steps): number {
  return steps.reduce((total, [, seconds]) => total + seconds, 0);
}

/** The secrets of which a running pod sees a new value only when it is started again. */
export function restartingSecrets({ uses, references, defaults }: BindingSpec): string[] {
  const inSingleFiles = new Set(
    Object.values(references.single).flatMap(({ items }) => distinctSecrets(Object.values(items))),
  );
  const restarting = uses.filter(
    ({ as, secret }) =>
      as === "env" || as === "envFrom" || (as === "file" && (defaults.restartForFiles || inSingleFiles.has(secret))),
  );
  return distinctSecrets(restarting);
}

/**
 * One read for each secret and form in each interval; External Secrets reads the fields of one together. By the CSI driver
 * each pod reads: on AWS each secret, on Google Cloud each file and each variable. By Secret Sync each key is a read.
 */
function callsPerMonth(spec: BindingSpec, prices: Prices): number {
  const { delivery, freshness, delivered, refreshSeconds, expectedPods } = spec;
  if (delivered.length === 0) return 0;
  switch (delivery) {
    case Delivery.Native:
      return 0;
    case Delivery.GkeSync: {
      const keys = delivered.flatMap(sourcesOf).length;
      return Math.ceil((keys * secondsPerMonth) / clusterPollSeconds);
    }
    case Delivery.Csi:
      return Math.ceil((expectedPods * mountedReads(spec, prices) * secondsPerMonth) / clusterPollSeconds);
    case Delivery.ExternalSecrets:
      return freshness === Freshness.Pinned
        ? delivered.length
        : Math.ceil((delivered.length * secondsPerMonth) / refreshSeconds);
  }
}

/** How much one pod reads each time. */
function mountedReads({ uses }: BindingSpec, { csiReads }: Prices): number {
  const mounted = uses.filter(({ as }) => as === "env" || as === "file");
  if (csiReads === "secrets") return distinctSecrets(mounted).length;
  const [variables, files] = [mounted.filter(({ as }) => as === "env"), mounted.filter(({ as }) => as === "file")];
  // Variables of one field are one file.
  return files.length + new Set(variables.map((use) => `${use.secret} ${keyOf(use)}`)).size;
}
