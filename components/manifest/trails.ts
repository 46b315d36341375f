import { type AuditTrailArgs, auditTrailSpec } from "../auditTrail";
import type { AuditedWorkspaceArgs, AuditTrailRef } from "../auditTrailRef";
import { backendOf } from "../backends";
import type { Entries, Entry } from "./entries";
import { placeOf } from "./place";
import { at, type Problem } from "./problems";
import type { Settings } from "./settings";
import type { AuditTrailEntry, AwsPlace } from "./shapes";

/** An audit trail that the manifest declares. */
export interface ManifestTrail {
  name: string;
  aws: AwsPlace;
  args: AuditTrailArgs;
  /** How workspaces refer to it. */
  ref: AuditTrailRef;
  /** False where another stack makes it, and the workspaces of this one refer to it. */
  made: boolean;
}

/** The trails of a file without problems: each watches all workspaces that the file has in its account. */
export function trailsOf(entries: Entries, organization: string, settings: Settings): ManifestTrail[] {
  return entries.auditTrails.map(({ known }) => {
    const entry = known as AuditTrailEntry;
    const aws = placeOf(entry, entries, settings) as AwsPlace;
    const args = argsOf(entry, aws, organization, entries, settings);
    const { accountId, region } = aws;
    return {
      name: entry.name,
      aws,
      args,
      ref: { accountId, region, workspaces: args.workspaces },
      made: isMade(entry.name, settings),
    };
  });
}

/** A stack that chooses its workspaces makes no trail unless it chooses that too: there is one for the account. */
function isMade(name: string, { workspaces, auditTrails }: Settings): boolean {
  return auditTrails === undefined ? workspaces === undefined : auditTrails.includes(name);
}

function argsOf(
  { name: _, aws: __, ...options }: AuditTrailEntry,
  { region, accountId }: AwsPlace,
  organization: string,
  entries: Entries,
  settings: Settings,
): AuditTrailArgs {
  const workspaces = watched(accountId, entries, settings);
  return { organization, aws: { region, accountId }, workspaces, ...options } as AuditTrailArgs;
}

function watched(accountId: string, entries: Entries, settings: Settings): AuditedWorkspaceArgs[] {
  return entries.workspaces.flatMap(({ known }) => {
    const aws = placeOf(known, entries, settings);
    if (known === undefined || aws?.accountId !== accountId) return [];
    const { name, prefix } = known;
    const regions = [aws.region, ...(aws.replicaRegions ?? [])];
    return [{ name, ...(prefix === undefined ? {} : { prefix }), regions }];
  });
}

/** What the trails of a file must keep together, and what only the cloud's rules tell. */
export function trailProblems(entries: Entries, settings: Settings): Problem[] {
  return entries.auditTrails.flatMap((trail) => {
    if (trail.known === undefined) return [];
    const aws = placeOf(trail.known, entries, settings);
    // A cloud that is given, but wrong, is reported where it stands.
    if (aws === undefined) return entries.cloud === undefined ? [trail.problem([], nowhere)] : [];
    const other = sameAccount(trail, aws.accountId, entries, settings);
    if (other !== undefined) {
      const message = `the trail "${other.name}" at ${at(other.place([]))} is of account ${aws.accountId} too: keep one`;
      return [trail.problem(["name"], message)];
    }
    return [...idle(trail, aws, entries, settings), ...faults(trail, trail.known, aws, entries, settings)];
  });
}

const nowhere = "cloud is missing: add cloud: { aws: { region, accountId } } to the file, or aws here";

function sameAccount(
  trail: Entry<AuditTrailEntry>,
  accountId: string,
  entries: Entries,
  settings: Settings,
): Entry<AuditTrailEntry> | undefined {
  const earlier = entries.auditTrails.slice(0, entries.auditTrails.indexOf(trail));
  return earlier.find(({ known }) => known !== undefined && placeOf(known, entries, settings)?.accountId === accountId);
}

/** Where a workspace has problems of its own, it may be the one. */
function idle(trail: Entry<AuditTrailEntry>, { accountId }: AwsPlace, entries: Entries, settings: Settings): Problem[] {
  if (entries.workspaces.some(({ known }) => known === undefined)) return [];
  if (watched(accountId, entries, settings).length > 0) return [];
  return [
    trail.problem([], `the file has no workspace in account ${accountId} to watch: declare one, or leave it out`),
  ];
}

function faults(
  trail: Entry<AuditTrailEntry>,
  known: AuditTrailEntry,
  aws: AwsPlace,
  entries: Entries,
  settings: Settings,
): Problem[] {
  const spec = auditTrailSpec(argsOf(known, aws, "", entries, settings));
  return backendOf("aws")
    .auditTrailFaults(spec)
    .flatMap(({ path, message }) => {
      // What is the file's or a workspace's is reported there.
      if (path[0] === "aws" && known.aws === undefined) return [];
      if (path[0] === "workspaces") return path.length > 1 ? [] : [trail.problem([], message)];
      return [trail.problem(path, message)];
    });
}
