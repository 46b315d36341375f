import type { z } from "zod";
import { describe, describeIssue, locate } from "../checks/issues";
import { reservedKeys } from "../checks/reservedNames";
import { secretName, workspaceName } from "../checks/shapes";
import type { Clouds } from "./place";
import type { Place, Problem } from "./problems";
import type { SourceDocument } from "./read";
import {
  type AuditTrailEntry,
  type BindingEntry,
  documentShape,
  entryShapes,
  loneKind,
  type SecretEntry,
  type WorkspaceEntry,
} from "./shapes";

/** One audit trail, workspace, secret or binding of a manifest, with its place in the file. */
export interface Entry<T> {
  /** The checked entry; undefined where it has problems of its own. */
  known: T | undefined;
  name: string | undefined;
  workspace: string | undefined;
  place(path: readonly PropertyKey[]): Place;
  /** As of the document. */
  blockStyle(path: readonly PropertyKey[]): string | undefined;
  problem(path: readonly PropertyKey[], message: string): Problem;
}

/** What holds for the whole file. */
export interface Shared<T> {
  /** Undefined where it is given, but wrong. */
  known: T | undefined;
  problem(path: readonly PropertyKey[], message: string): Problem;
}

/** Everything that the documents of a file declare, as far as it could be understood. */
export interface Entries {
  organization: Shared<string> | undefined;
  cloud: Shared<Clouds> | undefined;
  auditTrails: Entry<AuditTrailEntry>[];
  workspaces: Entry<WorkspaceEntry>[];
  secrets: Entry<SecretEntry>[];
  bindings: Entry<BindingEntry>[];
  problems: Problem[];
}

type Kind = keyof typeof entryShapes;

export function readEntries(documents: readonly SourceDocument[]): Entries {
  const entries: Entries = {
    organization: undefined,
    cloud: undefined,
    auditTrails: [],
    workspaces: [],
    secrets: [],
    bindings: [],
    problems: [],
  };
  for (const document of documents) {
    entries.problems.push(...reservedProblems(document));
    const lone = loneKind(document.data);
    if (lone !== undefined) addEntry(entries, lone, document, [], document.data);
    else addDocument(entries, document);
  }
  return entries;
}

/** Keys that are lost when an entry is read. */
function reservedProblems(document: SourceDocument): Problem[] {
  return reservedKeys(document.data).map(({ path, message }) => ({
    ...document.keyPlace(path),
    message: describe(path, message),
  }));
}

function addDocument(entries: Entries, document: SourceDocument): void {
  const result = documentShape.safeParse(document.data, { error: describeIssue });
  if (!result.success) entries.problems.push(...problemsOf(result.error, document, []));

  const data = document.data as Record<string, unknown> | null;
  if (typeof data !== "object" || data === null) return;
  addOnce(entries, "organization", document, data.organization);
  addOnce(entries, "cloud", document, data.cloud);
  for (const kind of Object.keys(entryShapes) as Kind[]) {
    const list = data[kind];
    if (Array.isArray(list))
      list.forEach((entry, index) => {
        addEntry(entries, kind, document, [kind, index], entry);
      });
  }
}

/** Organization and cloud hold for the whole file, so several documents can't give several. */
function addOnce(entries: Entries, key: "organization" | "cloud", document: SourceDocument, given: unknown): void {
  if (given === undefined) return;
  const problem = (path: readonly PropertyKey[], message: string) => ({
    ...document.place([key, ...path]),
    message: describe([key, ...path], message),
  });
  if (entries[key] === undefined) {
    const known = documentShape.shape[key].safeParse(given).data;
    entries[key] = { known: known as never, problem };
  } else {
    entries.problems.push(problem([], "is given by two documents of the file: keep one"));
  }
}

function addEntry(entries: Entries, kind: Kind, document: SourceDocument, path: PropertyKey[], data: unknown): void {
  const result = entryShapes[kind].safeParse(data, { error: describeIssue });
  if (!result.success) entries.problems.push(...problemsOf(result.error, document, path));
  const raw = (typeof data === "object" && data !== null ? data : {}) as Record<string, unknown>;
  const place = (within: readonly PropertyKey[]) => document.place([...path, ...within]);
  const entry: Entry<unknown> = {
    known: result.success ? result.data : undefined,
    name: secretName.safeParse(raw.name).data,
    workspace: workspaceName.safeParse(raw.workspace).data,
    place,
    blockStyle: (within) => document.blockStyle([...path, ...within]),
    problem: (within, message) => ({ ...place(within), message: describe([...path, ...within], message) }),
  };
  (entries[kind] as Entry<unknown>[]).push(entry);
}

function problemsOf(error: z.ZodError, document: SourceDocument, prefix: PropertyKey[]): Problem[] {
  return error.issues.flatMap((issue) =>
    locate(issue).map(({ path, message, key }) => {
      const full = [...prefix, ...path];
      // In a file, a part of a value that lost its quotes reads as a key: such a key is not repeated.
      const isKey = issue.code === "unrecognized_keys" || key !== undefined;
      const place = isKey ? document.keyPlace(full) : document.place(full);
      return { ...place, message: describe(key === undefined ? full : full.slice(0, -1), message) };
    }),
  );
}
