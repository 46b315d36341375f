import * as pulumi from "@pulumi/pulumi";
import type { SecretSyncReads, StoreSuffix } from "../backend";
import { backendOf, loadKubernetes } from "../backends";
import type {
  ContainerEnv,
  ContainerEnvFrom,
  NamedSecret,
  PodVolume,
  SecretNames,
  VolumeMount,
} from "../kubernetes/pod";
import type { Cluster } from "../kubernetesCluster";
import { waitingFor } from "../options";
import { onceArrived } from "./arrival";
import { type DeliveredSecret, type Form, nameOf, wholeValue } from "./delivered";
import { deliveredNames } from "./deliveredNames";
import { Delivery, Freshness } from "./deliveries";
import { nativeData } from "./nativeData";
import { notingChanges, recordOf } from "./notices";
import type { Restarts } from "./restarter";
import { secretsInTemplate, versionAnnotationOf, workloadAnnotations } from "./rollout";
import type { BindingSpec } from "./spec";
import { restartingSecrets } from "./staleness";
import type { Versions } from "./versions";

/** What a delivery gives to pods. */
export interface Delivered {
  /** The names in `env`, known while the Secrets' are not. */
  envNames: string[];
  env: pulumi.Output<ContainerEnv[]>;
  envFrom: pulumi.Output<ContainerEnvFrom[]>;
  volumes: pulumi.Output<PodVolume[]>;
  volumeMounts: VolumeMount[];
  imagePullSecrets: pulumi.Output<NamedSecret[]>;
  tlsSecretNames: pulumi.Output<Record<string, string>>;
  podAnnotations: pulumi.Output<Record<string, string>>;
  workloadAnnotations: pulumi.Output<Record<string, string>>;
}

const nothing = (): Delivered => ({
  envNames: [],
  env: pulumi.output([]),
  envFrom: pulumi.output([]),
  volumes: pulumi.output([]),
  volumeMounts: [],
  imagePullSecrets: pulumi.output([]),
  tlsSecretNames: pulumi.output<Record<string, string>>({}),
  podAnnotations: pulumi.output<Record<string, string>>({}),
  workloadAnnotations: pulumi.output<Record<string, string>>({}),
});

/** What the deliveries make their objects with. */
export interface Delivering {
  name: string;
  binding: pulumi.Resource;
  spec: BindingSpec;
  versions: Versions;
  restarts: pulumi.Output<Restarts>;
  cluster: Cluster;
  /** The ServiceAccount that reads. */
  serviceAccount: pulumi.Output<string>;
  options: pulumi.CustomResourceOptions;
}

/** Makes what brings the bound secrets into the cluster; nothing for a workload outside of it. */
export function deliver(delivering: Delivering): Delivered {
  const { spec } = delivering;
  if (spec.reader !== undefined) return nothing();
  if (spec.delivery === Delivery.Csi) {
    allowReading(
      delivering,
      deliveredNames(spec).map((one) => pulumi.output(one.name)),
    );
    return fromClasses(delivering);
  }
  const names = createSecrets(delivering);
  allowReading(delivering, allNames(names));
  return fromSecrets(delivering, names);
}

function createSecrets(delivering: Delivering): NamesByForm {
  switch (delivering.spec.delivery) {
    case Delivery.Native:
      return createNativeSecrets(delivering);
    case Delivery.GkeSync:
      return createSecretSyncs(delivering);
    default:
      return createExternalSecrets(delivering);
  }
}

/** Who may retrieve values may read them where they are delivered, by name. */
function allowReading(delivering: Delivering, secretNames: pulumi.Output<string>[]): void {
  const { name, spec, options } = delivering;
  const { workspace, bindingName: binding } = spec;
  loadKubernetes().createValueReaders(
    name,
    { workspace, binding, secretNames, annotations: recordOf(delivering) },
    { ...options, hooks: notingChanges(delivering) },
  );
}

