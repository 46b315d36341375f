import { type AuditTrailArgs, type AuditTrailGcpArgs, auditTrailSpec, trailRefOf } from "../auditTrail";
import { type AuditedWorkspaceArgs, type AuditTrailRef, podsOf } from "../auditTrailRef";
import { backendOf } from "../backends";
import { describe } from "../checks/issues";
import { given } from "../options";
import { workspaceSpec } from "../workspaceSpec";
import type { Entries, Entry } from "./entries";
import { cloudForms, homeOf, type ManifestPlace, placeOf } from "./place";
import { at, type Problem } from "./problems";
import type { Settings } from "./settings";
import type { AuditTrailEntry, WorkspaceEntry } from "./shapes";
import { workspaceArguments } from "./workspaceArguments";

/** An audit trail that the manifest declares. */
export interface ManifestTrail {
  name: string;
  place: ManifestPlace;
  args: AuditTrailArgs;
  /** How workspaces refer to it. */
  ref: AuditTrailRef;
  /** False where another stack makes it, and the workspaces of this one refer to it. */
  made: boolean;
}

/** The trails of a file without problems: each watches all workspaces that the file has in its account or project. */
export function trailsOf(entries: Entries, organization: string, settings: Settings): ManifestTrail[] {
  return entries.auditTrails.map(({ known }) => {
    const entry = known as AuditTrailEntry;
    const place = trailPlace(entry, entries, settings) as ManifestPlace;
    const args = argsOf(entry, place, organization, entries, settings);
    return { name: entry.name, place, args, ref: trailRefOf(auditTrailSpec(args)), made: isMade(entry.name, settings) };
  });
}

/** How a workspace refers to the trail of its account or project, as far as the file has one. */
export function trailOfHome(home: ManifestPlace, entries: Entries, settings: Settings): AuditTrailRef | undefined {
  for (const { known } of entries.auditTrails) {
    const place = known && trailPlace(known, entries, settings);
    if (known === undefined || place === undefined || homeOf(place) !== homeOf(home)) continue;
    return trailRefOf(auditTrailSpec(argsOf(known, place, "", entries, settings)));
  }
  return undefined;
}

/** A stack that chooses its workspaces makes no trail unless it chooses that too: there is one for the account. */
function isMade(name: string, { workspaces, auditTrails }: Settings): boolean {
  return auditTrails === undefined ? workspaces === undefined : auditTrails.includes(name);
}

/** Settings of Google Cloud without a project are for that of the file. */
function trailPlace({ aws, gcp }: AuditTrailEntry, entries: Entries, settings: Settings): ManifestPlace | undefined {
  if (gcp?.projectId === undefined || gcp.projectNumber === undefined) {
    const place = placeOf({ aws }, entries, settings);
    return gcp !== undefined && place?.cloud !== "gcp" ? undefined : place;
  }
  const { projectId, projectNumber, impersonateServiceAccount } = gcp;
  return { cloud: "gcp", projectId, projectNumber, impersonateServiceAccount };
}

function argsOf(
  { name: _, aws: __, gcp = {}, ...options }: AuditTrailEntry,
  place: ManifestPlace,
  organization: string,
  entries: Entries,
  settings: Settings,
): AuditTrailArgs {
  const shared = { organization, workspaces: watched(place, entries, settings), ...options };
  if (place.cloud === "aws") {
    const { region, accountId } = place;
    return { ...shared, aws: { region, accountId } } as AuditTrailArgs;
  }
  const { projectId, projectNumber } = place;
  const { impersonateServiceAccount: ___, ...more } = gcp;
  return { ...shared, gcp: given({ ...more, projectId, projectNumber }) as AuditTrailGcpArgs } as AuditTrailArgs;
}

function watched(home: ManifestPlace, entries: Entries, settings: Settings): AuditedWorkspaceArgs[] {
  return entries.workspaces.flatMap(({ known }) => {
    const place = placeOf(known, entries, settings);
    if (known === undefined || place === undefined || homeOf(place) !== homeOf(home)) return [];
    const serviceAccounts = place.cloud === "gcp" ? serviceAccountsOf(known.name, entries) : [];
    return [
      {
        name: known.name,
        ...given({ prefix: known.prefix }),
        ...whereIn(place, known),
        ...(serviceAccounts.length === 0 ? {} : { serviceAccounts }),
      },
    ];
  });
}

