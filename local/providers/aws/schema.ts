/**
 * The Terraform provider's schema as one tree of types: attributes, nested blocks and the fields of object attributes
 * look alike, so that values, names and plans need one recursive walk each.
 */
import { propertyNames, singleBlocks } from "./exceptions";
import { propertyName } from "./names";

export type Type =
  | { kind: "string" | "number" | "bool" | "dynamic" }
  | { kind: "list" | "set"; element: Type; block: boolean; single: boolean }
  | { kind: "map"; element: Type; block: boolean }
  | { kind: "object"; fields: Field[] };

export interface Field {
  /** Terraform's name. */
  name: string;
  /** Pulumi's name. */
  property: string;
  type: Type;
  required: boolean;
  optional: boolean;
  computed: boolean;
  sensitive: boolean;
  writeOnly: boolean;
}

export interface ObjectType {
  kind: "object";
  fields: Field[];
}

/** A type as Terraform writes it in JSON: "string", ["list", T], ["object", { name: T }], ... */
type WrittenType = string | [string, WrittenType | { [name: string]: WrittenType }, ...unknown[]];

interface SentAttribute {
  name: string;
  type: Uint8Array;
  required: boolean;
  optional: boolean;
  computed: boolean;
  sensitive: boolean;
  write_only: boolean;
}

interface SentBlock {
  attributes: SentAttribute[];
  block_types: { type_name: string; block: SentBlock; nesting: string; max_items: number }[];
}

/** The part of GetProviderSchema.Response that is used. */
export interface SentSchemas {
  provider: { block: SentBlock };
  resource_schemas: { [type: string]: { block: SentBlock } };
  data_source_schemas: { [type: string]: { block: SentBlock } };
}

export interface Schemas {
  provider: ObjectType;
  resources: Map<string, ObjectType>;
  dataSources: Map<string, ObjectType>;
}

export function readSchemas(sent: SentSchemas): Schemas {
  const all = (schemas: SentSchemas["resource_schemas"]) =>
    new Map(Object.entries(schemas).map(([type, { block }]) => [type, blockType(block, type)]));
  return {
    provider: blockType(sent.provider.block, "provider"),
    resources: all(sent.resource_schemas),
    dataSources: all(sent.data_source_schemas),
  };
}

function blockType(block: SentBlock, owner: string): ObjectType {
  const siblings = new Set([...block.attributes.map((a) => a.name), ...block.block_types.map((b) => b.type_name)]);
  const attributes = block.attributes.map((sent): Field => {
    const type = attributeType(JSON.parse(new TextDecoder().decode(sent.type)));
    return {
      name: sent.name,
      property: propertyNames[owner]?.[sent.name] ?? propertyName(sent.name, isPlural(type), siblings),
      type,
      required: sent.required,
      optional: sent.optional,
      computed: sent.computed,
      sensitive: sent.sensitive,
      writeOnly: sent.write_only,
    };
  });
  const blocks = block.block_types.map((sent): Field => {
    const type = nestedType(sent, owner);
    const name = sent.type_name;
    const property = propertyNames[owner]?.[name] ?? propertyName(name, isPlural(type), siblings);
    const sensitive = fieldsOf(type).some((field) => field.sensitive);
    return { ...plainField(name, property, type), optional: true, sensitive };
  });
  return { kind: "object", fields: [...attributes, ...blocks] };
}

function nestedType(sent: SentBlock["block_types"][number], owner: string): Type {
  const element = blockType(sent.block, owner);
  const single = sent.max_items === 1 || (singleBlocks[owner] ?? []).includes(sent.type_name);
  switch (sent.nesting) {
    case "LIST":
      return { kind: "list", element, block: true, single };
    case "SET":
      return { kind: "set", element, block: true, single };
    case "MAP":
      return { kind: "map", element, block: true };
    default:
      return element;
  }
}

function attributeType(written: WrittenType): Type {
  if (typeof written === "string") {
    if (written === "string" || written === "number" || written === "bool") return { kind: written };
    return { kind: "dynamic" };
  }
  const [kind, inner] = written;
  if (kind === "list" || kind === "set") {
    return { kind, element: attributeType(inner as WrittenType), block: false, single: false };
  }
  if (kind === "map") return { kind, element: attributeType(inner as WrittenType), block: false };
  if (kind !== "object") return { kind: "dynamic" };
  const siblings = new Set(Object.keys(inner));
  const fields = Object.entries(inner as { [name: string]: WrittenType }).map(([name, writtenField]) => {
    const type = attributeType(writtenField);
    return plainField(name, propertyName(name, isPlural(type), siblings), type);
  });
  return { kind: "object", fields };
}

function plainField(name: string, property: string, type: Type): Field {
  return {
    name,
    property,
    type,
    required: false,
    optional: false,
    computed: false,
    sensitive: false,
    writeOnly: false,
  };
}

function fieldsOf(type: Type): Field[] {
  if (type.kind === "object") return type.fields;
  return "element" in type ? fieldsOf(type.element) : [];
}

function isPlural(type: Type): boolean {
  return (type.kind === "list" || type.kind === "set") && !type.single;
}
