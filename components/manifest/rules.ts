import type { AuditTrailRef } from "../auditTrailRef";
import type { Fault } from "../backend";
import { backendOf } from "../backends";
import { InputError } from "../errors";
import { given } from "../options";
import type { WorkspaceRef } from "../workspaceRef";
import { workspaceSpec } from "../workspaceSpec";
import { bindingProblems } from "./bindingRules";
import type { Entries, Entry } from "./entries";
import { cloudForms, type ManifestPlace, placeOf, saidBy } from "./place";
import { at, declareOr, type Problem } from "./problems";
import { projectProblems } from "./projects";
import type { Settings } from "./settings";
import { configKeyOf, type SecretEntry, type WorkspaceEntry } from "./shapes";
import { sharedBetweenWorkspaces } from "./sharing";
import { takenNames } from "./takenNames";
import { trailOfHome } from "./trails";
import { plainRef, workspaceArguments } from "./workspaceArguments";

/** What the entries of a manifest must keep together, besides what each must keep alone. */
export function problemsTogether(entries: Entries, settings: Settings): Problem[] {
  return [
    ...duplicates(entries),
    ...workspaceProblems(entries, settings),
    ...sharedBetweenWorkspaces(entries, (name) => refOf(name, entries, settings)),
    ...projectProblems(entries, settings),
    ...entries.workspaces.flatMap((workspace) => accessProblems(workspace, entries, settings)),
    ...entries.workspaces.flatMap((workspace) => clusterProblems(workspace, entries, settings)),
    ...entries.bindings.flatMap((binding) =>
      bindingProblems(binding, entries, binding.known && refOf(binding.known.workspace, entries, settings)),
    ),
    ...takenNames(entries, (name) => refOf(name, entries, settings)),
    ...entries.secrets.flatMap((secret) => secretProblems(secret, entries, settings)),
  ];
}

function duplicates(entries: Entries): Problem[] {
  return [entries.auditTrails, entries.workspaces, entries.secrets, entries.bindings].flatMap(
    (list: Entry<unknown>[]) =>
      list.flatMap((entry, index) => {
        const first = list.findIndex((other) => other.name === entry.name && other.workspace === entry.workspace);
        if (entry.name === undefined || first === index) return [];
        const place = (list[first] as Entry<unknown>).place(["name"]);
        return [entry.problem(["name"], `"${entry.name}" is declared twice, first at ${at(place)}: keep one`)];
      }),
  );
}

function workspaceProblems(entries: Entries, settings: Settings): Problem[] {
  const declared = entries.workspaces.flatMap(({ name }) => (name === undefined ? [] : [name]));
  const references = [...entries.secrets, ...entries.bindings].flatMap((entry) => {
    if (entry.workspace === undefined || declared.includes(entry.workspace)) return [];
    if (declared.length < entries.workspaces.length) return []; // one has a wrong name: perhaps it is this one
    if (declared.length > 0) {
      const message = `there is no workspace "${entry.workspace}" here: ${declareOr(declared)}`;
      return [entry.problem(["workspace"], message)];
    }
    const missing = missingPlace(entries, settings);
    return missing === undefined
      ? []
      : [entry.problem(["workspace"], `"${entry.workspace}" is not declared in this file: ${missing}`)];
  });
  return [...missingAndWrongPlaces(entries, settings), ...references];
}

/** What to set where a file refers to a workspace of another stack. */
function missingPlace(entries: Entries, settings: Settings): string | undefined {
  const commands = [
    ...((entries.organization ?? settings.organization) === undefined ? ["pulumi config set organization NAME"] : []),
    ...((entries.cloud ?? saidBy(settings)) === undefined
      ? ["pulumi config set --path aws.region REGION", "pulumi config set --path aws.accountId ACCOUNT"]
      : []),
  ];
  if (commands.length === 0) return undefined;
  const onGoogle = commands.length > 1 ? " (on Google Cloud gcp.projectId and gcp.projectNumber in place of aws)" : "";
  return `add a document with organization, cloud and workspaces, or refer to an existing one: ${commands.join(" && ")}${onGoogle}`;
}

