import type { Fault } from "../backend";
import { backendOf } from "../backends";
import { InputError } from "../errors";
import { given } from "../options";
import type { WorkspaceRef } from "../workspaceRef";
import { workspaceSpec } from "../workspaceSpec";
import { bindingProblems } from "./bindingRules";
import type { Entries, Entry } from "./entries";
import { placeOf } from "./place";
import { at, declareOr, type Problem } from "./problems";
import type { Settings } from "./settings";
import { type AwsPlace, configKeyOf, type SecretEntry, type WorkspaceEntry } from "./shapes";
import { sharedBetweenWorkspaces } from "./sharing";
import { takenNames } from "./takenNames";
import { workspaceArguments } from "./workspaceArguments";

/** What the entries of a manifest must keep together, besides what each must keep alone. */
export function problemsTogether(entries: Entries, settings: Settings): Problem[] {
  return [
    ...duplicates(entries),
    ...workspaceProblems(entries, settings),
    ...sharedBetweenWorkspaces(entries),
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
  return [...placeProblems(entries, settings), ...references];
}

/** What to set where a file refers to a workspace of another stack. */
function missingPlace(entries: Entries, settings: Settings): string | undefined {
  const commands = [
    ...((entries.organization ?? settings.organization) === undefined ? ["pulumi config set organization NAME"] : []),
    ...((entries.cloud ?? settings.aws) === undefined
      ? ["pulumi config set --path aws.region REGION", "pulumi config set --path aws.accountId ACCOUNT"]
      : []),
  ];
  if (commands.length === 0) return undefined;
  return `add a document with organization, cloud and workspaces, or refer to an existing one: ${commands.join(" && ")}`;
}

/** Organization and cloud, each said once: at the first workspace that misses it, or where it stands. */
function placeProblems(entries: Entries, settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const [first] = entries.workspaces;
  if (first !== undefined && (entries.organization ?? settings.organization) === undefined) {
    problems.push(first.problem([], "organization is missing: add organization to the file"));
  }
  const nowhere = entries.workspaces.find(({ known }) => known !== undefined && known.aws === undefined);
  if (nowhere !== undefined && (entries.cloud ?? settings.aws) === undefined) {
    problems.push(nowhere.problem([], "cloud is missing: add cloud: { aws: { region, accountId } } to the file"));
  }
  for (const entry of entries.workspaces) {
    if (entry.known?.aws !== undefined) problems.push(...regionProblems(entry.known.aws, entry.problem));
  }
  const { cloud } = entries;
  if (cloud?.known?.aws !== undefined) problems.push(...regionProblems(cloud.known.aws, cloud.problem));
  if (cloud === undefined && settings.aws !== undefined) refuseSettings(regionFaults(settings.aws));
  return problems;
}

function regionProblems(aws: AwsPlace, problem: Entry<unknown>["problem"]): Problem[] {
  return regionFaults(aws).map(({ path, message }) => problem(path, message));
}

function regionFaults(aws: AwsPlace): Fault[] {
  return workspaceFaults({ name: "any" }, aws);
}

function workspaceFaults(entry: WorkspaceEntry, aws: AwsPlace): Fault[] {
  return backendOf("aws").workspaceFaults(workspaceSpec(entry.name, workspaceArguments(entry, "", aws)));
}

/** What the cloud's rules say to a workspace's roles, keys and adopted secrets. Where its place is wrong, that is said already. */
function accessProblems(workspace: Entry<WorkspaceEntry>, entries: Entries, settings: Settings): Problem[] {
  const { known } = workspace;
  const aws = placeOf(known, entries, settings);
  if (known === undefined || aws === undefined || regionFaults(aws).length > 0) return [];
  return workspaceFaults(known, aws).map(({ path, message }) => workspace.problem(path, message));
}

function refuseSettings(faults: Fault[]): void {
  if (faults.length === 0) return;
  throw new InputError(faults.map(({ path, message }) => `stack configuration: ${path.join(".")}: ${message}`));
}

/** Undefined where the workspace's place is unknown, which is said already. */
function refOf(name: string, entries: Entries, settings: Settings): WorkspaceRef | undefined {
  const declared = entries.workspaces.find((workspace) => workspace.name === name)?.known;
  const aws = placeOf(declared, entries, settings);
  if (aws === undefined) return undefined;
  const { ref } = workspaceSpec(name, workspaceArguments(declared ?? { name }, "", aws));
  return declared === undefined ? { ...ref, ...given({ cluster: settings.cluster }) } : ref;
}

/** A cluster's provider must be one of the workspace's account, wherever in the file that stands. */
function clusterProblems(workspace: Entry<WorkspaceEntry>, entries: Entries, settings: Settings): Problem[] {
  const ref = workspace.known && refOf(workspace.known.name, entries, settings);
  const faults = ref === undefined ? [] : backendOf("aws").clusterFaults(ref);
  return faults.map(({ path, message }) => workspace.problem(path, message));
}

/** What only the cloud's rules tell. */
function secretProblems(secret: Entry<SecretEntry>, entries: Entries, settings: Settings): Problem[] {
  const { known } = secret;
  if (known === undefined) return [];
  const workspace = refOf(known.workspace, entries, settings);
  if (workspace === undefined) return [];
  const faults = backendOf("aws").secretFaults({
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