/** The names of the Kubernetes Secrets, form by form. */
type NamesByForm = Record<Form, Record<string, pulumi.Output<string>>>;

function namesByForm(names: readonly (readonly [DeliveredSecret, pulumi.Output<string>])[]): NamesByForm {
  const ofForm = (form: Form) =>
    Object.fromEntries(names.flatMap(([one, made]) => (one.form === form ? [[one.secretName, made]] : [])));
  return { keys: ofForm("keys"), env: ofForm("env"), pull: ofForm("pull"), tls: ofForm("tls") };
}

function allNames(names: NamesByForm): pulumi.Output<string>[] {
  return Object.values(names).flatMap((ofForm) => Object.values(ofForm));
}

function createNativeSecrets({ name, spec, versions, options }: Delivering): NamesByForm {
  const { createNativeSecret } = loadKubernetes();
  const { workspace, bindingName: binding, delivered } = spec;
  const made = delivered.map((one) => {
    const versionId = versions[one.secretName] as pulumi.Output<string>;
    const data = nativeData(`DeploymentBinding "${name}": values.${one.secretName}`, one, spec.values[one.secretName]);
    const object = { workspace, binding, delivered: one, versionId, data };
    return [one, createNativeSecret(name, object, options)] as const;
  });
  return namesByForm(made);
}

function createExternalSecrets(delivering: Delivering): NamesByForm {
  const { name, spec, versions, cluster, options } = delivering;
  const { createExternalSecret } = loadKubernetes();
  const { workspace, bindingName: binding, delivered, values, origins, uses, refreshSeconds, keepOnDestroy } = spec;
  const cloud = backendOf(workspace.cloud).inCluster;
  const stores = createStores(delivering);
  const made = delivered.map((one) => {
    const origin = origins[one.secretName];
    const fields = Object.keys(values[one.secretName]?.fields ?? {});
    const versionId = versions[one.secretName] as pulumi.Output<string>;
    const object = {
      workspace,
      binding,
      delivered: one,
      cloud,
      versionId,
      fixed: spec.freshness === Freshness.Pinned || origin?.origin === "pinned",
      refreshSeconds,
      keepOnDestroy,
      awaited: !cluster.isAskable && origin !== undefined && origin.origin !== "elsewhere",
      hasFieldValue:
        [...fields, ...(origin?.fields ?? [])].includes(wholeValue) ||
        uses.some(({ secret, field }) => secret === one.secretName && field === wholeValue),
      apiVersion: spec.apiVersions.externalSecrets,
    };
    const store = stores[cloud.remote(workspace, one.secretName).store] as pulumi.Resource;
    const secretName = createExternalSecret(name, object, waitingFor(options, store));
    return [one, onceArrived(delivering, secretName, versionId)] as const;
  });
  return namesByForm(made);
}

function createSecretSyncs({ name, spec, versions, serviceAccount, options }: Delivering): NamesByForm {
  const { createSecretSync } = loadKubernetes();
  const { workspace, bindingName: binding, apiVersions } = spec;
  const sync = backendOf(workspace.cloud).inCluster.secretSync as SecretSyncReads;
  const made = spec.delivered.map((delivered) => {
    const versionId = versions[delivered.secretName] as pulumi.Output<string>;
    const object = { workspace, binding, delivered, sync, serviceAccount, versionId, apiVersions };
    return [delivered, createSecretSync(name, object, options)] as const;
  });
  return namesByForm(made);
}

/** A store for each way in which the bound secrets are called. */
function createStores({
  name,
  spec,
  cluster,
  serviceAccount,
  options,
}: Delivering): Partial<Record<StoreSuffix, pulumi.Resource>> {
  const { createSecretStore } = loadKubernetes();
  const { workspace, bindingName: binding, delivered, apiVersions } = spec;
  const cloud = backendOf(workspace.cloud).inCluster;
  const suffixes = new Set(delivered.map(({ secretName }) => cloud.remote(workspace, secretName).store));
  const stores = [...suffixes].map((suffix) => {
    const provider = cloud.store(workspace, suffix, serviceAccount);
    const awaited = !cluster.isAskable;
    const store = { workspace, binding, suffix, provider, apiVersion: apiVersions.externalSecrets, awaited };
    return [suffix, createSecretStore(name, store, options)];
  });
  return Object.fromEntries(stores);
}

