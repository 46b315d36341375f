/** Between the provider's state and the outputs that the engine keeps. */
import { isDeepStrictEqual } from "node:util";
import type { Properties, State } from "../provider";
import { pack, type TerraformObject, unpack } from "./msgpack";
import { idOf, type StoredState } from "./resource";
import type { Field, ObjectType } from "./schema";
import { decode, decodeObject } from "./values";

/** The output that keeps the provider's state. It is secret: the state may hold values that the outputs mark secret. */
export const stateProperty = "__terraform";

export function outputsOf(schema: ObjectType, value: TerraformObject, region: string | undefined): Properties {
  return { ...decodeObject(schema, value), ...(region ? { region } : {}) };
}

export function stateOf(schema: ObjectType, state: StoredState, region: string | undefined): State {
  const outputs = outputsOf(schema, state.value, region);
  const kept = [pack(state.value), state.private].map((bytes) => Buffer.from(bytes).toString("base64"));
  const sensitive = schema.fields.filter((field) => field.sensitive && field.property in outputs);
  return {
    id: idOf(state.value),
    outputs: { ...outputs, [stateProperty]: kept },
    secretOutputs: [stateProperty, ...sensitive.map((field) => field.property)],
  };
}

/** Undefined where another provider wrote the outputs, or nobody did. */
export function storedState(outputs: Properties): StoredState | undefined {
  const kept = outputs[stateProperty];
  if (!Array.isArray(kept)) return undefined;
  const [value, notes] = kept.map((text) => new Uint8Array(Buffer.from(String(text), "base64")));
  if (!value || !notes) return undefined;
  return { value: unpack(value) as TerraformObject, private: notes };
}

/** The inputs after a refresh: as they were, but for what differs in the live object. */
export function refreshedInputs(
  schema: ObjectType,
  inputs: Properties,
  before: TerraformObject,
  live: TerraformObject,
): Properties {
  const refreshed = { ...inputs };
  for (const field of schema.fields) {
    if (isDeepStrictEqual(before[field.name] ?? null, live[field.name] ?? null)) continue;
    if (!(field.property in inputs) && !isOwnInput(field)) continue;
    const value = decode(field.type, live[field.name] ?? null);
    if (value === null) delete refreshed[field.property];
    else refreshed[field.property] = value;
  }
  return refreshed;
}

/** The inputs that describe an imported object. */
export function importedInputs(schema: ObjectType, live: TerraformObject): Properties {
  return decodeObject({ kind: "object", fields: schema.fields.filter(isOwnInput) }, live);
}

/** An input that the provider never fills in by itself. */
function isOwnInput(field: Field): boolean {
  return (field.required || field.optional) && !field.computed;
}
