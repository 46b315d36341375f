import type * as pulumi from "@pulumi/pulumi";
import { defaultPrefix } from "./names";
import type { WorkspaceRef } from "./workspaceRef";

/** A workspace whose secrets an AuditTrail watches. */
export interface AuditedWorkspaceArgs {
  /** Name of the workspace. */
  name: string;
  /**
   * First part of every secret's name in the cloud, as the workspace has it.
   * @default "vantedge"
   */
  prefix?: string;
  /**
   * AWS: the regions that hold its secrets: the home region and those of replicas. Alerts are regional.
   * @default the region of the trail
   */
  regions?: string[];
  /**
   * Google Cloud: the pods that read its values. Reads by anybody else raise an alert.
   * @default none
   */
  gke?: AuditedGkeArgs;
  /**
   * Google Cloud: the emails of service accounts of workloads outside of GKE that read its values, for example those of
   * Cloud Run. Reads by anybody else raise an alert.
   * @default none
   */
  serviceAccounts?: string[];
}

/** The pods of a workspace on GKE, as IAM knows them. */
export interface AuditedGkeArgs {
  /** The cluster's project. */
  projectId: string;
  /** The number of the cluster's project. */
  projectNumber: string;
  /** The workspace's namespace. */
  namespace: string;
}

/**
 * The audit trail of an account or project: plain facts, so that a workspace of this program or of another stack can refer to it.
 * In TypeScript `trail.ref` gives it; elsewhere write the fields.
 */
export interface AuditTrailRef {
  /** AWS: the 12-digit account. */
  accountId?: string;
  /** AWS: the region of the trail, for example `us-east-1`. */
  region?: string;
  /** Google Cloud: the project's id. */
  projectId?: string;
  /** Google Cloud: the project's number. */
  projectNumber?: string;
  /**
   * Google Cloud: whether the trail makes the custom roles of workspaces that share the project.
   * @default false
   */
  sharedRoles?: boolean;
  /** The workspaces whose secrets it watches. */
  workspaces: AuditedWorkspaceArgs[];
}

/** What keeps the trail from covering a workspace, in one line; undefined where it does. */
export function uncovered(trail: AuditTrailRef, workspace: WorkspaceRef): string | undefined {
  const { name, prefix = defaultPrefix } = workspace;
  const elsewhere = workspace.cloud === "aws" ? otherAccount(trail, workspace) : otherProject(trail, workspace);
  if (elsewhere !== undefined) return elsewhere;
  const watched = trail.workspaces.find((candidate) => candidate.name === name);
  if (watched === undefined) {
    return `the trail does not watch workspace "${name}": add it to the workspaces of the AuditTrail`;
  }
  if ((watched.prefix ?? defaultPrefix) !== prefix) {
    return `the trail watches "${name}" under the prefix ${watched.prefix ?? defaultPrefix}, not ${prefix}: correct prefix there`;
  }
  return workspace.cloud === "aws" ? unwatchedRegions(trail, watched, workspace) : unwatchedPods(watched, workspace);
}

function otherAccount(trail: AuditTrailRef, { accountId }: WorkspaceRef): string | undefined {
  if (trail.accountId === accountId) return undefined;
  const of = trail.accountId === undefined ? `project ${trail.projectId}` : `account ${trail.accountId}`;
  return `is the trail of ${of}, and the workspace is in ${accountId}: name the trail of that account`;
}

function otherProject(trail: AuditTrailRef, { projectId, projectNumber }: WorkspaceRef): string | undefined {
  if (trail.projectId === projectId && trail.projectNumber === projectNumber) return undefined;
  const of =
    trail.projectId === undefined
      ? `account ${trail.accountId}`
      : `project ${trail.projectId} (${trail.projectNumber})`;
  return `is the trail of ${of}, and the workspace is in ${projectId} (${projectNumber}): name the trail of that project`;
}

function unwatchedRegions(
  trail: AuditTrailRef,
  watched: AuditedWorkspaceArgs,
  { name, region, replicaRegions = [] }: WorkspaceRef,
): string | undefined {
  const regions = watched.regions ?? [trail.region];
  const missing = [region as string, ...replicaRegions].filter((one) => !regions.includes(one));
  return missing.length === 0
    ? undefined
    : `the trail does not watch "${name}" in ${missing.join(", ")}: add that to its regions in the AuditTrail`;
}

/** Without them, each of their reads would be an alert, and a deny policy would keep them from reading. */
function unwatchedPods({ gke }: AuditedWorkspaceArgs, workspace: WorkspaceRef): string | undefined {
  const pods = podsOf(workspace);
  if (pods === undefined || JSON.stringify(sorted(gke)) === JSON.stringify(sorted(pods))) return undefined;
  const { projectId, projectNumber, namespace } = pods;
  return (
    `the trail does not know the pods of "${workspace.name}": set gke: { projectId: "${projectId}", projectNumber: ` +
    `"${projectNumber}", namespace: "${namespace}" } on the workspace in the AuditTrail`
  );
}

function sorted(pods: AuditedGkeArgs | undefined): unknown {
  return pods === undefined ? undefined : [pods.projectId, pods.projectNumber, pods.namespace];
}

/** The pods that read a workspace's values on GKE; undefined where there are none. */
export function podsOf({
  cluster,
  projectId,
  projectNumber,
  namespace,
  name,
}: WorkspaceRef): AuditedGkeArgs | undefined {
  if (cluster?.gke === undefined) return undefined;
  return {
    projectId: cluster.gke.projectId ?? (projectId as string),
    projectNumber: cluster.gke.projectNumber ?? (projectNumber as string),
    namespace: namespace ?? name,
  };
}

/** The trails of this program by their references: the workspaces that they cover wait for them. */
const trails = new WeakMap<AuditTrailRef, pulumi.Resource>();

export function recordedBy(trail: pulumi.Resource, ref: AuditTrailRef): AuditTrailRef {
  trails.set(ref, trail);
  return ref;
}

export function trailOf(ref: AuditTrailRef | undefined): pulumi.Resource | undefined {
  return ref === undefined ? undefined : trails.get(ref);
}
