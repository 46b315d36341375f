/** Pulumi's property values to Terraform's and back, guided by the schema. */
import type { Properties, Value } from "../provider";
import { unknown } from "../provider";
import { jsonDocuments } from "./exceptions";
import type { TerraformObject, TerraformValue } from "./msgpack";
import type { ObjectType, Type } from "./schema";

/** An input that does not fit the schema: `property` names it, and its value is never in the message. */
export class InputError extends Error {
  constructor(
    readonly property: string,
    readonly reason: string,
  ) {
    super(`${property}: ${reason}`);
  }
}

/** Every field of the type, null (a block of many: empty) where the properties do not set it. */
export function encodeObject(type: ObjectType, properties: Properties, path = ""): TerraformObject {
  const taken = new Set(type.fields.map((field) => field.property));
  const stray = Object.keys(properties).find((property) => !taken.has(property));
  if (stray !== undefined) {
    throw new InputError(path + stray, "the Terraform AWS provider 5 has no attribute or block for this input");
  }
  return Object.fromEntries(
    type.fields.map((field) => [
      field.name,
      encode(field.type, properties[field.property], path + field.property, field.name),
    ]),
  );
}

function encode(type: Type, value: Value | undefined, path: string, name: string): TerraformValue {
  if (value === unknown) return unknown;
  if (value === undefined || value === null) return absent(type);
  switch (type.kind) {
    case "list":
    case "set": {
      // A list of one item at most is that item itself in Pulumi.
      const items = Array.isArray(value) ? value : [value];
      return items.map((item, at) => encode(type.element, item, type.single ? path : `${path}[${at}]`, name));
    }
    case "map": {
      const entries = Object.entries(asObject(value, path));
      return Object.fromEntries(
        entries.map(([key, item]) => [key, encode(type.element, item, `${path}.${key}`, name)]),
      );
    }
    case "object":
      return encodeObject(type, asObject(value, path), `${path}.`);
    case "string":
      return encodeText(value, path, name);
    case "number":
      return encodeNumber(value, path);
    case "bool":
      if (typeof value === "boolean") return value;
      if (value === "true" || value === "false") return value === "true";
      throw new InputError(path, "must be true or false");
    default:
      throw new InputError(path, "attributes of a dynamic type are not supported here");
  }
}

function absent(type: Type): TerraformValue {
  if (type.kind === "map" && type.block) return {};
  return (type.kind === "list" || type.kind === "set") && type.block ? [] : null;
}

function asObject(value: Value, path: string): Properties {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new InputError(path, "must be an object");
}

function encodeText(value: Value, path: string, name: string): string | typeof unknown {
  if (typeof value === "object" && value !== null && jsonDocuments.has(name)) {
    return hasUnknown(value) ? unknown : JSON.stringify(value);
  }
  if (typeof value === "object" || typeof value === "symbol") throw new InputError(path, "must be a string");
  return String(value);
}

export function hasUnknown(value: Value | TerraformValue): boolean {
  if (value === unknown) return true;
  if (value === null || typeof value !== "object") return false;
  return Object.values(value).some(hasUnknown);
}

function encodeNumber(value: Value, path: string): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw new InputError(path, "must be a number");
}

/** Properties without those that are null. */
export function decodeObject(type: ObjectType, value: TerraformObject): Properties {
  const properties: Properties = {};
  for (const field of type.fields) {
    const decoded = decode(field.type, value[field.name] ?? null);
    if (decoded !== null) properties[field.property] = decoded;
  }
  return properties;
}

export function decode(type: Type, value: TerraformValue): Value {
  if (value === null || value === unknown) return value;
  switch (type.kind) {
    case "list":
    case "set": {
      const items = (value as TerraformValue[]).map((item) => decode(type.element, item));
      return type.single ? (items[0] ?? null) : items;
    }
    case "map": {
      const entries = Object.entries(value as TerraformObject);
      return Object.fromEntries(entries.map(([key, item]) => [key, decode(type.element, item)]));
    }
    case "object":
      return decodeObject(type, value as TerraformObject);
    case "number":
      // go-cty writes numbers that fit no machine type as text.
      return Number(value);
    default:
      return value;
  }
}
