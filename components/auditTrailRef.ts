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
   * The regions that hold its secrets: the home region and those of replicas. Alerts are regional.
   * @default the region of the trail
   */
  regions?: string[];
}

/**
 * The audit trail of an account: plain facts, so that a workspace of this program or of another stack can refer to it.
 * In TypeScript `trail.ref` gives it; elsewhere write the fields.
 */
export interface AuditTrailRef {
  /** The 12-digit account. */
  accountId: string;
  /** The region of the trail, for example `us-east-1`. */
  region: string;
  /** The workspaces whose secrets it watches. */
  workspaces: AuditedWorkspaceArgs[];
}

/** What keeps the trail from covering a workspace, in one line; undefined where it does. */
export function uncovered(trail: AuditTrailRef, workspace: WorkspaceRef): string | undefined {
  const { name, accountId, region, replicaRegions = [], prefix = defaultPrefix } = workspace;
  if (trail.accountId !== accountId) {
    return `is the trail of account ${trail.accountId}, and the workspace is in ${accountId}: name the trail of that account`;
  }
  const watched = trail.workspaces.find((candidate) => candidate.name === name);
  if (watched === undefined) {
    return `the trail does not watch workspace "${name}": add it to the workspaces of the AuditTrail`;
  }
  if ((watched.prefix ?? defaultPrefix) !== prefix) {
    return `the trail watches "${name}" below ${watched.prefix ?? defaultPrefix}/, not ${prefix}/: correct prefix there`;
  }
  const regions = watched.regions ?? [trail.region];
  const missing = [region as string, ...replicaRegions].filter((one) => !regions.includes(one));
  return missing.length === 0
    ? undefined
    : `the trail does not watch "${name}" in ${missing.join(", ")}: add that to its regions in the AuditTrail`;
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
