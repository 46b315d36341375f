import { backendOf } from "../backend";
import type { SecretContentArgs } from "../content";
import type { DeploymentBindingArgs } from "../deploymentBinding";
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
    ...entries.secrets.flatMap((secret) => configProblems(secret, settings)),
    ...entries.bindings.flatMap((binding) => bindingProblems(binding, entries)),
  ];
  if (found.length > 0) throw new ManifestError(found);
  return selected(modelOf(entries, settings), settings);
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
  const own = entries.workspaces.flatMap((entry) => placeProblems(entry, entries, settings));
  const references = [...entries.secrets, ...entries.bindings].flatMap((entry) => {
    if (entry.workspace === undefined || declared.includes(entry.workspace)) return [];
    if (declared.length > 0) {
      return [
        entry.problem(
          ["workspace"],
          `there is no workspace "${entry.workspace}" here: declared are ${declared.join(", ")}`,
        ),
      ];
    }
    const missing = missingPlace(entries, settings);
    return missing === undefined
      ? []
      : [entry.problem(["workspace"], `"${entry.workspace}" is not declared in this file: ${missing}`)];
  });
  return [...own, ...references];
}

/** What to set where a file refers to a workspace of another stack. */
function missingPlace(entries: Entries, settings: Settings): string | undefined {
  const commands = [
    ...((entries.organization ?? settings.organization) === undefined ? ["pulumi config set organization NAME"] : []),
    ...((entries.aws ?? settings.aws) === undefined
      ? ["pulumi config set --path aws.region REGION", "pulumi config set --path aws.accountId ACCOUNT"]
      : []),
  ];
  if (commands.length === 0) return undefined;
  return `add a document with organization, cloud and workspaces, or refer to an existing one: ${commands.join(" && ")}`;
}

function placeProblems(entry: Entry<WorkspaceEntry>, entries: Entries, settings: Settings): Problem[] {
  const problems: Problem[] = [];
  if ((entries.organization ?? settings.organization) === undefined) {
    problems.push(entry.problem([], "organization is missing: add organization to the file"));
  }
  const { known } = entry;
  if (known === undefined) return problems;
  const aws = known.aws ?? entries.aws ?? settings.aws;
  if (aws === undefined) {
    return [...problems, entry.problem([], "cloud is missing: add cloud: { aws: { region, accountId } } to the file")];
  }
  const spec = {
    ref: { name: known.name, organization: "", cloud: "aws" as const, ...aws },
    deployers: [],
    breakGlass: [],
    tags: {},
  };
  const roles = { viewer: [], member: [], admin: [], owner: [] };
  const refused = backendOf("aws").workspaceProblems({ ...spec, roles });
  return [...problems, ...refused.map((message) => entry.problem([], message))];
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
  const env = (known.env ?? []).flatMap(({ valueFrom: { secretKeyRef } }, index) =>
    referenceProblems(binding, secrets, ["env", index, "valueFrom", "secretKeyRef"], "name", secretKeyRef.name, [
      secretKeyRef.key,
    ]),
  );
  const volumes = (known.volumes ?? []).flatMap(({ secret }, index) => {
    const keys = secret.items?.map(({ key }) => key) ?? [];
    return referenceProblems(binding, secrets, ["volumes", index, "secret"], "secretName", secret.secretName, keys);
  });
  return [...problems, ...env, ...volumes];
}

function referenceProblems(
  binding: Entry<BindingEntry>,
  secrets: NamedSecret[],
  path: (string | number)[],
  nameKey: string,
  name: string,
  keys: (string | undefined)[],
): Problem[] {
  const secret = secrets.find((candidate) => candidate.name === name);
  if (secret === undefined) {
    const declared = secrets.flatMap((candidate) => candidate.name ?? []).join(", ") || "none";
    const message = `there is no secret "${name}" in workspace "${binding.workspace}": declared are ${declared}`;
    return [binding.problem([...path, nameKey], message)];
  }
  if (secret.known === undefined) return [];
  const { value, fields } = secret.known;
  if (value === undefined && fields === undefined) {
    return [
      binding.problem([...path, nameKey], `secret "${name}" has no value in this file: give it one to deliver it`),
    ];
  }
  return keys.flatMap((key) => {
    const message = keyProblem(name, fields === undefined ? undefined : Object.keys(fields).sort(), key);
    return message === undefined
      ? []
      : [binding.problem([...path, ...(key === undefined ? [nameKey] : ["key"])], message)];
  });
}

function keyProblem(name: string, fields: string[] | undefined, key: string | undefined): string | undefined {
  if (fields === undefined) {
    return key === undefined || key === "value"
      ? undefined
      : `secret "${name}" is one value and has no field "${key}": leave key out`;
  }
  if (key === undefined) return `secret "${name}" is made of fields: choose one of ${fields.join(", ")} as key`;
  return fields.includes(key) ? undefined : `secret "${name}" has no field "${key}": it has ${fields.join(", ")}`;
}

function modelOf(entries: Entries, settings: Settings): Manifest {
  const organization = entries.organization ?? settings.organization;
  const aws = entries.aws ?? settings.aws;
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
function selected(manifest: Manifest, { workspaces }: Settings): Manifest {
  if (workspaces === undefined) return manifest;
  const chosen = (name: string) => workspaces.includes(name);
  return {
    ...manifest,
    workspaces: manifest.workspaces.filter(({ name }) => chosen(name)),
    secrets: manifest.secrets.filter(({ entry }) => chosen(entry.workspace)),
    bindings: manifest.bindings.filter(({ entry }) => chosen(entry.workspace)),
  };
}
