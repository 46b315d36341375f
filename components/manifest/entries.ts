import type { z } from "zod";
import { describe, describeIssue, locate } from "../checks/issues";
import type { Place, Problem } from "./problems";
import type { SourceDocument } from "./read";
import {
  type AwsPlace,
  type BindingEntry,
  documentShape,
  entryShapes,
  loneKind,
  type SecretEntry,
  type WorkspaceEntry,
} from "./shapes";

/** One workspace, secret or binding of a manifest, with its place in the file. */
export interface Entry<T> {
  /** The checked entry; undefined where it has problems of its own. */
  known: T | undefined;
  name: string | undefined;
  workspace: string | undefined;
  place(path: readonly PropertyKey[]): Place;
  problem(path: readonly PropertyKey[], message: string): Problem;
}

/** Everything that the documents of a file declare, as far as it could be understood. */
export interface Entries {
  organization: string | undefined;
  aws: AwsPlace | undefined;
  workspaces: Entry<WorkspaceEntry>[];
  secrets: Entry<SecretEntry>[];
  bindings: Entry<BindingEntry>[];
  problems: Problem[];
}

type Kind = keyof typeof entryShapes;

export function readEntries(documents: readonly SourceDocument[]): Entries {
  const entries: Entries = {
    organization: undefined,
    aws: undefined,
    workspaces: [],
    secrets: [],
    bindings: [],
    problems: [],
  };
  for (const document of documents) {
    const lone = loneKind(document.data);
    if (lone !== undefined) addEntry(entries, lone, document, [], document.data);
    else addDocument(entries, document);
  }
  return entries;
}

function addDocument(entries: Entries, document: SourceDocument): void {
  const result = documentShape.safeParse(document.data, { error: describeIssue });
  if (!result.success) entries.problems.push(...problemsOf(result.error, document, []));

  const data = (result.success ? result.data : document.data) as Record<string, unknown> | null;
  if (typeof data !== "object" || data === null) return;
  if (result.success) {
    addOnce(entries, "organization", result.data.organization, document.place(["organization"]));
    addOnce(entries, "aws", result.data.cloud?.aws, document.place(["cloud"]));
  }
  for (const kind of Object.keys(entryShapes) as Kind[]) {
    const list = data[kind];
    if (Array.isArray(list))
      list.forEach((entry, index) => {
        addEntry(entries, kind, document, [kind, index], entry);
      });
  }
}

/** Organization and cloud hold for the whole file, so several documents can't give several. */
function addOnce<Key extends "organization" | "aws">(
  entries: Entries,
  key: Key,
  given: Entries[Key],
  place: Place,
): void {
  if (given === undefined) return;
  if (entries[key] === undefined) entries[key] = given;
  else entries.problems.push({ ...place, message: "is given by two documents of the file: keep one" });
}

function addEntry(entries: Entries, kind: Kind, document: SourceDocument, path: PropertyKey[], data: unknown): void {
  const result = entryShapes[kind].safeParse(data, { error: describeIssue });
  if (!result.success) entries.problems.push(...problemsOf(result.error, document, path));
  const raw = (typeof data === "object" && data !== null ? data : {}) as Record<string, unknown>;
  const place = (within: readonly PropertyKey[]) => document.place([...path, ...within]);
  const entry: Entry<unknown> = {
    known: result.success ? result.data : undefined,
    name: typeof raw.name === "string" ? raw.name : undefined,
    workspace: typeof raw.workspace === "string" ? raw.workspace : undefined,
    place,
    problem: (within, message) => ({ ...place(within), message: describe([...path, ...within], message) }),
  };
  (entries[kind] as Entry<unknown>[]).push(entry);
}

function problemsOf(error: z.ZodError, document: SourceDocument, prefix: PropertyKey[]): Problem[] {
  return error.issues.flatMap((issue) =>
    locate(issue).map(({ path, message }) => {
      const full = [...prefix, ...path];
      const place = issue.code === "unrecognized_keys" ? document.keyPlace(full) : document.place(full);
      return { ...place, message: describe(full, message) };
    }),
  );
}
