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
import { waitingFor } from "../options";
import { type DeliveredSecret, type Form, nameOf, wholeValue } from "./delivered";
import { Delivery, Freshness } from "./deliveries";
import { nativeData } from "./nativeData";
import { secretsInTemplate, templateAnnotation, workloadAnnotations } from "./rollout";
import type { BindingSpec } from "./spec";
import { stableNames } from "./stableNames";
import { restartingSecrets } from "./staleness";
import { type Versions, versionsOf } from "./versions";
import { rollsOut } from "./workloads";

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

/** Makes what brings the bound secrets into the cluster; nothing for a workload outside of it. */
export function deliver(
  name: string,
  spec: BindingSpec,
  serviceAccount: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): Delivered {
  if (spec.reader !== undefined) return nothing();
  const secrets = spec.delivered.map(({ secretName }) => secretName);
  const versions = versionsOf(name, spec, secrets, options);
  switch (spec.delivery) {
    case Delivery.Native: {
      const names = createNativeSecrets(name, spec, versions, options);
      allowReading(name, spec, allNames(names), options);
      return fromSecrets(spec, versions, names);
    }
    case Delivery.ExternalSecrets: {
      const names = createExternalSecrets(name, spec, versions, serviceAccount, options);
      allowReading(name, spec, allNames(names), options);
      return fromSecrets(spec, versions, names);
    }
    case Delivery.GkeSync: {
      const names = createSecretSyncs(name, spec, versions, serviceAccount, options);
      allowReading(name, spec, allNames(names), options);
      return fromSecrets(spec, versions, names);
    }
    case Delivery.Csi: {
      const names = stableNames(spec).map((one) => pulumi.output(one.name));
      allowReading(name, spec, names, options);
      return fromClasses(name, spec, versions, options);
    }
  }
}

/** Who may retrieve values may read them where they are delivered, by name. */
function allowReading(
  name: string,
  { workspace, bindingName: binding }: BindingSpec,
  secretNames: pulumi.Output<string>[],
  options: pulumi.CustomResourceOptions,
): void {
  loadKubernetes().createValueReaders(name, { workspace, binding, secretNames }, options);
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

function createNativeSecrets(
  name: string,
  spec: BindingSpec,
  versions: Versions,
  options: pulumi.CustomResourceOptions,
): NamesByForm {
  const { createNativeSecret } = loadKubernetes();
  const { workspace, bindingName: binding, delivered, workload } = spec;
  const made = delivered.map((one) => {
    const versionId = versions[one.secretName] as pulumi.Output<string>;
    const data = nativeData(`DeploymentBinding "${name}": values.${one.secretName}`, one, spec.values[one.secretName]);
    const object = { workspace, binding, delivered: one, versionId, versioned: rollsOut(workload), data };
    return [one, createNativeSecret(name, object, options)] as const;
  });
  return namesByForm(made);
}

function createExternalSecrets(
  name: string,
  spec: BindingSpec,
  versions: Versions,
  serviceAccount: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): NamesByForm {
  const { createExternalSecret } = loadKubernetes();
  const { workspace, bindingName: binding, delivered, values, origins, uses, refreshSeconds, keepOnDestroy } = spec;
  const cloud = backendOf(workspace.cloud).inCluster;
  const stores = createStores(name, spec, serviceAccount, options);
  const made = delivered.map((one) => {
    const origin = origins[one.secretName];
    const fields = Object.keys(values[one.secretName]?.fields ?? {});
    const object = {
      workspace,
      binding,
      delivered: one,
      cloud,
      pinned: spec.freshness === Freshness.Pinned,
      versionId: versions[one.secretName],
      fixedVersion: origin?.origin === "pinned",
      refreshSeconds,
      keepOnDestroy,
      awaited: origin?.origin !== "elsewhere",
      hasFieldValue:
        [...fields, ...(origin?.fields ?? [])].includes(wholeValue) ||
        uses.some(({ secret, field }) => secret === one.secretName && field === wholeValue),
      apiVersion: spec.apiVersions.externalSecrets,
    };
    const store = stores[cloud.remote(workspace, one.secretName).store] as pulumi.Resource;
    return [one, createExternalSecret(name, object, waitingFor(options, store))] as const;
  });
  return namesByForm(made);
}

function createSecretSyncs(
  name: string,
  spec: BindingSpec,
  versions: Versions,
  serviceAccount: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): NamesByForm {
  const { createSecretSync } = loadKubernetes();
  const { workspace, bindingName: binding, apiVersions } = spec;
  const sync = backendOf(workspace.cloud).inCluster.secretSync as SecretSyncReads;
  const made = spec.delivered.map((delivered) => {
    const versionId = versions[delivered.secretName];
    const object = { workspace, binding, delivered, sync, serviceAccount, versionId, apiVersions };
    return [delivered, createSecretSync(name, object, options)] as const;
  });
  return namesByForm(made);
}

/** A store for each way in which the bound secrets are called. */
function createStores(
  name: string,
  { workspace, bindingName: binding, delivered, apiVersions }: BindingSpec,
  serviceAccount: pulumi.Output<string>,
  options: pulumi.CustomResourceOptions,
): Partial<Record<StoreSuffix, pulumi.Resource>> {
  const { createSecretStore } = loadKubernetes();
  const cloud = backendOf(workspace.cloud).inCluster;
  const suffixes = new Set(delivered.map(({ secretName }) => cloud.remote(workspace, secretName).store));
  const stores = [...suffixes].map((suffix) => {
    const provider = cloud.store(workspace, suffix, serviceAccount);
    const store = { workspace, binding, suffix, provider, apiVersion: apiVersions.externalSecrets };
    return [suffix, createSecretStore(name, store, options)];
  });
  return Object.fromEntries(stores);
}

function fromSecrets(spec: BindingSpec, versions: Versions, names: NamesByForm): Delivered {
  const { containerEnv, containerEnvFrom, podVolumes, volumeMounts } = loadKubernetes();
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
    podAnnotations: podAnnotations(spec, versions),
    workloadAnnotations: pulumi
      .all(watched.map(({ form, secretName }) => names[form][secretName] as pulumi.Output<string>))
      .apply((all) => workloadAnnotations(spec, all)),
  };
}

function fromClasses(
  name: string,
  spec: BindingSpec,
  versions: Versions,
  options: pulumi.CustomResourceOptions,
): Delivered {
  const { containerEnv, createSecretProviderClass, csiMount, csiVolume, mountedClasses } = loadKubernetes();
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
    podAnnotations: podAnnotations(spec, versions),
    workloadAnnotations: pulumi
      .all(watched.map(({ className }) => className))
      .apply((all) => workloadAnnotations(spec, all)),
  };
}

function podAnnotations(spec: BindingSpec, versions: Versions): pulumi.Output<Record<string, string>> {
  const shown = secretsInTemplate(spec).map((secret) => [templateAnnotation(secret), versions[secret] ?? "none"]);
  return pulumi.output(Object.fromEntries(shown) as Record<string, pulumi.Output<string>>);
}
