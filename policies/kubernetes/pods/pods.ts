import { at, entriesOf, isSet, itemsOf, notYetKnown, type Value, type Values } from "../../value";

/** Where the pods' template is, by kind; a Pod is its own. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/ */
const templates: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  PodTemplate: ["template"],
  Deployment: ["spec", "template"],
  StatefulSet: ["spec", "template"],
  DaemonSet: ["spec", "template"],
  ReplicaSet: ["spec", "template"],
  ReplicationController: ["spec", "template"],
  Job: ["spec", "template"],
  CronJob: ["spec", "jobTemplate", "spec", "template"],
  Rollout: ["spec", "template"],
  Service: ["spec", "template"],
};

/** Kinds that replace running pods when their template changes. */
const rolling = ["Deployment", "StatefulSet", "DaemonSet", "Rollout"];

const served: Readonly<Record<string, readonly string[]>> = {
  "core/v1": ["Pod", "PodTemplate", "ReplicationController"],
  "apps/v1": ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"],
  "apps/v1beta1": ["Deployment", "StatefulSet"],
  "apps/v1beta2": ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"],
  "extensions/v1beta1": ["Deployment", "DaemonSet", "ReplicaSet"],
  "batch/v1": ["Job", "CronJob"],
  "batch/v1beta1": ["CronJob"],
  "batch/v2alpha1": ["CronJob"],
  // Custom resources that are pods' templates to whoever writes them.
  "argoproj.io/v1alpha1": ["Rollout"],
  "serving.knative.dev/v1": ["Service"],
};

const wholeTypes = Object.entries(served).flatMap(([version, kinds]) =>
  kinds.map((kind) => `kubernetes:${version}:${kind}`),
);

/** Resources that are whole: what such a one leaves out has Kubernetes' default. */
export const podTypes = wholeTypes as [string, ...string[]];
/** With those that change a part of what is there: https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply */
export const podAndPatchTypes = [...podTypes, ...podTypes.map((type) => `${type}Patch`)] as [string, ...string[]];
export const rollingTypes = podTypes.filter((type) => rolling.includes(kindOf(type))) as [string, ...string[]];

export interface Pods {
  /** Where their spec is, for a message: `spec.template.spec`. */
  path: string;
  spec: Value;
  annotations: Value;
}

export function podsOf(type: string, inputs: Values): Pods {
  const way = templates[kindOf(type)] ?? [];
  return {
    path: [...way, "spec"].join("."),
    spec: at(inputs, ...way, "spec"),
    annotations: at(inputs, ...way, "metadata", "annotations"),
  };
}

export interface Container {
  path: string;
  container: Value;
}

const lists = ["containers", "initContainers", "ephemeralContainers"];

export function containersOf({ path, spec }: Pods): Container[] {
  return lists.flatMap((list) =>
    itemsOf(at(spec, list)).map((container, index) => ({ path: `${path}.${list}[${index}]`, container })),
  );
}

/** A Secret of Kubernetes, or a ConfigMap, that a container takes environment variables from. */
export interface EnvSource {
  path: string;
  name: Value;
  /** Undefined where all its keys are taken. */
  key: Value;
  optional: Value;
}

export function envSecretsOf(pods: Pods): EnvSource[] {
  return containersOf(pods).flatMap(({ path, container }) => [
    ...itemsOf(at(container, "env")).flatMap((entry, index) =>
      source(`${path}.env[${index}].valueFrom.secretKeyRef`, at(entry, "valueFrom", "secretKeyRef")),
    ),
    ...itemsOf(at(container, "envFrom")).flatMap((entry, index) =>
      source(`${path}.envFrom[${index}].secretRef`, at(entry, "secretRef")),
    ),
  ]);
}

function source(path: string, reference: Value): EnvSource[] {
  if (entriesOf(reference).length === 0) return [];
  return [{ path, name: at(reference, "name"), key: at(reference, "key"), optional: at(reference, "optional") }];
}

