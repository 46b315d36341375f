import { readFileSync } from "node:fs";
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
} from "yaml";
import type { Place, Problem } from "./problems";

/** One YAML document of a manifest, with a way back to where each part stands. */
export interface SourceDocument {
  data: unknown;
  /** Where the value at a path stands; for a path that isn't there, the nearest part that is. */
  place(path: readonly PropertyKey[]): Place;
  /** Where the key itself stands. */
  keyPlace(path: readonly PropertyKey[]): Place;
}

/**
 * Reads a manifest file. YAML's own messages are replaced: some quote the source, and the source holds values
 * (`value: *hunter2` is "Unresolved alias hunter2").
 */
export function readDocuments(file: string): { documents: SourceDocument[]; problems: Problem[] } {
  const text = readText(file);
  if (typeof text !== "string") return { documents: [], problems: [text] };

  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const yamlDocuments = Array.isArray(parsed) ? parsed : [];
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = yamlDocuments.flatMap((document) =>
    document.errors.map((error) => ({ ...placeAt(error.pos[0]), message: yamlProblem(error.code) })),
  );
  if (problems.length > 0) return { documents: [], problems };

  const documents = yamlDocuments.filter((document) => document.contents !== null && !isEmptyScalar(document.contents));
  if (documents.length === 0) {
    const message = "the file is empty: declare organization, cloud, workspaces and secrets (see examples/quickstart)";
    return { documents: [], problems: [{ file, line: 1, column: 1, message }] };
  }
  return { documents: documents.map((document) => sourceDocument(document, placeAt)), problems: [] };
}

function readText(file: string): string | Problem {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason =
      code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "is a folder" : `can't be read (${code})`;
    const message = `${reason}: set the manifest's path with pulumi config set manifest FILE`;
    return { file, line: 1, column: 1, message };
  }
}

function yamlProblem(code: string): string {
  switch (code) {
    case "DUPLICATE_KEY":
      return "this key is here twice: keep one";
    case "BAD_INDENT":
    case "TAB_AS_INDENT":
      return "the indentation doesn't fit: indent with spaces, the same for all keys of one level";
    case "BAD_ALIAS":
      return "a text that begins with * is an alias in YAML: put it in quotes";
    case "MISSING_CHAR":
      return "a closing quote, bracket or a colon is missing";
    case "UNEXPECTED_TOKEN":
    case "BAD_SCALAR_START":
      return "a character that has a meaning in YAML: put the text in quotes";
    default:
      return `this is not valid YAML (${code.toLowerCase().replaceAll("_", " ")})`;
  }
}

function isEmptyScalar(node: unknown): boolean {
  return isScalar(node) && node.value === null;
}

function sourceDocument(document: Document, placeAt: (offset: number) => Place): SourceDocument {
  const start = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
  const walk = (path: readonly PropertyKey[]): { offset: number; pair: Pair | undefined } => {
    let node: unknown = document.contents;
    let offset = start(node) ?? 0;
    let pair: Pair | undefined;
    for (const step of path) {
      pair = undefined;
      const next = isSeq(node) ? node.items[Number(step)] : mapPair(resolve(node, document), step);
      if (next === undefined) break;
      pair = isPair(next) ? next : undefined;
      node = isPair(next) ? (next.value as Node | null) : next;
      offset = start(node) ?? start(pair?.key) ?? offset;
    }
    return { offset, pair };
  };
  return {
    data: document.toJS({ maxAliasCount: 100 }),
    place: (path) => placeAt(walk(path).offset),
    keyPlace: (path) => {
      const { offset, pair } = walk(path);
      return placeAt(start(pair?.key) ?? offset);
    },
  };
}

function resolve(node: unknown, document: Document): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function mapPair(node: unknown, key: PropertyKey): Pair | undefined {
  if (!isMap(node)) return undefined;
  return node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key));
}
