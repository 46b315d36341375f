import * as pulumi from "@pulumi/pulumi";
import type { WorkspaceParts, WorkspaceSpec } from "./backend";
import { backendOf, loadKubernetes } from "./backends";
import { check } from "./checks/check";
import { describe } from "./checks/issues";
import { workspaceShape } from "./checks/workspace";
import { InputError } from "./errors";
import { defaultPrefix } from "./names";
import { childOptions } from "./options";
import type { DeployerArgs, PrincipalArgs } from "./principals";
import { permissionsOf, roleNames } from "./roles";
import { Cloud, ownedBy, type WorkspaceRef } from "./workspaceRef";

/** A workspace on AWS. */
export interface WorkspaceAwsArgs {
  /** The home region, for example `us-east-1`. */
  region: string;
  /** The 12-digit account. Credentials of another account are refused before anything is created. */
  accountId: string;
  /**
   * Regions that hold a replica of every secret, each with a key of its own.
   * @default none
   */
  replicaRegions?: string[];
}

/** A workspace on Google Cloud. */
export interface WorkspaceGcpArgs {
  /** The project's id. */
  projectId: string;
  /** The project's number. */
  projectNumber: string;
}

/** Who has which role. A role without a principal is not created. */
export interface WorkspaceRolesArgs {
  /** List secrets. */
  viewers?: PrincipalArgs[];
  /** Create, list, update and delete secrets, and never see a value. */
  members?: PrincipalArgs[];
  /** All that members do, and retrieve values. */
  admins?: PrincipalArgs[];
  /** All that admins do, and resource policies, rotation and forced deletion. */
  owners?: PrincipalArgs[];
}

/** The workspace's place in Kubernetes. */
export interface WorkspaceKubernetesArgs {
  /** The namespace that is the workspace's alone. */
  namespace: string;
  /**
   * Whether the workspace creates the namespace. False where it exists already.
   * @default true
   */
  createNamespace?: boolean;
}

/** Arguments of a Workspace. Exactly one of `aws` and `gcp` is set. */
export interface WorkspaceArgs {
  /** The organization, free text. A label, no boundary. */
  organization: string;
  /**
   * The workspace's name: 1 to 32 lower-case letters, digits and single hyphens.
   * @default the resource's name
   */
  workspaceName?: string;
  /** The workspace is on AWS. */
  aws?: WorkspaceAwsArgs;
  /** The workspace is on Google Cloud. */
  gcp?: WorkspaceGcpArgs;
  /** Who has which role. */
  roles?: WorkspaceRolesArgs;
  /** Who runs `pulumi up`. */
  deployers?: DeployerArgs[];
  /** Who may read values in an emergency, beside admins and owners. */
  breakGlass?: PrincipalArgs[];
  /** The workspace's namespace in Kubernetes. Left out, none is created. */
  kubernetes?: WorkspaceKubernetesArgs;
  /**
   * First part of every secret's name in the cloud.
   * @default "vantedge"
   */
  prefix?: string;
  /** Tags for everything that takes some, besides our own, which begin with `vantedge-`. */
  tags?: Record<string, string>;
}

/** The boundary: the secrets, key, roles and namespace of one environment. Nothing reaches into it from another one. */
export class Workspace extends pulumi.ComponentResource {
  /** The workspace's name. */
  public readonly workspaceName: pulumi.Output<string>;
  /** The key that encrypts the workspace's values. */
  public readonly keyArn: pulumi.Output<string>;
  /** The cloud roles by role name. A role without a principal is absent. */
  public readonly roleArns: pulumi.Output<Record<string, string>>;
  /** The workspace's Kubernetes namespace. */
  public readonly namespace: pulumi.Output<string>;
  /** False until an AuditTrail covers the workspace. */
  public readonly audited: pulumi.Output<boolean>;

