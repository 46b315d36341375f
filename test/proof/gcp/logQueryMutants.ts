import type { Query, Value } from "../../support/logQuery";

/** A query with one thing less, or one thing wider, and what that is. */
export interface Mutant {
  what: string;
  query: Query;
}

type Node = Query | Value;
interface Variant<T> {
  what: string;
  node: T;
}

/**
 * Drops each clause of an AND and each branch of an OR, in values too; widens `=` to `:`, and a pattern by each anchor,
 * alternative, optional part and final delimiter.
 */
export function mutantsOf(query: Query): Mutant[] {
  return variants(query).map(({ what, node }) => ({ what, query: node }));
}

function variants(query: Query): Variant<Query>[] {
  switch (query.kind) {
    case "and":
    case "or":
      return ofParts(query, variants) as Variant<Query>[];
    case "not":
      return variants(query.part).map(({ what, node }) => ({ what: `NOT ${what}`, node: { ...query, part: node } }));
    case "comparison": {
      const field = query.path.join(".");
      const values = valueVariants(query.value, query.operator === "=~");
      const changed = values.map(({ what, node }) => ({ what: `${field}: ${what}`, node: { ...query, value: node } }));
      const wider: Variant<Query>[] =
        query.operator === "=" ? [{ what: `${field}: a part of it`, node: { ...query, operator: ":" } }] : [];
      return [...changed, ...wider];
    }
  }
}

function valueVariants(value: Value, isPattern: boolean): Variant<Value>[] {
  switch (value.kind) {
    case "and":
    case "or":
      return ofParts(value, (part) => valueVariants(part as Value, isPattern)) as Variant<Value>[];
    case "not":
      return valueVariants(value.part, isPattern).map(({ what, node }) => ({ what, node: { ...value, part: node } }));
    case "anything":
      return [];
    case "text":
      return isPattern
        ? wider(value.text).map((text) => ({ what: `${value.text} as ${text}`, node: { ...value, text } }))
        : [];
  }
}

function ofParts<T extends Node>(
  node: { kind: "and" | "or"; parts: T[] },
  variantsOf: (part: T) => Variant<T>[],
): Variant<{ kind: "and" | "or"; parts: T[] }>[] {
  const dropped = node.parts.map((part, at) => ({
    what: `drop ${textOf(part)}`,
    node: { ...node, parts: node.parts.filter((_, index) => index !== at) },
  }));
  const changed = node.parts.flatMap((part, at) =>
    variantsOf(part).map(({ what, node: other }) => ({ what, node: { ...node, parts: node.parts.with(at, other) } })),
  );
  return [...dropped, ...changed];
}

/** Patterns that let in more, or less, by one thing. */
function wider(pattern: string): string[] {
  const flat = [...pattern.matchAll(/\(([^()]+)\)/g)];
  const alternatives = flat.flatMap(({ 0: group, 1: inner = "", index }) => {
    const branches = inner.split("|");
    if (branches.length < 2) return [];
    return branches.map((_, at) => {
      const rest = branches.filter((_, other) => other !== at).join("|");
      return `${pattern.slice(0, index)}(${rest})${pattern.slice(index + group.length)}`;
    });
  });
  const optional = [...pattern.matchAll(/\([^()]+\)\?/g)].map(
    ({ 0: group, index }) => pattern.slice(0, index) + pattern.slice(index + group.length),
  );
  const anchors = [pattern.replace(/^\^/, ""), pattern.replace(/\$$/, "")];
  const delimiters = [pattern.replace(/--(?!.*--)/, "-"), pattern.replace(/\/$/, "")];
  return [...alternatives, ...optional, ...anchors, ...delimiters].filter((other) => other !== pattern);
}

function textOf(node: Node): string {
  switch (node.kind) {
    case "and":
    case "or":
      return `(${node.parts.map(textOf).join(` ${node.kind} `)})`;
    case "not":
      return `NOT ${textOf(node.part)}`;
    case "comparison":
      return `${node.path.join(".")}${node.operator}${textOf(node.value)}`;
    case "anything":
      return "*";
    case "text":
      return node.text;
  }
}
