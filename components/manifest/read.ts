import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
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
  visit,
  type YAMLError,
} from "yaml";
import type { Place, Problem } from "./problems";

/** One YAML document of a manifest, with a way back to where each part stands. */
export interface SourceDocument {
  data: unknown;
  /** Where the value at a path stands; for a path that isn't there, the nearest part that is. */
  place(path: readonly PropertyKey[]): Place;
  /** `|` or `>`, where the text there is a block that says nothing of its last line break. */
  blockStyle(path: readonly PropertyKey[]): string | undefined;
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
  const parsed = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    logLevel: "error", // its warnings quote keys
  });
  const yamlDocuments = Array.isArray(parsed) ? parsed : [];
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = yamlDocuments.flatMap((document) => {
    const fault = yamlFault(document);
    return fault === undefined ? [] : [{ ...placeAt(fault.offset), message: fault.message }];
  });
  if (problems.length > 0) return { documents: [], problems };

  const documents = yamlDocuments.filter((document) => document.contents !== null && !isEmptyScalar(document.contents));
  if (documents.length === 0) {
    const message = "the file is empty: declare organization, cloud, workspaces and secrets (see examples/quickstart)";
    return { documents: [], problems: [{ file, line: 1, column: 1, message }] };
  }
  return { documents: documents.map((document) => sourceDocument(document, text, placeAt)), problems: [] };
}

function readText(file: string): string | Problem {
  try {
    // The engine runs a program in the folder of its entry point, which need not be that of Pulumi.yaml.
    return decoded(file, readFileSync(path.resolve(pulumi.getRootDirectory(), file)));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason =
      code === "ENOENT" ? "there is no such file" : code === "EISDIR" ? "is a folder" : `can't be read (${code})`;
    const message = `${reason}: set the manifest's path with pulumi config set manifest FILE`;
    return { file, line: 1, column: 1, message };
  }
}

/** PowerShell writes UTF-16 with > by default, up to version 5.1. */
function decoded(file: string, bytes: Buffer): string | Problem {
  const isUtf16 = bytes.includes(0) && /^(\xff\xfe|\xfe\xff|[^\0]\0|\0[^\0])/.test(bytes.toString("latin1", 0, 2));
  if (!isUtf16) return bytes.toString("utf8");
  const message = "the file is in UTF-16: save it as UTF-8, in PowerShell by | Out-File -Encoding utf8 in place of >";
  return { file, line: 1, column: 1, message };
}

interface Fault {
  offset: number;
  message: string;
}

/** The first thing that is wrong with a document: what follows in YAML is mostly its echo. */
function yamlFault(document: Document): Fault | undefined {
  const [error] = document.errors;
  if (error !== undefined) return { offset: startOf(error, document), message: yamlProblem(error) };
  const [warning] = document.warnings;
  if (warning !== undefined) {
    return { offset: warning.pos[0], message: "a text that begins with ! is a tag in YAML: put it in quotes" };
  }
  return aliasFault(document);
}

function aliasFault(document: Document): Fault | undefined {
  let fault: Fault | undefined;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document) !== undefined) return undefined;
      fault = {
        offset: alias.range?.[0] ?? 0,
        message: "a text that begins with * is an alias in YAML: put it in quotes",
      };
      return visit.BREAK;
    },
  });
  if (fault !== undefined) return fault;
  try {
    plain(document);
    return undefined;
  } catch {
    const message = "an alias or a merge key here can't be resolved: write out what it stands for";
    return { offset: document.range?.[0] ?? 0, message };
  }
}

function plain(document: Document): unknown {
  return document.toJS({ maxAliasCount: 100 });
}

/** A quote that is never closed is found at the end of the file, and mended where it begins. */
function startOf(error: YAMLError, document: Document): number {
  const [offset] = error.pos;
  let opening = offset;
  if (error.code === "MISSING_CHAR") {
    visit(document, {
      Scalar: (_, { type, range }) => {
        if (type?.startsWith("QUOTE") && range && range[0] < offset && offset <= range[1] + 1) [opening] = range;
      },
    });
  }
  return opening;
}

const misindented = "the indentation doesn't fit: indent with spaces, the same for all keys of one level";

/** One code stands for several mistakes, which the parser's message tells apart. */
function yamlProblem({ code, message }: YAMLError): string {
  switch (code) {
    case "DUPLICATE_KEY":
      return "this key is here twice: keep one";
    case "BAD_INDENT":
      if (message.startsWith("Flow"))
        return "a closing bracket is missing before this: close it, or put the text in quotes";
      return misindented;
    case "TAB_AS_INDENT":
      return misindented;
    case "MISSING_CHAR":
      if (message.startsWith("Sequence item")) return misindented;
      return message.includes("quote")
        ? "this quote is never closed: close it"
        : "a colon or a comma is missing: write key: value";
    case "BLOCK_IN_FLOW":
      return "a comma is missing here, or quotes around a text with a colon in it";
    case "BLOCK_AS_IMPLICIT_KEY":
      if (message.startsWith("A block sequence")) return misindented;
      return "a key and its value stand where only a text can: indent it as its neighbours, or put the text in quotes";
    case "MULTILINE_IMPLICIT_KEY":
      return "this is no key: value; is a colon missing, or a quote?";
    case "BAD_DQ_ESCAPE":
      return "in double quotes a backslash begins an escape: use single quotes";
    case "UNEXPECTED_TOKEN":
    case "BAD_SCALAR_START":
      return "a character here has a meaning in YAML: put the text in quotes";
    default:
      return `this is not valid YAML (${code.toLowerCase().replaceAll("_", " ")}): put texts in quotes`;
  }
}

function isEmptyScalar(node: unknown): boolean {
  return isScalar(node) && node.value === null;
}

function sourceDocument(document: Document, text: string, placeAt: (offset: number) => Place): SourceDocument {
  const start = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);
  const walk = (path: readonly PropertyKey[]): { offset: number; pair: Pair | undefined; node: unknown } => {
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
    return { offset, pair, node };
  };
  return {
    data: plain(document),
    place: (path) => placeAt(walk(path).offset),
    blockStyle: (path) => {
      const offset = start(resolve(walk(path).node, document)) ?? text.length;
      return /^([|>])\d*\s/.exec(text.slice(offset))?.[1];
    },
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
