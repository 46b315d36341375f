/** Whether a request's body is one that Google's description of the API allows, by a JSON schema made of it. */
import Ajv, { type ErrorObject, type ValidateFunction } from "ajv";
import { type Api, description, type Schema } from "./descriptions";

type JsonSchema = Record<string, unknown>;

/** https://developers.google.com/discovery/v1/type-format */
const formats: Record<string, RegExp> = {
  "google-duration": /^-?\d+(\.\d{1,9})?s$/,
  "google-datetime": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/,
  "google-fieldmask": /^[\w.]+(,[\w.]+)*$/,
  "date-time": /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/,
  date: /^\d{4}-\d{2}-\d{2}$/,
  int64: /^-?\d+$/,
  uint64: /^\d+$/,
  byte: /^[A-Za-z0-9+/_-]*={0,2}$/,
};
const anyFormat = ["int32", "uint32", "double", "float"];

const ajv = new Ajv({ allErrors: true, strict: false, formats });
for (const name of anyFormat) ajv.addFormat(name, true);

const validators = new Map<string, ValidateFunction>();

/** What the API would refuse of a body, one line each, with the field and the rule and never what was given. */
export function bodyProblems(api: Api, schemaName: string, body: unknown): string[] {
  const validate = validatorOf(api, schemaName);
  return validate(body) ? [] : (validate.errors ?? []).map(describe);
}

function validatorOf(api: Api, schemaName: string): ValidateFunction {
  const key = `${api}#${schemaName}`;
  const known = validators.get(key) ?? ajv.compile({ ...definitionsOf(api), $ref: `#/definitions/${schemaName}` });
  validators.set(key, known);
  return known;
}

const definitions = new Map<Api, JsonSchema>();

function definitionsOf(api: Api): JsonSchema {
  const known = definitions.get(api) ?? {
    definitions: Object.fromEntries(
      Object.entries(description(api).schemas).map(([name, schema]) => [name, jsonSchema(schema)]),
    ),
  };
  definitions.set(api, known);
  return known;
}

function jsonSchema(schema: Schema): JsonSchema {
  // Some outputs are told by a word of their description only; those that are marked are refused.
  if (schema.readOnly) return { not: {}, description: "is set by Google only" };
  if (schema.$ref !== undefined) return { $ref: `#/definitions/${schema.$ref}` };
  switch (schema.type) {
    case "object":
      return {
        type: "object",
        properties: mapped(schema.properties ?? {}),
        additionalProperties: schema.additionalProperties ? jsonSchema(schema.additionalProperties) : false,
      };
    case "array":
      return { type: "array", items: jsonSchema(schema.items ?? {}) };
    case undefined:
    case "any":
      return {};
    default:
      return {
        type: schema.type,
        ...(schema.enum === undefined ? {} : { enum: schema.enum }),
        ...(schema.format === undefined ? {} : { format: schema.format }),
      };
  }
}

function mapped(properties: Record<string, Schema>): JsonSchema {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, jsonSchema(schema)]));
}

function describe({ instancePath, keyword, params, message }: ErrorObject): string {
  const field = instancePath.slice(1).replaceAll("/", ".");
  const at = (name: string) => (field === "" ? name : `${field}.${name}`);
  switch (keyword) {
    case "additionalProperties":
      return `${at(params.additionalProperty)}: there is no such field`;
    case "enum":
      return `${field}: must be one of ${params.allowedValues.join(", ")}`;
    case "not":
      return `${field}: is set by Google only`;
    case "format":
      return `${field}: must be of the format ${params.format}`;
    default:
      return `${field}: ${message}`;
  }
}
