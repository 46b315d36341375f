/** Physical names for objects that the program does not name, as Pulumi gives them: `<logical name>-<7 hex digits>`. */
import { createHash } from "node:crypto";
import type { Properties, ResourceId } from "../provider";
import { autonamed, neverAutonamed } from "./exceptions";
import type { ObjectType } from "./schema";

/** The input that lists the properties which were filled in here; the official bridge calls it the same. */
export const defaultsProperty = "__defaults";

export function withName(
  schema: ObjectType,
  typeName: string,
  resource: ResourceId,
  olds: Properties | undefined,
  news: Properties,
  randomSeed: Uint8Array,
): Properties {
  const { field: fieldName, lowerCase } = autonamed[typeName] ?? { field: "name", lowerCase: false };
  const field = schema.fields.find(({ name }) => name === fieldName);
  if (field?.type.kind !== "string" || !(field.optional || field.required)) return news;
  const { property } = field;
  if (neverAutonamed.has(typeName) || news[property] !== undefined || news[`${property}Prefix`] !== undefined)
    return news;
  const kept = olds && isAutonamed(olds, property) ? olds[property] : undefined;
  const digits = createHash("sha256").update(randomSeed).update(resource.urn).digest("hex").slice(0, 7);
  const name = `${lowerCase ? resource.name.toLowerCase() : resource.name}-${digits}`;
  return { ...news, [property]: kept ?? name, [defaultsProperty]: [property] };
}

/**
 * Whether a new object would be refused because the old one still has the name that the program gave to both.
 */
export function takesSameName(typeName: string, schema: ObjectType, olds: Properties, news: Properties): boolean {
  const fieldName = autonamed[typeName]?.field ?? "name";
  const property = schema.fields.find(({ name }) => name === fieldName)?.property;
  if (!property || news[property] === undefined) return false;
  return news[property] === olds[property] && !isAutonamed(news, property);
}

function isAutonamed(inputs: Properties, property: string): boolean {
  const names = inputs[defaultsProperty];
  return Array.isArray(names) && names.includes(property);
}
