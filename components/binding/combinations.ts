import type { Fault } from "../backend";
import { backendOf } from "../backends";
import type { DeploymentBindingArgs } from "../deploymentBinding";
import { Cloud } from "../workspaceRef";
import { Delivery, Freshness, RestartedBy } from "./deliveries";
import { isReadFor } from "./readerArgs";
import type { BindingUse } from "./references";
import type { BindingSpec } from "./spec";
import { rollsOut, startsAfresh } from "./workloads";

/** Something that would be accepted, and then not work without a word (facts/kubernetes-delivery.md d.2). */
interface Combination {
  path: keyof DeploymentBindingArgs;
  broken: (spec: BindingSpec, args: Partial<DeploymentBindingArgs>) => boolean;
  message: (spec: BindingSpec) => string;
}

const uses = (spec: BindingSpec, ...kinds: BindingUse["as"][]) => spec.uses.some(({ as }) => kinds.includes(as));
const delivers = (spec: BindingSpec) => spec.delivered.length > 0;
const isOutside = ({ reader }: BindingSpec) => reader !== undefined;
const hasSingleFiles = ({ references }: BindingSpec) => Object.keys(references.single).length > 0;
const isExternal = ({ delivery, reader }: BindingSpec) => delivery === Delivery.ExternalSecrets && reader === undefined;
const isCsi = ({ delivery }: BindingSpec) => delivery === Delivery.Csi;
const isSync = ({ delivery }: BindingSpec) => delivery === Delivery.GkeSync;
const isAddOn = (spec: BindingSpec) => isCsi(spec) && spec.workspace.cluster?.gke?.secretManagerAddOn === true;
const isPinned = ({ freshness }: BindingSpec) => freshness === Freshness.Pinned;
const withReloader = ({ restartedBy }: BindingSpec) => restartedBy === RestartedBy.Reloader;
const disabling = ({ origins }: BindingSpec) => Object.keys(origins).filter((name) => origins[name]?.disablesPrevious);
const quoted = (text: string) => `"${text}"`;

const forPods = ["workload", "delivery", "restartedBy", "refreshSeconds", "keepOnDestroy", "expectedPods"] as const;

