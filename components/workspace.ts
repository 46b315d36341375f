import * as pulumi from "@pulumi/pulumi";
import { type AuditTrailRef, trailOf, uncovered } from "./auditTrailRef";
import type { Fault, WorkspaceParts, WorkspaceSpec } from "./backend";
import { backendOf, loadKubernetes } from "./backends";
import { check, refuse } from "./checks/check";
import { workspaceShape } from "./checks/workspace";
import { clusterOf } from "./kubernetesCluster";
import { namespaceMadeTwice, workspaceMadeTwice } from "./madeTwice";
import { missingRoles } from "./missingRoles";
import { sayingOnce } from "./notices";
import { childOptions, given, waitingUntil } from "./options";
import { samenessFaults } from "./podIdentities";
import { whenReachable } from "./reachable";
import { roleNames } from "./roles";
import { projectFaults } from "./sharedProjects";
import type { WorkspaceArgs } from "./workspaceArgs";
import { ownedBy, type WorkspaceRef } from "./workspaceRef";
import { workspaceSpec } from "./workspaceSpec";

/** The boundary: the secrets, key, roles and namespace of one environment. Nothing reaches into it from another one. */
export class Workspace extends pulumi.ComponentResource {
  /** The workspace's name. */
  public readonly workspaceName: pulumi.Output<string>;
  /** The key that encrypts the workspace's values; empty on Google Cloud, where secrets have keys of their own, or none. */
  public readonly keyArn: pulumi.Output<string>;
  /** The cloud roles by role name: ARNs, on Google Cloud names of roles. A role without a principal is absent. */
  public readonly roleArns: pulumi.Output<Record<string, string>>;
  /**
   * What each role may do, by permission of the matrix (`create`, `list`, `retrieve`, ...): decided from the documents as
   * they were made, not taken from the matrix; absent where it can't be decided. What else is attached to an existing
   * role, or bound on Google Cloud, is not known here. There whoever deletes a secret deletes it for good: `forceDelete`.
   */
  public readonly effectivePermissions: pulumi.Output<Record<string, Record<string, boolean>>>;
  /** The role that rotation functions run as; empty unless `rotator` asks for it. */
  public readonly rotatorRoleArn: pulumi.Output<string>;
  /**
   * How a member creates a secret with the cloud's own command-line tool, in a POSIX shell: replace NAME, paste the value,
   * and press Ctrl-D twice without Enter, which would be part of the value; the command says so when it waits. The value
   * is in no argument and no history. Empty where no role creates secrets: in a Google Cloud project that is shared
   * strictly.
   */
  public readonly createCommand: pulumi.Output<string>;
  /** How a member puts a new value into a secret: as `createCommand`. */
  public readonly updateCommand: pulumi.Output<string>;
  /** The workspace's Kubernetes namespace. */
  public readonly namespace: pulumi.Output<string>;
  /** Whether an AuditTrail watches the workspace. */
  public readonly audited: pulumi.Output<boolean>;
  /**
   * The least that a deployer of the workspace needs, as the text of an IAM policy: it makes, changes and deletes the
   * workspace, its secrets, the roles of its bindings and its rotation, and reads no value. An AuditTrail and adopted
   * secrets are not in it.
   * At most 6,144 characters, as a managed policy takes, for up to two regions and the default prefix; else at most
   * 10,240, as an inline policy of a role. Who makes roles can give them more rights than it has: say who may deploy.
   * On Google Cloud it is the definition of a custom role, for `gcloud iam roles create ID --project P --file FILE`, and
   * reaches the whole project; rights on Cloud KMS keys are not in it. Where the workspace has a `location`, it reads
   * values: Google's provider reads those of regional secrets back.
   */
  public readonly deployerPolicy: pulumi.Output<string>;
  /**
   * What reads the workspace's values in an emergency, and nothing else, as the text of an IAM policy: for the principals
   * under `breakGlass`. A deployer that is `readable` gets it beside `deployerPolicy`. On Google Cloud the definition of a
   * custom role, as `deployerPolicy`.
   */
  public readonly breakGlassPolicy: pulumi.Output<string>;
  /**
   * What the workspace does not keep of the role matrix because it shares its Google Cloud project, in one line each:
   * `gcp.sharing`. Empty on AWS, and in a project of its own.
   */
  public readonly reducedGuarantees: pulumi.Output<string[]>;

