import { podsOf } from "./auditTrailRef";
import type { Fault } from "./backend";
import { defaultPrefix } from "./names";
import { perProgram } from "./perProgram";
import type { WorkspaceRef } from "./workspaceRef";

/** The pods of a workspace, as Google's IAM knows them. */
export interface PodIdentity {
  /** With its project and prefix: others may have a workspace of that name. */
  workspace: string;
  /** The project whose clusters' pods are in one pool. */
  pool: string;
  namespace: string;
}

const ofProgram = perProgram<PodIdentity[]>(() => []);

/**
 * IAM knows a pod by the project of its cluster, its namespace and its ServiceAccount, and not by the cluster: in two
 * clusters of one project, the reader of one workspace would be that of another
 * (https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity#identity_sameness). Whoever may make a
 * ServiceAccount in the namespace chooses its name, so the namespace decides. Seen within one program.
 */
export function samenessFaults(ref: WorkspaceRef): Fault[] {
  const identity = podIdentityOf(ref);
  const others = ofProgram();
  if (identity === undefined || others === undefined) return [];
  const message = sameness(identity, others);
  others.push(identity);
  return message === undefined ? [] : [{ path: ["namespace"], message }];
}

/** Undefined where no pods of GKE read. */
export function podIdentityOf(ref: WorkspaceRef): PodIdentity | undefined {
  const pods = podsOf(ref);
  return pods && { workspace: idOf(ref), pool: pods.projectId, namespace: pods.namespace };
}

function idOf({ name, projectId, prefix = defaultPrefix }: WorkspaceRef): string {
  return `"${name}" (project ${projectId}${prefix === defaultPrefix ? "" : `, prefix ${prefix}`})`;
}

/** Why a workspace can't have its namespace beside others, in one line; undefined where it can. */
export function sameness(own: PodIdentity, others: readonly PodIdentity[]): string | undefined {
  const other = others.find(
    ({ workspace, pool, namespace }) => workspace !== own.workspace && pool === own.pool && namespace === own.namespace,
  );
  if (other === undefined) return undefined;
  return (
    `"${own.namespace}" is the namespace of workspaces ${other.workspace} and ${own.workspace}, and IAM takes the pods of all ` +
    `clusters of project ${own.pool} for the same where namespace and ServiceAccount are: give each workspace a namespace of ` +
    "its own, or clusters in different projects"
  );
}
