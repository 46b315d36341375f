import * as pulumi from "@pulumi/pulumi";
import type { ReaderSpec } from "./backend";
import { backendOf, loadKubernetes } from "./backends";
import type { BindingFilesArgs, BindingReferenceArgs, BindingValueArgs } from "./bindingArgs";
import { type BindingReferences, deliveredKeys, referencesOf } from "./bindingReferences";
import { bindingShape } from "./checks/binding";
import { check, refuse } from "./checks/check";
import { fieldContent, storedContent } from "./content";
import { InputError } from "./errors";
import { injectInto } from "./kubernetes/inject";
import {
  type ContainerEnv,
  containerEnv,
  type PodVolume,
  podVolumes,
  type VolumeMount,
  volumeMounts,
} from "./kubernetes/pod";
import { childOptions } from "./options";
import { ownerOf, type WorkspaceRef, withDefaults } from "./workspaceRef";

/** What kind of workload receives the values. */
export const WorkloadKind = {
  /** An agent deployment. */
  Agent: "agent",
  /** A model that serves inference. */
  Model: "model",
  /** A data source: a database or storage connection. */
  DataSource: "data-source",
  /** A tool integration, for example Slack or Gmail. */
  Tool: "tool",
  /** Any other application. */
  Application: "application",
} as const;
export type WorkloadKind = (typeof WorkloadKind)[keyof typeof WorkloadKind];

/** Arguments of a DeploymentBinding. */
export interface DeploymentBindingArgs {
  /** The workspace: `workspace.ref` in TypeScript, or the fields. */
  workspace: WorkspaceRef;
  /**
   * The binding's name: 1 to 63 lower-case letters, digits and single hyphens.
   * @default the resource's name
   */
  bindingName?: string;
  /**
   * What kind of workload receives the values.
   * @default "application"
   */
  kind?: WorkloadKind;
  /** Environment variables by name. */
  env?: Record<string, BindingReferenceArgs>;
  /** Directories of files by mount path. */
  files?: Record<string, BindingFilesArgs>;
  /** The content of the bound secrets by secret name. */
  values?: Record<string, BindingValueArgs>;
}

/** What one workload receives, and how: environment variables and files, from Kubernetes Secrets of the binding's own. */
export class DeploymentBinding extends pulumi.ComponentResource {
  /** The binding's name. */
  public readonly bindingName: pulumi.Output<string>;
  /** Where the workload must be. */
  public readonly namespace: pulumi.Output<string>;
  /** For a container's `env`. */
  public readonly env: pulumi.Output<ContainerEnv[]>;
  /** For a pod's `volumes`. */
  public readonly volumes: pulumi.Output<PodVolume[]>;
  /** For a container's `volumeMounts`. */
  public readonly volumeMounts: pulumi.Output<VolumeMount[]>;
  /** The cloud role that reads the bound secrets, and no others; empty where the workspace has no cluster. */
  public readonly readerRoleArn: pulumi.Output<string>;
  /** The ServiceAccount whose pods take that role; empty where the workspace has no cluster. */
  public readonly readerServiceAccount: pulumi.Output<string>;

  constructor(name: string, args: DeploymentBindingArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = bindingSpec(name, args);
    super("vantedge-secrets:index:DeploymentBinding", name, facts(spec), opts);
    const options = childOptions(this, opts, ownerOf(args.workspace));

    const secretNames = deliver(name, spec, options);
    const reader = createReader(name, spec, options);

    this.bindingName = pulumi.output(spec.bindingName);
    this.namespace = pulumi.output(spec.workspace.namespace as string);
    this.env = containerEnv(spec.references, secretNames);
    this.volumes = podVolumes(spec.references, secretNames);
    this.volumeMounts = pulumi.output(volumeMounts(spec.references));
    this.readerRoleArn = reader.roleArn;
    this.readerServiceAccount = reader.serviceAccount;
    this.registerOutputs({
      bindingName: this.bindingName,
      namespace: this.namespace,
      env: this.env,
      volumes: this.volumes,
      volumeMounts: this.volumeMounts,
      readerRoleArn: this.readerRoleArn,
      readerServiceAccount: this.readerServiceAccount,
    });
  }

  /**
   * The workload with the environment variables and files in it, for every container of a Deployment. What the workload
   * declares itself stays; a variable or mount path that is already there is refused. In other languages, use the
   * outputs `env`, `volumes` and `volumeMounts`.
   */
  public inject<Workload extends object>(workload: Workload): Workload {
    return injectInto(workload, this);
  }
}

