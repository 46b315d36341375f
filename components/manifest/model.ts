import type { Referring } from "../binding/references";
import type { WorkspaceClusterArgs } from "../cluster";
import type { SecretContentArgs } from "../content";
import { InputError } from "../errors";
import { type Entries, readEntries } from "./entries";
import { type ManifestPlace, placeOf } from "./place";
import { referencesOf } from "./podSnippets";
import { ManifestError } from "./problems";
import { readDocuments } from "./read";
import { configProblems, problemsTogether } from "./rules";
import type { Settings } from "./settings";
import { type BindingEntry, configKeyOf, type SecretEntry, type WorkspaceEntry } from "./shapes";
import { type ManifestTrail, trailProblems, trailsOf } from "./trails";
import { valueWarnings } from "./warnings";

/** A workspace that the manifest declares, or refers to. */
export interface ManifestWorkspace {
  name: string;
  organization: string;
  place: ManifestPlace;
  /** Undefined where another stack owns the workspace. */
  declared: WorkspaceEntry | undefined;
}

export interface ManifestSecret {
  entry: SecretEntry;
  content: SecretContentArgs;
}

export interface ManifestBinding {
  entry: BindingEntry;
  references: Referring;
}

/** A manifest without problems. */
export interface Manifest {
  auditTrails: ManifestTrail[];
  workspaces: ManifestWorkspace[];
  secrets: ManifestSecret[];
  bindings: ManifestBinding[];
  /** The cluster of workspaces that other stacks own. */
  cluster: WorkspaceClusterArgs | undefined;
  /** Warnings about values, by place. */
  warnings: string[];
}

/** Reads and checks a manifest file. Throws one ManifestError with all its problems. */
export function loadManifest(file: string, settings: Settings): Manifest {
  const { documents, problems } = readDocuments(file);
  if (problems.length > 0) throw new ManifestError(problems);

  const entries = readEntries(documents);
  const chosen = selected(file, entries, settings);
  const found = [
    ...entries.problems,
    ...problemsTogether(entries, settings),
    ...trailProblems(entries, settings),
    // What other stacks provision has its configuration there.
    ...chosen.secrets.flatMap((secret) => configProblems(secret, settings)),
  ];
  if (found.length > 0) throw new ManifestError(found);
  return modelOf(chosen, entries, settings);
}

function modelOf(entries: Entries, all: Entries, settings: Settings): Manifest {
  const organization = entries.organization?.known ?? settings.organization;
  const workspace = (name: string, declared: WorkspaceEntry | undefined): ManifestWorkspace => ({
    name,
    organization: organization as string,
    place: placeOf(declared, entries, settings) as ManifestPlace,
    declared,
  });
  const declared = entries.workspaces.map(({ known }) => workspace((known as WorkspaceEntry).name, known));
  const used = [...entries.secrets, ...entries.bindings].map((entry) => entry.workspace as string);
  const others = [...new Set(used)].filter((name) => !declared.some((candidate) => candidate.name === name));
  return {
    auditTrails: trailsOf(all, organization as string, settings),
    workspaces: [...declared, ...others.map((name) => workspace(name, undefined))],
    secrets: entries.secrets.map(({ known }) => ({
      entry: known as SecretEntry,
      content: contentOf(known as SecretEntry, settings),
    })),
    bindings: entries.bindings.map(({ known }) => ({
      entry: known as BindingEntry,
      references: bound(known as BindingEntry, entries),
    })),
    cluster: settings.cluster,
    warnings: entries.secrets.flatMap((secret) => valueWarnings(secret, settings)),
  };
}

function bound(entry: BindingEntry, entries: Entries): Referring {
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

/** Stacks are small where each provisions some of the workspaces (design.md 5, scale). */
function selected(file: string, entries: Entries, settings: Settings): Entries {
  if (settings.workspaces === undefined && settings.auditTrails === undefined) return entries;
  const { workspaces = [], auditTrails = [] } = settings;
  const all = [...entries.workspaces.map(({ name }) => name), ...entries.secrets.map(({ workspace }) => workspace)];
  const trails = entries.auditTrails.map(({ name }) => name);
  const unknown = [
    ...unknownNames("workspaces", "workspace", workspaces, all, file),
    ...unknownNames("auditTrails", "audit trail", auditTrails, trails, file),
  ];
  if (unknown.length > 0) throw new InputError(unknown);
  const chosen = ({ workspace }: { workspace: string | undefined }) => workspaces.includes(workspace as string);
  return {
    ...entries,
    workspaces: entries.workspaces.filter(({ name }) => workspaces.includes(name as string)),
    secrets: entries.secrets.filter(chosen),
    bindings: entries.bindings.filter(chosen),
  };
}

function unknownNames(
  key: string,
  kind: string,
  chosen: string[],
  all: readonly (string | undefined)[],
  file: string,
): string[] {
  const known = [...new Set(all)].join(", ") || "none";
  return chosen
    .filter((name) => !all.includes(name))
    .map((name) => `stack configuration: ${key}: there is no ${kind} "${name}" in ${file}: it has ${known}`);
}
