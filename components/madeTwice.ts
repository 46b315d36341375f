import type { Fault, Home } from "./backend";
import { perOperation } from "./perProgram";
import type { WorkspaceRef } from "./workspaceRef";

const workspaces = perOperation(() => new Set<string>());
const secrets = perOperation(() => new Set<string>());
const namespaces = perOperation(() => new Map<string, string>());

/**
 * Another workspace of the program with the name. Roles and alias carry no more than it, so an account has one; the engine
 * would say that a hook is there already.
 */
export function workspaceMadeTwice(ref: WorkspaceRef): Fault[] {
  const message = `"${ref.name}" is another workspace of this program in ${placeOf(ref)}: give each its own name`;
  return isFirst(workspaces(), [placeOf(ref), ref.name]) ? [] : [{ path: ["workspaceName"], message }];
}

/** Another secret of the program with the name, in the same workspace. */
export function secretMadeTwice(workspace: WorkspaceRef, secretName: string): Fault[] {
  const { region, location, prefix, name } = workspace;
  const message = `"${secretName}" is another secret of workspace "${name}" in this program: give each its own name`;
  const identity = [placeOf(workspace), region, location, prefix, name, secretName];
  return isFirst(secrets(), identity) ? [] : [{ path: ["secretName"], message }];
}

/**
 * Another workspace of the program with the namespace, in the same cluster of EKS: who may read in it reads all that is
 * delivered there. GKE's are compared by what IAM knows of their pods.
 */
export function namespaceMadeTwice({ name, namespace, cluster, accountId, region }: WorkspaceRef): Fault[] {
  const { eksIrsa, eksPodIdentity } = cluster ?? {};
  const id = eksIrsa?.oidcProviderArn ?? (eksPodIdentity && `${accountId} ${region} ${eksPodIdentity.clusterName}`);
  if (id === undefined) return [];
  const key = JSON.stringify([id, namespace]);
  const other = namespaces().get(key);
  namespaces().set(key, other ?? name);
  if (other === undefined || other === name) return [];
  const message = `the namespace "${namespace}" is that of workspace "${other}": give each its own`;
  return [{ path: ["kubernetes", "namespace"], message }];
}

function isFirst(known: Set<string>, identity: (string | undefined)[]): boolean {
  const key = JSON.stringify(identity);
  if (known.has(key)) return false;
  known.add(key);
  return true;
}

function placeOf({ cloud, accountId, projectId }: Home): string {
  return cloud === "aws" ? `account ${accountId}` : `project ${projectId}`;
}