export const combinations: readonly Combination[] = [
  ...forPods.map((path) => ({
    path,
    broken: (spec: BindingSpec, args: Partial<DeploymentBindingArgs>) => isOutside(spec) && args[path] !== undefined,
    message: () => "is for pods, and reader says that the workload is outside of Kubernetes: leave one out",
  })),
  {
    path: "freshness",
    broken: (spec) => isOutside(spec) && isPinned(spec) && !isReadFor(spec.reader),
    message: () =>
      '"pinned" is for what ECS or Cloud Run reads; a workload that reads for itself reads the latest: leave it out',
  },
  {
    // Its API describes no path with a location: https://cloud.google.com/run/docs/reference/rest/v2/Container#secretkeyselector
    path: "env",
    broken: (spec) => isOutside(spec) && spec.workspace.location !== undefined && uses(spec, "env"),
    message: () =>
      "is of secrets with the workspace's location, and Cloud Run takes global ones only: name them under secrets, and read them at run time",
  },
  {
    path: "delivery",
    broken: (spec) => (isExternal(spec) || isCsi(spec)) && delivers(spec) && spec.workspace.cluster === undefined,
    message: ({ delivery }) =>
      `${quoted(delivery)} reads with an identity of the cluster, and the workspace names none: set its kubernetes.cluster (in a reference, cluster), or delivery: "native"`,
  },
  {
    path: "secrets",
    broken: (spec) => uses(spec, "read") && !isOutside(spec) && spec.workspace.cluster === undefined,
    message: () =>
      "are read at run time by an identity of the cluster, and the workspace names none: set its kubernetes.cluster (in a reference, cluster), or reader",
  },
  {
    path: "delivery",
    broken: (spec) => isSync(spec) && !isOutside(spec) && spec.workspace.cloud !== Cloud.Gcp,
    message: () =>
      '"gke-sync" is a part of GKE and reads from Google Secret Manager, and the workspace is on AWS: use "external-secrets" or "csi"',
  },
  {
    path: "delivery",
    broken: (spec) =>
      isSync(spec) && delivers(spec) && spec.workspace.cloud === Cloud.Gcp && spec.workspace.cluster?.gke === undefined,
    message: () =>
      '"gke-sync" is a part of GKE, and the workspace names no such cluster: set its kubernetes.cluster.gke (in a reference, cluster.gke), or delivery: "native"',
  },
  {
    // external-secrets#2951: "an IAM role must be associated with service account"
    path: "delivery",
    broken: (spec) => isExternal(spec) && delivers(spec) && spec.workspace.cluster?.eksPodIdentity !== undefined,
    message: () =>
      '"external-secrets" reads with a ServiceAccount\'s token, and EKS Pod Identity gives an operator none of others: make the cluster eksIrsa, or delivery "csi"',
  },
  {
    // secrets-store-csi-driver#1288: what it synced is not renewed for pods that have ended.
    path: "env",
    broken: (spec) => isCsi(spec) && !isAddOn(spec) && uses(spec, "env") && startsAfresh(spec.workload),
    message: ({ workload }) =>
      `delivery "csi" leaves the variables of a ${workload} at old values from run to run: bind files, or use "external-secrets"`,
  },
  {
    // https://cloud.google.com/secret-manager/docs/secret-manager-managed-csi-component: secretObjects is of the other driver.
    path: "env",
    broken: (spec) => isAddOn(spec) && uses(spec, "env"),
    message: () =>
      'delivery "csi" by GKE\'s Secret Manager add-on keeps no Secrets for variables: bind files, or use "gke-sync"',
  },
  {
    path: "envFrom",
    broken: (spec) => (isCsi(spec) || isSync(spec)) && uses(spec, "envFrom"),
    message: ({ delivery }) =>
      `delivery ${quoted(delivery)} needs each field by name: list them under env, or use "external-secrets"`,
  },
  {
    path: "imagePullSecrets",
    broken: (spec) => isCsi(spec) && uses(spec, "imagePullSecret"),
    message: () =>
      'delivery "csi" has a Secret only while a pod runs, and this is needed before: use "external-secrets"',
  },
  {
    path: "tls",
    broken: (spec) => isCsi(spec) && uses(spec, "tls"),
    message: () => 'delivery "csi" has a Secret only while a pod runs: use "external-secrets"',
  },
  {
    path: "delivery",
    broken: (spec) => (isCsi(spec) || isSync(spec)) && spec.uses.some(({ template }) => template !== undefined),
    message: ({ delivery }) => `${quoted(delivery)} fills no templates: bind the fields, or use "external-secrets"`,
  },
  {
    path: "delivery",
    broken: (spec) => isCsi(spec) && isOptional(spec),
    message: () => '"csi" mounts all or nothing, so nothing is optional: use "external-secrets"',
  },
  {
    path: "delivery",
    broken: (spec) => isSync(spec) && isOptional(spec),
    message: () =>
      '"gke-sync" makes a Secret with all of its keys or none, so nothing is optional: use "external-secrets"',
  },
  {
    path: "files",
    broken: (spec) =>
      isCsi(spec) && inFolders(spec).length > 0 && !backendOf(spec.workspace.cloud).inCluster.csiMountsFolders,
    message: (spec) =>
      `delivery "csi" mounts no folders here: name ${inFolders(spec).join(", ")} without a slash, or use "external-secrets"`,
  },
  {
    path: "freshness",
    broken: (spec) => (isCsi(spec) || isSync(spec)) && isPinned(spec),
    message: ({ delivery }) =>
      `delivery ${quoted(delivery)} always reads the latest version: leave freshness out, or use "external-secrets"`,
  },
  {
    path: "freshness",
    broken: (spec) => spec.delivery === Delivery.Native && !isPinned(spec),
    message: () => 'delivery "native" knows only what pulumi up writes: use "external-secrets"',
  },
  {
    path: "freshness",
    broken: (spec) => isPinned(spec) && disabling(spec).length > 0,
    message: (spec) =>
      `"pinned" sends pods to one version, and of ${disabling(spec).join(", ")} it is disabled as soon as there is a new one: set gcp.previousVersion: "keep" there, or freshness: "latest"`,
  },
  {
    path: "restartedBy",
    broken: (spec) => withReloader(spec) && (isPinned(spec) || spec.delivery === Delivery.Native),
    message: () =>
      'pinned values are rolled out by Pulumi, and "reloader" beside it would be a second rollout: leave one out',
  },
  {
    path: "restartedBy",
    broken: (spec) => withReloader(spec) && startsAfresh(spec.workload),
    message: ({ workload }) =>
      `Reloader would start a ${workload} that nobody asked for (Reloader#543); its next run has the new value: leave restartedBy out`,
  },
  {
    path: "restartedBy",
    broken: (spec) => withReloader(spec) && !startsAfresh(spec.workload) && !rollsOut(spec.workload),
    message: ({ workload }) => `Reloader restarts no ${workload}: make it a Deployment, or leave restartedBy out`,
  },
  {
    // kubernetes#50345; https://secrets-store-csi-driver.sigs.k8s.io/known-limitations
    path: "files",
    broken: (spec) => hasSingleFiles(spec) && !rollsOut(spec.workload) && !startsAfresh(spec.workload),
    message: ({ workload }) =>
      `asFile is never updated in a running pod, and nothing restarts a ${workload}: make it a Deployment, or mount a directory`,
  },
  {
    path: "refreshSeconds",
    broken: (spec, args) =>
      args.refreshSeconds !== undefined && !isOutside(spec) && !(isExternal(spec) && !isPinned(spec)),
    message: (spec) =>
      isCsi(spec) || isSync(spec)
        ? `delivery ${quoted(spec.delivery)} refreshes as ${isSync(spec) ? "Secret Sync" : "its driver"} is set for the whole cluster: leave it out`
        : 'counts for freshness "latest" with delivery "external-secrets" only: leave it out',
  },
  {
    path: "keepOnDestroy",
    broken: (spec) => spec.keepOnDestroy && !isOutside(spec) && !isExternal(spec),
    message: () => 'keeps the Secrets of delivery "external-secrets" only: leave it out',
  },
  {
    path: "expectedPods",
    broken: (spec, args) => args.expectedPods !== undefined && !isOutside(spec) && !isCsi(spec),
    message: () => 'is for delivery "csi", where every pod reads for itself: leave it out',
  },
];

function isOptional({ references }: BindingSpec): boolean {
  const files = [...Object.values(references.files), ...Object.values(references.single)];
  const all = [...Object.values(references.env), ...files.flatMap(({ items }) => Object.values(items))];
  return all.some(({ optional }) => optional === true);
}

function inFolders({ references }: BindingSpec): string[] {
  const names = Object.values(references.files).flatMap(({ items }) => Object.keys(items));
  return names.filter((name) => name.includes("/"));
}

export function brokenCombinations(spec: BindingSpec, args: Partial<DeploymentBindingArgs>): Fault[] {
  return combinations
    .filter(({ broken }) => broken(spec, args))
    .map(({ path, message }) => ({ path: [path], message: message(spec) }));
}