  constructor(name: string, args: WorkspaceArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = checkedSpec(name, args);
    const subject = `Workspace "${spec.ref.name}"`;
    const { inputs, options: said } = sayingOnce(subject, noticesOf(spec, args), facts(spec), opts);
    super("vantedge-secrets:index:Workspace", name, inputs, said);
    const options = whenReachable(spec.ref, childOptions(this, opts, trailOf(args.auditTrail)));

    const parts = backendOf(spec.ref.cloud).createWorkspace(name, spec, options);
    const namespace = placeInKubernetes(name, args, spec, sayingWhatOthersChanged(spec, this, args, options));
    enterInCluster(name, spec, parts, options);

    refs.set(this, ownedBy(this, { ...spec.ref, ...given({ keyArn: parts.keyArn }) }));
    this.workspaceName = pulumi.output(spec.ref.name);
    this.keyArn = parts.keyArn ?? pulumi.output("");
    this.roleArns = roleArns(parts);
    this.effectivePermissions = parts.effectivePermissions;
    this.rotatorRoleArn = parts.rotatorRoleArn ?? pulumi.output("");
    this.createCommand = parts.createCommand;
    this.updateCommand = parts.updateCommand;
    this.namespace = namespace;
    this.audited = pulumi.output(args.auditTrail !== undefined);
    this.deployerPolicy = pulumi.output(parts.deployerPolicy);
    this.breakGlassPolicy = pulumi.output(parts.breakGlassPolicy);
    this.reducedGuarantees = pulumi.output(reducedGuarantees(spec));
    this.registerOutputs({
      keyArn: this.keyArn,
      roleArns: this.roleArns,
      effectivePermissions: this.effectivePermissions,
      rotatorRoleArn: this.rotatorRoleArn,
      createCommand: this.createCommand,
      updateCommand: this.updateCommand,
      audited: this.audited,
      deployerPolicy: this.deployerPolicy,
      breakGlassPolicy: this.breakGlassPolicy,
      reducedGuarantees: this.reducedGuarantees,
      // A stack's policies are shown outputs and never inputs.
      ...facts(spec),
    });
  }

  /** What secrets and bindings of this program take as `workspace`. */
  public get ref(): WorkspaceRef {
    return refs.get(this) as WorkspaceRef;
  }
}

/** Kept beside the class: a field would become an output in every language (facts/pulumi-components.md b). */
const refs = new WeakMap<Workspace, WorkspaceRef>();

function checkedSpec(name: string, args: WorkspaceArgs): WorkspaceSpec {
  check("Workspace", name, workspaceShape, { ...args, workspaceName: args.workspaceName ?? name });
  const spec = workspaceSpec(name, args);
  const backend = backendOf(spec.ref.cloud);
  const clusterFaults = backend
    .clusterFaults(spec.ref)
    .concat(samenessFaults(spec.ref))
    .map((fault) => ({ ...fault, path: ["kubernetes", ...fault.path] }));
  const faults = [
    ...workspaceMadeTwice(spec.ref),
    ...namespaceMadeTwice(spec.ref),
    ...backend.workspaceFaults(spec),
    ...projectFaults(spec),
    ...clusterFaults,
    ...trailFaults(spec.ref, args.auditTrail),
  ];
  refuse("Workspace", name, faults);
  return spec;
}