/** Volumes that hold Secrets of Kubernetes or what the Secrets Store CSI driver fetches, by name. */
export function secretVolumesOf({ spec }: Pods): Map<string, EnvSource[]> {
  const volumes = itemsOf(at(spec, "volumes")).flatMap((volume): [string, EnvSource[]][] => {
    const name = at(volume, "name");
    const sources = sourcesOf(volume);
    return typeof name === "string" && sources.length > 0 ? [[name, sources]] : [];
  });
  return new Map(volumes);
}

function sourcesOf(volume: Value): EnvSource[] {
  const optional = at(volume, "secret", "optional");
  const named = (name: Value): EnvSource => ({ path: "", name, key: undefined, optional });
  const driver = at(volume, "csi", "driver");
  return [
    ...(entriesOf(at(volume, "secret")).length > 0 ? [named(at(volume, "secret", "secretName"))] : []),
    ...itemsOf(at(volume, "projected", "sources")).flatMap((one) =>
      entriesOf(at(one, "secret")).length > 0 ? [named(at(one, "secret", "name"))] : [],
    ),
    ...(typeof driver === "string" && driver.includes("secrets-store")
      ? [named(at(volume, "csi", "volumeAttributes", "secretProviderClass"))]
      : []),
  ];
}

/** Annotations by which a controller restarts a workload for a changed Secret; all but `false` turns it on. */
const restarters = [
  // https://github.com/stakater/Reloader
  /^((secret|secretproviderclass)\.)?reloader\.stakater\.com\/(auto|reload|search)$/,
  // https://github.com/wave-k8s/wave
  /^wave\.pusher\.com\/update-on-config-change$/,
  // https://infisical.com/docs/integrations/platforms/kubernetes/overview
  /^secrets\.infisical\.com\/auto-reload$/,
  // https://docs.doppler.com/docs/kubernetes-operator
  /^secrets\.doppler\.com\/reload$/,
  // https://developer.1password.com/docs/k8s/operator
  /^operator\.1password\.io\/auto-restart$/,
];

/** Annotations of a template that a program changes with the Secret: Helm's way is `checksum/secret`. */
const tellsContent = /(^|[^a-z])(checksum|hash|sha256|digest|restarted-?at)([^a-z]|$)/i;
/** The version of a secret, under its name: a number, or an id with one in it. */
const namesSecret = /(^|[^a-z])secrets?([^a-z]|$)/i;
const isVersion = /^[\w-]*\d[\w-]*$/;
/** The same as a DeploymentBinding writes it, with ids of any cloud; `none` until there is a value. */
const ownVersion = /^secrets\.vantedge\.run\//;

/**
 * Whether running pods are replaced when the values of Secrets change: by a controller, or since something in the template
 * changes with them.
 */
export function isRestarted(inputs: Values, { annotations }: Pods): boolean {
  const own = at(inputs, "metadata", "annotations");
  if ([own, annotations].includes(notYetKnown)) return true;
  return (
    [...entriesOf(own), ...entriesOf(annotations)].some(([key, value]) => isRestarter(key) && isOn(value)) ||
    entriesOf(annotations).some(([key, value]) => !isRestarter(key) && changesWithSecret(key, value))
  );
}

function isRestarter(key: string): boolean {
  return restarters.some((known) => known.test(key));
}

function isOn(value: Value): boolean {
  return isSet(value) && value !== "false" && value !== false;
}

function changesWithSecret(key: string, value: Value): boolean {
  if (value === notYetKnown) return true;
  if (!isSet(value)) return false;
  return tellsContent.test(key) || ownVersion.test(key) || (namesSecret.test(key) && isVersion.test(String(value)));
}

/** A name that ends in a hash, as Pulumi's own names and those of Kustomize do: another version has another name. */
export function isVersioned(name: Value): boolean {
  return typeof name !== "string" || /-([0-9a-f]{7,}|[2456789bcdfghkmt]{10}|v\d+)$/.test(name);
}

/** `kubernetes:apps/v1:DeploymentPatch` is of the kind Deployment. */
function kindOf(type: string): string {
  return (type.split(":")[2] ?? "").replace(/Patch$/, "");
}