function fromSecrets(delivering: Delivering, names: NamesByForm): Delivered {
  const { containerEnv, containerEnvFrom, podVolumes, volumeMounts } = loadKubernetes();
  const { spec, restarts } = delivering;
  const { references } = spec;
  const known = <T>(form: Form, make: (names: SecretNames) => T) => pulumi.all(names[form]).apply(make);
  const restarting = restartingSecrets(spec);
  const watched = spec.delivered.filter(
    ({ form, secretName }) => (form === "keys" || form === "env") && restarting.includes(secretName),
  );
  return {
    envNames: Object.keys(references.env),
    env: known("keys", (all) => containerEnv(references, all)),
    envFrom: known("env", (all) => containerEnvFrom(references, all)),
    volumes: known("keys", (all) => podVolumes(references, all)),
    volumeMounts: volumeMounts(references),
    imagePullSecrets: known("pull", (all) => Object.values(all).map((one) => ({ name: one }))),
    tlsSecretNames: known("tls", (all) => all),
    podAnnotations: podAnnotations(delivering),
    workloadAnnotations: pulumi
      .all([restarts, pulumi.all(watched.map(({ form, secretName }) => names[form][secretName]))])
      .apply(([{ by }, all]) => workloadAnnotations(spec, by, all as string[])),
  };
}

function fromClasses(delivering: Delivering): Delivered {
  const { containerEnv, createSecretProviderClass, csiMount, csiVolume, mountedClasses } = loadKubernetes();
  const { name, spec, restarts, options } = delivering;
  const { workspace, bindingName: binding, references, delivered, apiVersions } = spec;
  const cloud = backendOf(workspace.cloud).inCluster;
  const driver = cloud.csiDriver(workspace);
  const classes = mountedClasses(binding, references, delivered).map((mounted) => {
    const reads = cloud.providerClass(workspace, mounted.files);
    const object = { workspace, binding, ...mounted, reads, apiVersion: apiVersions.secretsStore };
    return { mounted, className: createSecretProviderClass(name, object, options) };
  });
  const names = Object.fromEntries(delivered.map((one) => [one.secretName, nameOf(binding, one)]));
  const restarting = restartingSecrets(spec);
  const watched = classes.filter(({ mounted }) =>
    mounted.files.some(({ secretName }) => restarting.includes(secretName)),
  );
  return {
    envNames: Object.keys(references.env),
    env: pulumi.output(containerEnv(references, names)),
    envFrom: pulumi.output([]),
    volumes: pulumi.all(
      classes.map(({ mounted, className }) => className.apply((known) => csiVolume(mounted, driver, known))),
    ),
    volumeMounts: classes.map(({ mounted }) => csiMount(mounted)),
    imagePullSecrets: pulumi.output([]),
    tlsSecretNames: pulumi.output<Record<string, string>>({}),
    podAnnotations: podAnnotations(delivering),
    workloadAnnotations: pulumi
      .all([restarts, pulumi.all(watched.map(({ className }) => className))])
      .apply(([{ by }, all]) => workloadAnnotations(spec, by, all)),
  };
}

function podAnnotations({ spec, versions, restarts }: Delivering): pulumi.Output<Record<string, string>> {
  return restarts.apply(({ by }) => {
    const shown = secretsInTemplate(spec, by).map((secret) => [versionAnnotationOf(secret), versions[secret]]);
    return pulumi.all(Object.fromEntries(shown) as Record<string, pulumi.Output<string>>);
  });
}