/** What the engine keeps of the arguments, and shows to policies: names and switches. */
function facts(spec: WorkspaceSpec) {
  const { name, organization, cloud, region, accountId, projectId, projectNumber, location, prefix, namespace } =
    spec.ref;
  const { listing, memberKms, sharing } = spec;
  const place =
    cloud === "aws"
      ? { region, accountId, listing, memberKms }
      : given({ projectId, projectNumber, location, sharing });
  return { workspaceName: name, organization, cloud, prefix, namespace, ...place };
}

/** What whoever provisions the workspace should know of it, in one line each. */
function noticesOf(spec: WorkspaceSpec, { auditTrail }: WorkspaceArgs): string[] {
  const reduced = reducedGuarantees(spec).map((guarantee) => `reduced, since it shares its project: ${guarantee}.`);
  return [...missingRoles(spec), ...(auditTrail === undefined ? [unaudited(spec)] : []), ...reduced];
}

function reducedGuarantees(spec: WorkspaceSpec): string[] {
  return [...backendOf(spec.ref.cloud).reducedGuarantees(spec)];
}

function unaudited({ ref }: WorkspaceSpec): string {
  const place = ref.cloud === "aws" ? "account" : "project";
  return `no audit trail is named, so audited is false: make one AuditTrail for the ${place} and set auditTrail.`;
}

function trailFaults(ref: WorkspaceRef, trail: AuditTrailRef | undefined): Fault[] {
  const message = trail === undefined ? undefined : uncovered(trail, ref);
  return message === undefined ? [] : [{ path: ["auditTrail"], message }];
}

/** Options for what is made once it is said what others have changed in the cluster. */
function sayingWhatOthersChanged(
  { ref }: WorkspaceSpec,
  workspace: Workspace,
  { kubernetes }: WorkspaceArgs,
  options: pulumi.CustomResourceOptions,
): pulumi.CustomResourceOptions {
  if (kubernetes === undefined) return options;
  const said = clusterOf(workspace).place.apply(async (place) => {
    if (place === undefined) return;
    const question = { namespace: ref.namespace as string, workspace: ref.name };
    for (const changed of await loadKubernetes().rolesChangedByOthers(place, question)) {
      await pulumi.log.warn(`Workspace "${ref.name}": ${changed}.`, workspace);
    }
  });
  return waitingUntil(options, said);
}

function placeInKubernetes(
  name: string,
  args: WorkspaceArgs,
  spec: WorkspaceSpec,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const wanted = spec.ref.namespace as string;
  if (args.kubernetes === undefined) return pulumi.output(wanted);
  const { createNamespace: creates = true, admissionPolicy = false } = args.kubernetes;
  const { createNamespace, createRoles, createAdmissionPolicy } = loadKubernetes();
  const namespace = creates ? createNamespace(name, wanted, spec.ref, options) : pulumi.output(wanted);
  createRoles(name, { workspace: spec.ref, namespace, subjects: subjectsOfRolesInUse(spec) }, options);
  if (admissionPolicy)
    createAdmissionPolicy(name, spec.ref, backendOf(spec.ref.cloud).inCluster.admission(spec.ref), options);
  return namespace;
}

/** Of the roles that somebody has, in the cloud or in Kubernetes. */
function subjectsOfRolesInUse({ roles, existingRoles, subjects }: WorkspaceSpec): Partial<WorkspaceSpec["subjects"]> {
  const used = roleNames.filter(
    (role) => roles[role].length > 0 || existingRoles[role] !== undefined || subjects[role].length > 0,
  );
  return Object.fromEntries(used.map((role) => [role, subjects[role]]));
}

function enterInCluster(
  name: string,
  { ref, accessEntries, tags }: WorkspaceSpec,
  { roleArns }: WorkspaceParts,
  options: pulumi.CustomResourceOptions,
): void {
  if (accessEntries === undefined) return;
  const { clusterName } = accessEntries;
  backendOf(ref.cloud).createAccessEntries(name, { workspace: ref, clusterName, roleArns, tags }, options);
}

function roleArns(parts: WorkspaceParts): pulumi.Output<Record<string, string>> {
  return pulumi.all(parts.roleArns as Record<string, pulumi.Output<string>>);
}
