import * as pulumi from "@pulumi/pulumi";
import type { ReaderSpec } from "./backend";
import { backendOf, loadKubernetes } from "./backends";
import type {
  BindingApiVersionsArgs,
  BindingEnvFromArgs,
  BindingFilesArgs,
  BindingReferenceArgs,
  BindingTlsArgs,
  BindingValueArgs,
} from "./binding/args";
import { checkingCluster } from "./binding/clusterCheck";
import { type Delivered, deliver } from "./binding/deliver";
import type { Delivery, Freshness, RestartedBy, Restarter } from "./binding/deliveries";
import type { CloudRunVariable, EcsSecret } from "./binding/outside";
import { referOutside } from "./binding/outsideDelivery";
import type { BindingReaderArgs } from "./binding/readerArgs";
import { type BindingUseOutput, distinctSecrets, fieldsUsed } from "./binding/references";
import { restarterOf } from "./binding/restarter";
import { type BindingSpec, bindingSpec, stalenessFault } from "./binding/spec";
import { type Estimate, estimateOf } from "./binding/staleness";
import { takeNames } from "./binding/takenNames";
import { versionsOf } from "./binding/versions";
import type { WorkloadKind } from "./binding/workloadKinds";
import type { Workload } from "./binding/workloads";
import { refuse } from "./checks/check";
import { injectInto } from "./kubernetes/inject";
import { type Injection, type InjectOptions, refuseInjection } from "./kubernetes/injection";
import type { ContainerEnv, ContainerEnvFrom, NamedSecret, PodVolume, VolumeMount } from "./kubernetes/pod";
import { type TransformOptions, transformWith } from "./kubernetes/transform";
import { clusterOf } from "./kubernetesCluster";
import { childOptions } from "./options";
import { ownerOf, type WorkspaceRef } from "./workspaceRef";

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
   * What kind of workload receives the values. It sets how often they are read again, and what a changed file does.
   * @default "application"
   */
  kind?: WorkloadKind;
  /**
   * What runs the pods. It decides which names are stable and who restarts.
   * @default "Deployment"
   */
  workload?: Workload;
  /** Environment variables by name. */
  env?: Record<string, BindingReferenceArgs>;
  /** Secrets whose fields all become environment variables. */
  envFrom?: BindingEnvFromArgs[];
  /** Directories of files by mount path, and single files by their path. */
  files?: Record<string, BindingFilesArgs>;
  /** Docker configurations with which the pod's images are pulled: the text of a `config.json`. */
  imagePullSecrets?: BindingReferenceArgs[];
  /** Certificates as Secrets for an Ingress or a Gateway. */
  tls?: BindingTlsArgs[];
  /** Secrets that the reader may read at run time, and of which nothing is delivered. */
  secrets?: string[];
  /** What the program knows of the bound secrets, by secret name. */
  values?: Record<string, BindingValueArgs>;
  /**
   * How the values reach the pods.
   * @default "external-secrets"
   */
  delivery?: Delivery;
  /**
   * Which version the workload receives: the current one, or the one that is current in this `pulumi up`.
   * @default "latest"; delivery `native` knows no other than "pinned"
   */
  freshness?: Freshness;
  /**
   * Who restarts the workload when a variable's value has changed.
   * @default "auto": Reloader where the cluster has it, else the next `pulumi up`, which is said
   */
  restartedBy?: RestartedBy;
  /**
   * Seconds after which values that change elsewhere are read again: 1 to 86,400. A few per cent less, so that not all
   * bindings read together. Each read is paid: `estimatedMonthlyPrice`.
   * @default 180, for data sources 60 and for tools 120
   */
  refreshSeconds?: number;
  /**
   * The longest that a value which changed elsewhere may take to reach the workload, in seconds. What can't keep it is
   * refused.
   * @default no limit
   */
  maxStalenessSeconds?: number;
  /**
   * Whether the Kubernetes Secrets stay when the binding goes. For `external-secrets` with `latest`.
   * @default false
   */
  keepOnDestroy?: boolean;
  /**
   * How many pods there will be, for the estimate of delivery `csi`.
   * @default 1
   */
  expectedPods?: number;
  /** Other API versions of custom resources. */
  apiVersions?: BindingApiVersionsArgs;
  /**
   * Who reads the secrets where the workload is outside of Kubernetes. Nothing is made in a cluster then; `env` becomes
   * references: the outputs `ecsSecrets`, `lambdaEnvironment` and `cloudRunEnv`.
   * @default pods of the workspace's cluster, or what reads for them
   */
  reader?: BindingReaderArgs;
}

