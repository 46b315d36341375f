import * as pulumi from "@pulumi/pulumi";
import { InputError } from "../errors";
import type { ContainerEnv, PodVolume, VolumeMount } from "./pod";

/** What a binding gives to a pod. */
export interface Injection {
  bindingName: pulumi.Output<string>;
  namespace: pulumi.Output<string>;
  env: pulumi.Output<ContainerEnv[]>;
  volumes: pulumi.Output<PodVolume[]>;
  volumeMounts: pulumi.Output<VolumeMount[]>;
}

interface Container {
  env?: { name: string }[];
  volumeMounts?: { mountPath: string }[];
}
interface PodSpec {
  containers?: Container[];
  volumes?: { name: string }[];
}
interface DeploymentSpec {
  template?: { spec?: PodSpec };
}
interface Metadata {
  namespace?: string;
}

interface Known {
  bindingName: string;
  namespace: string;
  env: ContainerEnv[];
  volumes: PodVolume[];
  volumeMounts: VolumeMount[];
}

/** A copy of a Deployment's arguments in the binding's namespace, with the values in every container of its pods. */
export function injectInto<Workload extends object>(workload: Workload, injection: Injection): Workload {
  const { metadata, spec } = workload as { metadata?: pulumi.Input<Metadata>; spec?: pulumi.Input<DeploymentSpec> };
  const { bindingName, namespace, env, volumes, volumeMounts } = injection;
  const given = pulumi.all([bindingName, namespace, env, volumes, volumeMounts]).apply(([...known]) => ({
    bindingName: known[0],
    namespace: known[1],
    env: known[2],
    volumes: known[3],
    volumeMounts: known[4],
  }));
  return {
    ...workload,
    metadata: pulumi.all([metadata ?? {}, injection.namespace, injection.bindingName]).apply(inNamespace),
    spec: pulumi.all([spec ?? {}, given]).apply(([known, from]) => intoDeployment(known, from)),
  } as Workload;
}

function inNamespace([metadata, namespace, binding]: [Metadata, string, string]): Metadata {
  if (metadata.namespace !== undefined && metadata.namespace !== namespace) {
    throw new InputError([
      `DeploymentBinding "${binding}": the workload is in namespace "${metadata.namespace}", its secrets are in ` +
        `"${namespace}": put the workload there, or leave its namespace out`,
    ]);
  }
  return { ...metadata, namespace };
}

function intoDeployment(spec: DeploymentSpec, from: Known): DeploymentSpec {
  const pod = spec.template?.spec;
  if (pod?.containers === undefined || pod.containers.length === 0) {
    throw new InputError([
      `DeploymentBinding "${from.bindingName}": the workload has no spec.template.spec.containers: inject takes the ` +
        "arguments of a Deployment",
    ]);
  }
  const containers = pod.containers.map((container) => intoContainer(container, from));
  refuseTwice(
    from,
    "volume",
    pod.volumes?.map(({ name }) => name),
    from.volumes.map(({ name }) => name),
  );
  const injected: PodSpec = {
    ...pod,
    containers,
    ...(from.volumes.length === 0 ? {} : { volumes: [...(pod.volumes ?? []), ...from.volumes] }),
  };
  return { ...spec, template: { ...spec.template, spec: injected } };
}

/** Secrets come first: `$(NAME)` in a later variable only expands those before it. */
function intoContainer(container: Container, from: Known): Container {
  refuseTwice(
    from,
    "environment variable",
    container.env?.map(({ name }) => name),
    from.env.map(({ name }) => name),
  );
  refuseTwice(
    from,
    "mount path",
    container.volumeMounts?.map(({ mountPath }) => mountPath),
    from.volumeMounts.map(({ mountPath }) => mountPath),
  );
  return {
    ...container,
    ...(from.env.length === 0 ? {} : { env: [...from.env, ...(container.env ?? [])] }),
    ...(from.volumeMounts.length === 0
      ? {}
      : { volumeMounts: [...(container.volumeMounts ?? []), ...from.volumeMounts] }),
  };
}

function refuseTwice(from: Known, what: string, own: string[] | undefined, injected: string[]): void {
  const twice = injected.filter((name) => own?.includes(name));
  if (twice.length === 0) return;
  throw new InputError([
    `DeploymentBinding "${from.bindingName}": the workload already has the ${what} ${twice.join(", ")}: ` +
      "remove it from the workload or from the binding",
  ]);
}