/** Organization and cloud, each said once: at the first workspace that misses it, or where it stands. */
function missingAndWrongPlaces(entries: Entries, settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const [first] = entries.workspaces;
  if (first !== undefined && (entries.organization ?? settings.organization) === undefined) {
    problems.push(first.problem([], "organization is missing: add organization to the file"));
  }
  const nowhere = entries.workspaces.find(({ known }) => known !== undefined && saidBy(known) === undefined);
  if (nowhere !== undefined && (entries.cloud ?? saidBy(settings)) === undefined) {
    problems.push(nowhere.problem([], `cloud is missing: add ${cloudForms} to the file`));
  }
  for (const { known, problem } of entries.workspaces) problems.push(...placeProblems(saidBy(known), problem));
  const { cloud } = entries;
  if (cloud !== undefined) problems.push(...placeProblems(saidBy(cloud.known), cloud.problem));
  else refuseSettings(placeFaults(saidBy(settings)));
  return problems;
}

function placeProblems(place: ManifestPlace | undefined, problem: Entry<unknown>["problem"]): Problem[] {
  return placeFaults(place).map(({ path, message }) => problem(path, message));
}

/** What is wrong with a place whatever is there. Of Google Cloud, its shape says all. */
function placeFaults(place: ManifestPlace | undefined): Fault[] {
  return place?.cloud === "aws" ? workspaceFaults({ name: "any" }, place) : [];
}

function workspaceFaults(entry: WorkspaceEntry, place: ManifestPlace, auditTrail?: AuditTrailRef): Fault[] {
  const args = { ...workspaceArguments(entry, "", place), ...given({ auditTrail }) };
  return backendOf(place.cloud).workspaceFaults(workspaceSpec(entry.name, args));
}

/** What the cloud's rules say to a workspace's roles, keys and adopted secrets. Where its place is wrong, that is said already. */
function accessProblems(workspace: Entry<WorkspaceEntry>, entries: Entries, settings: Settings): Problem[] {
  const { known } = workspace;
  const place = placeOf(known, entries, settings);
  if (known === undefined || place === undefined || placeFaults(place).length > 0) return [];
  const trail = trailOfHome(place, entries, settings);
  return workspaceFaults(known, place, trail).map(({ path, message }) => workspace.problem(path, message));
}

function refuseSettings(faults: Fault[]): void {
  if (faults.length === 0) return;
  throw new InputError(faults.map(({ path, message }) => `stack configuration: ${path.join(".")}: ${message}`));
}

/** Undefined where the workspace's place is unknown, which is said already. */
function refOf(name: string, entries: Entries, settings: Settings): WorkspaceRef | undefined {
  const declared = entries.workspaces.find((workspace) => workspace.name === name)?.known;
  const place = placeOf(declared, entries, settings);
  if (place === undefined) return undefined;
  return plainRef(name, declared, { organization: "", place, cluster: settings.cluster });
}

/** A cluster must be one that the workspace's cloud takes, wherever in the file that stands. */
function clusterProblems(workspace: Entry<WorkspaceEntry>, entries: Entries, settings: Settings): Problem[] {
  const ref = workspace.known && refOf(workspace.known.name, entries, settings);
  const faults = ref === undefined ? [] : backendOf(ref.cloud).clusterFaults(ref);
  return faults.map(({ path, message }) => workspace.problem(path, message));
}

/** What only the cloud's rules tell. */
function secretProblems(secret: Entry<SecretEntry>, entries: Entries, settings: Settings): Problem[] {
  const { known } = secret;
  if (known === undefined) return [];
  const workspace = refOf(known.workspace, entries, settings);
  if (workspace === undefined) return [];
  const faults = backendOf(workspace.cloud).secretFaults({
    workspace,
    secretName: known.name,
    description: known.description,
    recoveryWindowInDays: known.recoveryWindowInDays,
    importId: known.import,
    tags: known.tags ?? {},
    rotation: known.rotation,
    lockdown: known.lockdown,
    gcp: known.gcp,
    pinVersion: known.pinVersion,
  });
  return faults.map(({ path, message }) => secret.problem(path, message));
}

/** Configuration keys that a secret's values name and that aren't set. */
export function configProblems(secret: Entry<SecretEntry>, settings: Settings): Problem[] {
  const { known } = secret;
  if (known === undefined) return [];
  const values: [path: string[], value: unknown][] = [
    [["value"], known.value],
    ...Object.entries(known.fields ?? {}).map(([field, value]): [string[], unknown] => [["fields", field], value]),
  ];
  return values.flatMap(([path, value]) => {
    const key = configKeyOf(value);
    if (key === undefined) return [];
    const state = settings.state(key);
    if (state === "set") return [];
    const fault = state === "empty" ? "is empty" : "is not set";
    return [secret.problem(path, `configuration key "${key}" ${fault}: run pulumi config set --secret ${key}`)];
  });
}