/** What one workload receives, and how: environment variables and files, from Kubernetes objects of the binding's own. */
export class DeploymentBinding extends pulumi.ComponentResource {
  /** The binding's name. */
  public readonly bindingName: pulumi.Output<string>;
  /** Where the workload must be. */
  public readonly namespace: pulumi.Output<string>;
  /** What runs the pods: `inject` takes nothing else. */
  public readonly workload: pulumi.Output<Workload>;
  /** For a container's `env`, before its own. */
  public readonly env: pulumi.Output<ContainerEnv[]>;
  /** For a container's `envFrom`. */
  public readonly envFrom: pulumi.Output<ContainerEnvFrom[]>;
  /** For a pod's `volumes`. */
  public readonly volumes: pulumi.Output<PodVolume[]>;
  /** For a container's `volumeMounts`. */
  public readonly volumeMounts: pulumi.Output<VolumeMount[]>;
  /** For a pod's `imagePullSecrets`. */
  public readonly imagePullSecrets: pulumi.Output<NamedSecret[]>;
  /** For the metadata of the pods' template: a changed version of a secret is a rollout. */
  public readonly podAnnotations: pulumi.Output<Record<string, string>>;
  /** For the workload's metadata: what Reloader goes by. */
  public readonly workloadAnnotations: pulumi.Output<Record<string, string>>;
  /** The ServiceAccount that the pod must run as; empty where it may be any. */
  public readonly serviceAccountName: pulumi.Output<string>;
  /** Whether init containers get the values too. */
  public readonly initContainers: pulumi.Output<boolean>;
  /** The Secrets of `tls`, by secret name. */
  public readonly tlsSecretNames: pulumi.Output<Record<string, string>>;
  /**
   * The cloud role that reads the bound secrets, and no others: on Google Cloud the member of IAM. Empty where the
   * workspace has no cluster.
   */
  public readonly readerRoleArn: pulumi.Output<string>;
  /** The ServiceAccount whose pods have that identity; empty where the workspace has no cluster. */
  public readonly readerServiceAccount: pulumi.Output<string>;
  /** For `secrets` of a container of an ECS task definition: references, never values. Empty without `reader`. */
  public readonly ecsSecrets: pulumi.Output<EcsSecret[]>;
  /**
   * For the environment of a Lambda function, or of whatever reads at run time: for a variable NAME, `NAME_SECRET_ID` and
   * where it is a field `NAME_SECRET_FIELD`. Empty without `reader`.
   */
  public readonly lambdaEnvironment: pulumi.Output<Record<string, string>>;
  /** For `envs` of a container of Cloud Run: references, never values. Empty without `reader`. */
  public readonly cloudRunEnv: pulumi.Output<CloudRunVariable[]>;
  /**
   * The id of the version of each bound secret that is current in this `pulumi up`, by secret name; `none` where it has no
   * value yet. Put it where a change rolls a workload out that Pulumi makes outside of Kubernetes, for example into the
   * `dockerLabels` of an ECS container, or the annotations of a Cloud Run template.
   */
  public readonly versions: pulumi.Output<Record<string, string>>;
  /** Who restarts the workload for a changed variable: `pulumi` or `reloader`. */
  public readonly restartedBy: pulumi.Output<string>;
  /** Which secrets and fields the workload uses, and as what. */
  public readonly uses: pulumi.Output<BindingUseOutput[]>;
  /**
   * Seconds until a value that changed elsewhere is where the workload sees it, at worst; absent where nothing but the
   * next `pulumi up` brings it. The reader, the operator and the cluster are taken to be well. The first value of a
   * secret that had none is slower: External Secrets asks at most every seven minutes for what is missing.
   */
  public readonly worstCaseStalenessSeconds: pulumi.Output<number | undefined>;
  /** Calls of the cloud's secret manager in 30 days. */
  public readonly estimatedApiCallsPerMonth: pulumi.Output<number>;
  /** What they cost, in US dollars, decryption included. Stored secrets cost besides. */
  public readonly estimatedMonthlyPrice: pulumi.Output<number>;