interface BindingSpec {
  workspace: WorkspaceRef;
  bindingName: string;
  kind: WorkloadKind;
  references: BindingReferences;
  values: Record<string, BindingValueArgs>;
  /** Undefined where the workspace has no cluster. */
  reader: ReaderSpec | undefined;
}

function bindingSpec(name: string, args: DeploymentBindingArgs): BindingSpec {
  const bindingName = args.bindingName ?? name;
  check("DeploymentBinding", name, bindingShape, { ...args, bindingName });
  const values = args.values ?? {};
  const { references, problems } = referencesOf(args, values);
  if (problems.length > 0) throw new InputError(problems.map((problem) => `DeploymentBinding "${name}": ${problem}`));
  const workspace = withDefaults(args.workspace);
  return {
    workspace,
    bindingName,
    kind: args.kind ?? WorkloadKind.Application,
    references,
    values,
    reader: workspace.cluster === undefined ? undefined : readerSpec(name, workspace, bindingName, references),
  };
}

function readerSpec(name: string, workspace: WorkspaceRef, binding: string, references: BindingReferences): ReaderSpec {
  const secretNames = [...deliveredKeys(references).keys()];
  const spec: ReaderSpec = { workspace, binding, holder: { serviceAccount: `${binding}-reader` }, secretNames };
  const backend = backendOf(workspace.cloud);
  const clusterFaults = backend
    .clusterFaults(workspace)
    .map((fault) => ({ ...fault, path: ["workspace", ...fault.path] }));
  const faults = [...clusterFaults, ...backend.readerFaults(spec)];
  refuse("DeploymentBinding", name, faults);
  return spec;
}

/** What the engine keeps of the arguments, and shows to policies: names, nothing of a value. */
function facts(spec: BindingSpec) {
  return {
    bindingName: spec.bindingName,
    kind: spec.kind,
    workspace: spec.workspace.name,
    cloud: spec.workspace.cloud,
    delivery: "native",
    env: spec.references.env,
    files: spec.references.files,
  };
}

/** One Kubernetes Secret for each bound secret, with the keys that are used. Gives their names by secret name. */
function deliver(
  name: string,
  spec: BindingSpec,
  options: pulumi.CustomResourceOptions,
): Record<string, pulumi.Output<string>> {
  const { createNativeSecret } = loadKubernetes();
  const delivered = [...deliveredKeys(spec.references)].map(([secretName, fields]) => {
    const content = spec.values[secretName] as BindingValueArgs;
    const native = {
      workspace: spec.workspace,
      binding: spec.bindingName,
      secretName,
      versionId: versionOf(spec.workspace, secretName, content, options),
      data: dataOf(`DeploymentBinding "${name}": values.${secretName}`, content, fields),
    };
    return [secretName, createNativeSecret(name, native, options)] as const;
  });
  return Object.fromEntries(delivered);
}

function versionOf(
  workspace: WorkspaceRef,
  secretName: string,
  content: BindingValueArgs,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  if (content.versionId !== undefined) return pulumi.output(content.versionId);
  return backendOf(workspace.cloud).currentVersion(workspace, secretName, options as pulumi.InvokeOutputOptions);
}

function dataOf(
  subject: string,
  content: BindingValueArgs,
  fields: ReadonlySet<string | undefined>,
): Record<string, pulumi.Output<string>> {
  const entries = [...fields].map((field) =>
    field === undefined
      ? ["value", storedContent(subject, content) as pulumi.Output<string>]
      : [field, fieldContent(subject, content, field)],
  );
  return Object.fromEntries(entries) as Record<string, pulumi.Output<string>>;
}

/** The identity by which a workload, or an operator for it, reads the bound secrets itself. */
function createReader(
  name: string,
  { reader }: BindingSpec,
  options: pulumi.CustomResourceOptions,
): { roleArn: pulumi.Output<string>; serviceAccount: pulumi.Output<string> } {
  if (reader === undefined) return { roleArn: pulumi.output(""), serviceAccount: pulumi.output("") };
  const { id, annotations } = backendOf(reader.workspace.cloud).createReader(name, reader, options);
  const account = { ...reader, serviceAccount: reader.holder.serviceAccount as string, annotations };
  return { roleArn: id, serviceAccount: loadKubernetes().createServiceAccount(name, account, options) };
}