/** Who reads outside of Kubernetes, as the file's bindings say. */
function serviceAccountsOf(workspace: string, { bindings }: Entries): string[] {
  const emails = bindings.flatMap(({ known }) =>
    known?.workspace === workspace ? (known.reader?.serviceAccountEmail ?? []) : [],
  );
  return [...new Set(emails)].sort();
}

function whereIn(place: ManifestPlace, entry: WorkspaceEntry): Pick<AuditedWorkspaceArgs, "regions" | "gke"> {
  if (place.cloud === "aws") return { regions: [place.region, ...(place.replicaRegions ?? [])] };
  return given({ gke: podsOf(workspaceSpec(entry.name, workspaceArguments(entry, "", place)).ref) });
}

/** What the trails of a file must keep together, and what only the cloud's rules tell. */
export function trailProblems(entries: Entries, settings: Settings): Problem[] {
  return entries.auditTrails.flatMap((trail) => {
    if (trail.known === undefined) return [];
    const place = trailPlace(trail.known, entries, settings);
    if (place === undefined) return nowhere(trail, trail.known, entries);
    const other = sameHome(trail, place, entries, settings);
    if (other !== undefined) {
      const message = `the trail "${other.name}" at ${at(other.place([]))} is of ${homeOf(place)} too: keep one`;
      return [trail.problem(["name"], message)];
    }
    return [...idle(trail, place, entries, settings), ...faults(trail, trail.known, place, entries, settings)];
  });
}

/** A cloud that is given, but wrong, is reported where it stands. */
function nowhere(trail: Entry<AuditTrailEntry>, { gcp }: AuditTrailEntry, { cloud }: Entries): Problem[] {
  if (cloud !== undefined && cloud.known === undefined) return [];
  const message =
    gcp === undefined
      ? `cloud is missing: add ${cloudForms} to the file, or aws or gcp here`
      : "has no project, and the file's cloud is none of Google's: add projectId and projectNumber";
  return [trail.problem(gcp === undefined ? [] : ["gcp"], message)];
}

function sameHome(
  trail: Entry<AuditTrailEntry>,
  place: ManifestPlace,
  entries: Entries,
  settings: Settings,
): Entry<AuditTrailEntry> | undefined {
  const earlier = entries.auditTrails.slice(0, entries.auditTrails.indexOf(trail));
  return earlier.find(({ known }) => {
    const other = known && trailPlace(known, entries, settings);
    return other !== undefined && homeOf(other) === homeOf(place);
  });
}

/** Where a workspace has problems of its own, it may be the one. */
function idle(trail: Entry<AuditTrailEntry>, place: ManifestPlace, entries: Entries, settings: Settings): Problem[] {
  if (entries.workspaces.some(({ known }) => known === undefined)) return [];
  if (watched(place, entries, settings).length > 0) return [];
  return [trail.problem([], `the file has no workspace in ${homeOf(place)} to watch: declare one, or leave it out`)];
}

function faults(
  trail: Entry<AuditTrailEntry>,
  known: AuditTrailEntry,
  place: ManifestPlace,
  entries: Entries,
  settings: Settings,
): Problem[] {
  const spec = auditTrailSpec(argsOf(known, place, "", entries, settings));
  return backendOf(place.cloud)
    .auditTrailFaults(spec)
    .flatMap(({ path, message }) => {
      // What is the file's or a workspace's is reported there.
      if (path[0] === "aws" && known.aws === undefined) return [];
      if (path[0] === "workspaces") return path.length > 1 ? [] : [trail.problem([], message)];
      // What is missing has no place of its own where its block is missing too.
      const isNowhere = path[0] === "gcp" && known.gcp === undefined;
      return [isNowhere ? trail.problem([], describe(path, message)) : trail.problem(path, message)];
    });
}