  constructor(name: string, args: DeploymentBindingArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = bindingSpec(name, args, opts?.dependsOn);
    const readerSpec = checkedReader(name, spec);
    super("vantedge-secrets:index:DeploymentBinding", name, facts(spec), opts);
    takeNames(name, this, spec);
    const cluster = clusterOf(this);
    const options = checkingCluster(name, args, spec, cluster, {
      dependsOn: opts?.dependsOn,
      options: childOptions(this, opts, ownerOf(args.workspace)),
    });

    const versions = versionsOf(name, spec, options);
    const restarts = restarterOf(name, spec, cluster);
    const reader = createReader(name, readerSpec, options);
    const { serviceAccount } = reader;
    const delivered = deliver({ name, binding: this, spec, versions, restarts, cluster, serviceAccount, options });
    const outside = referOutside(spec, versions, options);

    const estimate = restarts.apply(({ by }) => keptEstimate(name, spec, by));
    this.bindingName = pulumi.output(spec.bindingName);
    this.namespace = pulumi.output(spec.workspace.namespace as string);
    this.workload = pulumi.output(spec.workload);
    this.env = delivered.env;
    this.envFrom = delivered.envFrom;
    this.volumes = delivered.volumes;
    this.volumeMounts = pulumi.output(delivered.volumeMounts);
    this.imagePullSecrets = delivered.imagePullSecrets;
    this.podAnnotations = delivered.podAnnotations;
    this.workloadAnnotations = delivered.workloadAnnotations;
    this.serviceAccountName = spec.delivery === "csi" ? reader.serviceAccount : pulumi.output("");
    this.initContainers = pulumi.output(spec.defaults.initContainers);
    this.tlsSecretNames = delivered.tlsSecretNames;
    this.readerRoleArn = reader.roleArn;
    this.readerServiceAccount = reader.serviceAccount;
    this.ecsSecrets = outside.apply(({ ecsSecrets }) => ecsSecrets);
    this.lambdaEnvironment = outside.apply(({ lambdaEnvironment }) => lambdaEnvironment);
    this.cloudRunEnv = outside.apply(({ cloudRunEnv }) => cloudRunEnv);
    this.uses = pulumi.output(usesOutput(spec));
    this.versions = pulumi.output(versions);
    this.restartedBy = restarts.apply(({ by }) => by);
    this.worstCaseStalenessSeconds = estimate.apply((known) => known.worstCaseStalenessSeconds);
    this.estimatedApiCallsPerMonth = estimate.apply((known) => known.estimatedApiCallsPerMonth);
    this.estimatedMonthlyPrice = estimate.apply((known) => known.estimatedMonthlyPrice);
    this.registerOutputs({
      namespace: this.namespace,
      env: this.env,
      envFrom: this.envFrom,
      volumes: this.volumes,
      volumeMounts: this.volumeMounts,
      imagePullSecrets: this.imagePullSecrets,
      podAnnotations: this.podAnnotations,
      workloadAnnotations: this.workloadAnnotations,
      serviceAccountName: this.serviceAccountName,
      initContainers: this.initContainers,
      tlsSecretNames: this.tlsSecretNames,
      readerRoleArn: this.readerRoleArn,
      readerServiceAccount: this.readerServiceAccount,
      ecsSecrets: this.ecsSecrets,
      lambdaEnvironment: this.lambdaEnvironment,
      cloudRunEnv: this.cloudRunEnv,
      versions: this.versions,
      worstCaseStalenessSeconds: this.worstCaseStalenessSeconds,
      estimatedApiCallsPerMonth: this.estimatedApiCallsPerMonth,
      estimatedMonthlyPrice: this.estimatedMonthlyPrice,
      // A stack's policies are shown outputs and never inputs.
      ...facts(spec),
      restartedBy: this.restartedBy,
    });
    injections.set(this, () => injectionOf(spec, delivered, this.serviceAccountName));
  }

  /**
   * A workload's arguments with the environment variables and files in them, in every container, or in those that the
   * options name. What the workload declares itself stays; a variable, mount path, volume or annotation that is already
   * there is refused. `env` wins over `envFrom`, and of `envFrom` the binding's entries over the workload's own. In other
   * languages, use the outputs `env`, `volumes` and `volumeMounts`.
   */
  public inject<Args extends object>(workload: Args, options: InjectOptions = {}): Args {
    return injectInto(workload, injectionBy(this), options);
  }

