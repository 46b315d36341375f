import { backendOf, type Fault } from "../backend";
import type { SecretContentArgs } from "../content";
import type { DeploymentBindingArgs } from "../deploymentBinding";
import { InputError } from "../errors";
import { defaultPrefix } from "../names";
import { defaultRecoveryWindowInDays } from "../secret";
import type { WorkspaceRef } from "../workspaceRef";
import { type Entries, type Entry, readEntries } from "./entries";
import { referencesOf } from "./podSnippets";
import { at, ManifestError, type Problem } from "./problems";
import { readDocuments } from "./read";
import type { Settings } from "./settings";
import type { AwsPlace, BindingEntry, SecretEntry, WorkspaceEntry } from "./shapes";

/** A workspace that the manifest declares, or refers to. */
export interface ManifestWorkspace {
  name: string;
  organization: string;
  aws: AwsPlace;
  /** Undefined where another stack owns the workspace. */
  declared: WorkspaceEntry | undefined;
}

export interface ManifestSecret {
  entry: SecretEntry;
  content: SecretContentArgs;
}

export interface ManifestBinding {
  entry: BindingEntry;
  references: Pick<DeploymentBindingArgs, "env" | "files">;
}

/** A manifest without problems. */
export interface Manifest {
  workspaces: ManifestWorkspace[];
  secrets: ManifestSecret[];
  bindings: ManifestBinding[];
  /** Values that stand in the file in clear, by place. */
  literals: string[];
}

type NamedSecret = Entry<SecretEntry>;

/** Reads and checks a manifest file. Throws one ManifestError with all its problems. */
export function loadManifest(file: string, settings: Settings): Manifest {
  const { documents, problems } = readDocuments(file);
  if (problems.length > 0) throw new ManifestError(problems);

  const entries = readEntries(documents);
  const found = [
    ...entries.problems,
    ...duplicates(entries),
    ...workspaceProblems(entries, settings),
    ...sharedNamespaces(entries),
    ...entries.secrets.flatMap((secret) => secretProblems(secret, entries, settings)),
    ...entries.bindings.flatMap((binding) => bindingProblems(binding, entries)),
  ];
  if (found.length > 0) throw new ManifestError(found);
  const chosen = selected(file, entries, settings);
  const unset = chosen.secrets.flatMap((secret) => configProblems(secret, settings));
  if (unset.length > 0) throw new ManifestError(unset);
  return modelOf(chosen, settings);
}