  constructor(name: string, args: WorkspaceArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = workspaceSpec(name, args);
    super("vantedge-secrets:index:Workspace", name, facts(spec), opts);
    const options = childOptions(this, opts);

    sayWhichRolesAreMissing(spec, this);
    const parts = backendOf(spec.ref.cloud).createWorkspace(name, spec, options);
    const namespace = placeInKubernetes(name, args, spec, options);

    refs.set(this, ownedBy(this, { ...spec.ref, keyArn: parts.keyArn }));
    this.workspaceName = pulumi.output(spec.ref.name);
    this.keyArn = parts.keyArn;
    this.roleArns = roleArns(parts);
    this.namespace = namespace;
    this.audited = pulumi.output(false);
    this.registerOutputs({
      workspaceName: this.workspaceName,
      keyArn: this.keyArn,
      roleArns: this.roleArns,
      namespace: this.namespace,
      audited: this.audited,
    });
  }

  /** What secrets and bindings of this program take as `workspace`. */
  public get ref(): WorkspaceRef {
    return refs.get(this) as WorkspaceRef;
  }
}

/** Kept beside the class: a field would become an output in every language (facts/pulumi-components.md b). */
const refs = new WeakMap<Workspace, WorkspaceRef>();

function workspaceSpec(name: string, args: WorkspaceArgs): WorkspaceSpec {
  check("Workspace", name, workspaceShape, { ...args, workspaceName: args.workspaceName ?? name });
  const ref = refOf(name, args);
  const spec: WorkspaceSpec = {
    ref,
    roles: {
      viewer: args.roles?.viewers ?? [],
      member: args.roles?.members ?? [],
      admin: args.roles?.admins ?? [],
      owner: args.roles?.owners ?? [],
    },
    deployers: args.deployers ?? [],
    breakGlass: args.breakGlass ?? [],
    tags: args.tags ?? {},
  };
  const faults = backendOf(ref.cloud).workspaceFaults(ref);
  if (faults.length > 0) {
    throw new InputError(faults.map(({ path, message }) => `Workspace "${name}": ${describe(path, message)}`));
  }
  return spec;
}

function refOf(name: string, args: WorkspaceArgs): WorkspaceRef {
  const workspaceName = args.workspaceName ?? name;
  return {
    name: workspaceName,
    organization: args.organization,
    prefix: args.prefix ?? defaultPrefix,
    namespace: args.kubernetes?.namespace ?? workspaceName,
    ...(args.aws === undefined ? { cloud: Cloud.Gcp, ...args.gcp } : { cloud: Cloud.Aws, ...args.aws }),
  };
}

/** What the engine keeps of the arguments, and shows to policies: names and switches. */
function facts(spec: WorkspaceSpec) {
  const { name, organization, cloud, region, accountId, prefix, namespace } = spec.ref;
  return { workspaceName: name, organization, cloud, region, accountId, prefix, namespace };
}

function sayWhichRolesAreMissing(spec: WorkspaceSpec, workspace: Workspace): void {
  const missing = roleNames.filter((role) => spec.roles[role].length === 0);
  if (missing.length === 0) return;
  const rights = missing.map((role) => `${role} (${permissionsOf(role).slice(0, 5).join(", ")})`).join(", ");
  void pulumi.log.info(
    `Workspace "${spec.ref.name}": no principal for ${rights}: not created. Add one under roles.${missing[0]}s to create it.`,
    workspace,
  );
}

function placeInKubernetes(
  name: string,
  args: WorkspaceArgs,
  spec: WorkspaceSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const namespace = spec.ref.namespace as string;
  if (args.kubernetes === undefined || args.kubernetes.createNamespace === false) return pulumi.output(namespace);
  return loadKubernetes().createNamespace(name, namespace, spec.ref, options);
}

function roleArns(parts: WorkspaceParts): pulumi.Output<Record<string, string>> {
  return pulumi.all(parts.roleArns as Record<string, pulumi.Output<string>>);
}