  /**
   * The same for workloads that others write: `new helm.v4.Chart(name, args, { transforms: [binding.transform()] })`,
   * and so for a ConfigGroup, a ConfigFile or a component. Every workload of the binding's kind receives the values, or
   * the one that the options name. Nothing is called when all is done, so what matches no workload can't be refused:
   * look for `env` in the preview.
   */
  public transform(options: TransformOptions = {}): pulumi.ResourceTransform {
    return transformWith(injectionBy(this), options);
  }
}

/** Not a field: every field of a component becomes an output of its schema. */
const injections = new WeakMap<DeploymentBinding, () => Injection>();

function injectionBy(binding: DeploymentBinding): Injection {
  return (injections.get(binding) as () => Injection)();
}

function injectionOf(
  { bindingName, workspace, workload, defaults, reader }: BindingSpec,
  delivered: Delivered,
  serviceAccountName: pulumi.Output<string>,
): Injection {
  if (reader !== undefined) {
    refuseInjection(bindingName, [
      "its reader is outside of Kubernetes, so that pods receive nothing: leave reader out, or use the outputs " +
        "ecsSecrets, lambdaEnvironment and cloudRunEnv",
    ]);
  }
  return {
    ...delivered,
    bindingName,
    namespace: workspace.namespace as string,
    workload,
    initContainers: defaults.initContainers,
    serviceAccountName,
  };
}

/** Who reads: undefined where pods would, and the workspace has no cluster. */
function checkedReader(name: string, { workspace, bindingName, uses, reader }: BindingSpec): ReaderSpec | undefined {
  if (reader === undefined && workspace.cluster === undefined) return undefined;
  const holder = reader ?? { serviceAccount: `${bindingName}-reader` };
  const spec: ReaderSpec = { workspace, binding: bindingName, holder, secretNames: distinctSecrets(uses) };
  refuse("DeploymentBinding", name, backendOf(workspace.cloud).readerFaults(spec));
  return spec;
}

/** What the engine keeps of the arguments, and shows to policies: names, nothing of a value. */
function facts(spec: BindingSpec) {
  return {
    bindingName: spec.bindingName,
    kind: spec.kind,
    workload: spec.workload,
    workspace: spec.workspace.name,
    cloud: spec.workspace.cloud,
    delivery: spec.reader === undefined ? spec.delivery : "references",
    freshness: spec.freshness,
    restartedBy: spec.restartedBy,
    uses: usesOutput(spec),
  };
}

function usesOutput({ uses, bindingName, kind, workspace }: BindingSpec): BindingUseOutput[] {
  return uses.map((use) => ({
    secret: use.secret,
    fields: fieldsUsed(use),
    as: use.as,
    at: use.at,
    binding: bindingName,
    kind,
    namespace: workspace.namespace as string,
  }));
}

/** Refuses a staleness that can't be kept now that it is known who restarts the workload. */
function keptEstimate(name: string, spec: BindingSpec, restarter: Restarter): Estimate {
  const fault = stalenessFault(spec, restarter);
  refuse("DeploymentBinding", name, fault === undefined ? [] : [fault]);
  return estimateOf(spec, restarter, backendOf(spec.workspace.cloud).prices);
}

interface Reader {
  roleArn: pulumi.Output<string>;
  serviceAccount: pulumi.Output<string>;
}

/** The identity by which a workload, or an operator for it, reads the bound secrets itself. */
function createReader(name: string, reader: ReaderSpec | undefined, options: pulumi.CustomResourceOptions): Reader {
  if (reader === undefined) return { roleArn: pulumi.output(""), serviceAccount: pulumi.output("") };
  const { id, annotations } = backendOf(reader.workspace.cloud).createReader(name, reader, options);
  const { serviceAccount } = reader.holder;
  if (serviceAccount === undefined) return { roleArn: id, serviceAccount: pulumi.output("") };
  const account = { ...reader, serviceAccount, annotations };
  return { roleArn: id, serviceAccount: loadKubernetes().createServiceAccount(name, account, options) };
}
