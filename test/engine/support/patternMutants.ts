/** A pattern with one thing less, or one thing wider, and what that is. */
export interface Mutant {
  what: string;
  pattern: string;
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Drops each field, branch and value of a pattern; widens each text to what begins alike; turns each `exists` around. */
export function mutantsOf(pattern: string): Mutant[] {
  return variants(JSON.parse(pattern) as Json).map(({ what, node }) => ({ what, pattern: JSON.stringify(node) }));
}

interface Variant {
  what: string;
  node: Json;
}

function variants(node: Json): Variant[] {
  if (typeof node === "boolean") return [{ what: `not ${node}`, node: !node }];
  if (typeof node === "string") return widened(node).map((wider) => ({ what: `${node} as ${wider}`, node: wider }));
  if (Array.isArray(node)) return listVariants(node);
  if (typeof node === "object" && node !== null) return objectVariants(node);
  return [];
}

function listVariants(list: Json[]): Variant[] {
  const dropped =
    list.length < 2 ? [] : list.map((item, at) => ({ what: `drop ${JSON.stringify(item)}`, node: without(list, at) }));
  const changed = list.flatMap((item, at) =>
    variants(item).map(({ what, node }) => ({ what: `[${at}] ${what}`, node: list.with(at, node) })),
  );
  return [...dropped, ...changed];
}

function objectVariants(object: { [key: string]: Json }): Variant[] {
  const entries = Object.entries(object);
  // The word of a matcher, as "prefix", is no field.
  const isMatcher =
    entries.length === 1 && ["prefix", "wildcard", "anything-but", "exists"].includes(entries[0]?.[0] as string);
  const dropped =
    isMatcher || entries.length < 2
      ? []
      : entries.map(([key], at) => ({ what: `drop ${key}`, node: Object.fromEntries(without(entries, at)) }));
  const changed = entries.flatMap(([key, value]) =>
    variants(value).map(({ what, node }) => ({ what: `${key}: ${what}`, node: { ...object, [key]: node } })),
  );
  return [...dropped, ...changed];
}

function without<T>(list: T[], at: number): T[] {
  return list.filter((_, index) => index !== at);
}

/** Without the delimiter that ends it, so that look-alikes match too; other texts have nothing to widen. */
function widened(text: string): string[] {
  if (/[/:-]$/.test(text)) return [text.slice(0, -1)];
  return text.endsWith("/*") ? [`${text.slice(0, -2)}*`] : [];
}