function duplicates(entries: Entries): Problem[] {
  return [entries.workspaces, entries.secrets, entries.bindings].flatMap((list: Entry<unknown>[]) =>
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
  return backendOf("aws").workspaceFaults(refOf("any", "", undefined, aws));
}

function refuseSettings(faults: Fault[]): void {
  if (faults.length === 0) return;
  throw new InputError(faults.map(({ path, message }) => `stack configuration: ${path.join(".")}: ${message}`));
}

function refOf(name: string, organization: string, prefix: string | undefined, aws: AwsPlace): WorkspaceRef {
  const { region, accountId, replicaRegions = [] } = aws;
  return {
    name,
    organization,
    cloud: "aws",
    region,
    accountId,
    replicaRegions,
    prefix: prefix ?? defaultPrefix,
  };
}

/** A namespace is one workspace's alone: who may read in it reads all that is delivered there. */
function sharedNamespaces(entries: Entries): Problem[] {
  const places = entries.workspaces.flatMap((entry) =>
    entry.known === undefined
      ? []
      : [{ entry, known: entry.known, namespace: entry.known.namespace ?? entry.known.name }],
  );
  return places.flatMap(({ entry, known, namespace }, index) => {
    const other = places
      .slice(0, index)
      .find((earlier) => earlier.namespace === namespace && earlier.known.context === known.context);
    if (other === undefined || other.known.name === known.name) return [];
    const message = `the namespace "${namespace}" is that of workspace "${other.known.name}": give each its own`;
    return [entry.problem(["namespace"], message)];
  });
}

/** What only the cloud's rules tell. Where the workspace's place is unknown, that is said already. */
function secretProblems(secret: NamedSecret, entries: Entries, settings: Settings): Problem[] {
  const { known } = secret;
  if (known === undefined) return [];
  const declared = entries.workspaces.find(({ name }) => name === known.workspace)?.known;
  const aws = declared?.aws ?? entries.cloud?.known?.aws ?? settings.aws;
  if (aws === undefined) return [];
  const faults = backendOf("aws").secretFaults({
    workspace: refOf(known.workspace, "", declared?.prefix, aws),
    secretName: known.name,
    description: known.description,
    recoveryWindowInDays: known.recoveryWindowInDays ?? defaultRecoveryWindowInDays,
    importId: known.import,
  });
  return faults.map(({ path, message }) => secret.problem(path, message));
}

function declareOr(names: string[]): string {
  return names.length === 0 ? "declare it" : `declare it, or take one of ${names.join(", ")}`;
}

function configProblems(secret: NamedSecret, settings: Settings): Problem[] {
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

function bindingProblems(binding: Entry<BindingEntry>, entries: Entries): Problem[] {
  const { known } = binding;
  if (known === undefined) return [];
  const secrets = entries.secrets.filter(({ workspace }) => workspace === known.workspace);
  const problems = referencesOf(known, () => undefined).problems.map(({ path, message }) =>
    binding.problem(path, message),
  );
  const env = (known.env ?? []).flatMap(({ valueFrom: { secretKeyRef } }, index) => {
    const path = ["env", index, "valueFrom", "secretKeyRef"];
    const { name, key } = secretKeyRef;
    const used = { key, path: [...path, key === undefined ? "name" : "key"] };
    return referenceProblems(binding, secrets, name, [...path, "name"], [used]);
  });
  const volumes = (known.volumes ?? []).flatMap(({ secret: { secretName, items = [] } }, index) => {
    const path = ["volumes", index, "secret"];
    const used = items.map(({ key }, item) => ({ key, path: [...path, "items", item, "key"] }));
    return referenceProblems(binding, secrets, secretName, [...path, "secretName"], used);
  });
  return [...problems, ...env, ...volumes];
}

/** A key that a binding takes of a secret, and where it says so; undefined for the whole value. */
interface UsedKey {
  key: string | undefined;
  path: (string | number)[];
}

function referenceProblems(
  binding: Entry<BindingEntry>,
  secrets: NamedSecret[],
  name: string,
  path: (string | number)[],
  keys: UsedKey[],
): Problem[] {
  const secret = secrets.find((candidate) => candidate.name === name);
  if (secret === undefined) {
    const declared = secrets.flatMap((candidate) => candidate.name ?? []);
    const message = `there is no secret "${name}" in workspace "${binding.workspace}": ${declareOr(declared)}`;
    return [binding.problem(path, message)];
  }
  if (secret.known === undefined) return [];
  const { value, fields } = secret.known;
  if (value === undefined && fields === undefined) {
    return [binding.problem(path, `secret "${name}" has no value in this file: give it one to deliver it`)];
  }
  const known = fields === undefined ? undefined : Object.keys(fields).sort();
  return keys.flatMap((used) => {
    const message = keyProblem(name, known, used.key);
    return message === undefined ? [] : [binding.problem(used.path, message)];
  });
}

function keyProblem(name: string, fields: string[] | undefined, key: string | undefined): string | undefined {
  if (fields === undefined) {
    return key === undefined || key === "value"
      ? undefined
      : `secret "${name}" is one value and has no field "${key}": its only key is value`;
  }
  if (key === undefined) return `secret "${name}" is made of fields: choose one of ${fields.join(", ")} as key`;
  return fields.includes(key) ? undefined : `secret "${name}" has no field "${key}": it has ${fields.join(", ")}`;
}

function modelOf(entries: Entries, settings: Settings): Manifest {
  const organization = entries.organization?.known ?? settings.organization;
  const aws = entries.cloud?.known?.aws ?? settings.aws;
  const workspace = (name: string, declared: WorkspaceEntry | undefined): ManifestWorkspace => ({
    name,
    organization: organization as string,
    aws: (declared?.aws ?? aws) as AwsPlace,
    declared,
  });
  const declared = entries.workspaces.map(({ known }) => workspace((known as WorkspaceEntry).name, known));
  const used = [...entries.secrets, ...entries.bindings].map((entry) => entry.workspace as string);
  const others = [...new Set(used)].filter((name) => !declared.some((candidate) => candidate.name === name));
  return {
    workspaces: [...declared, ...others.map((name) => workspace(name, undefined))],
    secrets: entries.secrets.map(({ known }) => ({
      entry: known as SecretEntry,
      content: contentOf(known as SecretEntry, settings),
    })),
    bindings: entries.bindings.map(({ known }) => ({
      entry: known as BindingEntry,
      references: bound(known as BindingEntry, entries),
    })),
    literals: entries.secrets.flatMap(literalsOf),
  };
}

function bound(entry: BindingEntry, entries: Entries): Pick<DeploymentBindingArgs, "env" | "files"> {
  const fieldsOf = (name: string) => {
    const secret = entries.secrets.find(
      (candidate) => candidate.name === name && candidate.workspace === entry.workspace,
    );
    return secret?.known?.fields === undefined ? undefined : Object.keys(secret.known.fields);
  };
  return referencesOf(entry, fieldsOf).references;
}

function contentOf({ value, fields }: SecretEntry, settings: Settings): SecretContentArgs {
  const given = (known: unknown) => {
    const key = configKeyOf(known);
    return key === undefined ? (known as string) : settings.value(key);
  };
  if (fields !== undefined) {
    return { fields: Object.fromEntries(Object.entries(fields).map(([field, known]) => [field, given(known)])) };
  }
  return value === undefined ? {} : { value: given(value) };
}

function literalsOf(secret: NamedSecret): string[] {
  const { value, fields = {} } = secret.known as SecretEntry;
  const literal = typeof value === "string" ? [at(secret.place(["value"]))] : [];
  const inFields = Object.entries(fields).filter(([, known]) => typeof known === "string");
  return [...literal, ...inFields.map(([field]) => at(secret.place(["fields", field])))];
}

function configKeyOf(value: unknown): string | undefined {
  return typeof value === "object" && value !== null ? (value as { config: string }).config : undefined;
}

/** Stacks are small where each provisions some of the workspaces (design.md 5, scale). */
function selected(file: string, entries: Entries, { workspaces }: Settings): Entries {
  if (workspaces === undefined) return entries;
  const all = [...entries.workspaces.map(({ name }) => name), ...entries.secrets.map(({ workspace }) => workspace)];
  const unknown = workspaces.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    const known = [...new Set(all)].join(", ");
    throw new InputError(
      unknown.map(
        (name) => `stack configuration: workspaces: there is no workspace "${name}" in ${file}: it has ${known}`,
      ),
    );
  }
  const chosen = ({ workspace }: { workspace: string | undefined }) => workspaces.includes(workspace as string);
  return {
    ...entries,
    workspaces: entries.workspaces.filter(({ name }) => workspaces.includes(name as string)),
    secrets: entries.secrets.filter(chosen),
    bindings: entries.bindings.filter(chosen),
  };
}
