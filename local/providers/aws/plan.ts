/** What Terraform's core does between a configuration and the provider's plan. */
import { isDeepStrictEqual } from "node:util";
import { unknown } from "../provider";
import type { TerraformObject, TerraformValue } from "./msgpack";
import type { Field, ObjectType, Type } from "./schema";

/**
 * The proposed new state: the configuration, with what it leaves to the provider carried over from the prior state.
 * As in Terraform's internal/plans/objchange/objchange.go; a write-only value is never a part of any state.
 */
export function proposedState(
  type: ObjectType,
  prior: TerraformObject | null,
  config: TerraformObject,
): TerraformObject {
  return Object.fromEntries(
    type.fields.map((field) => [
      field.name,
      proposedField(field, prior?.[field.name] ?? null, config[field.name] ?? null),
    ]),
  );
}

function proposedField(field: Field, prior: TerraformValue, config: TerraformValue): TerraformValue {
  if (field.writeOnly) return null;
  if (config === null) return field.computed ? prior : null;
  return proposedBlocks(field.type, prior, config);
}

function proposedBlocks(type: Type, prior: TerraformValue, config: TerraformValue): TerraformValue {
  if (config === unknown || config === null) return config;
  if (type.kind === "object") {
    return proposedState(type, isObject(prior) ? prior : null, config as TerraformObject);
  }
  if (type.kind === "map" && type.block) {
    const before = isObject(prior) ? prior : {};
    const entries = Object.entries(config as TerraformObject);
    return Object.fromEntries(
      entries.map(([key, item]) => [key, proposedBlocks(type.element, before[key] ?? null, item)]),
    );
  }
  if ((type.kind !== "list" && type.kind !== "set") || !type.block) return config;
  const before = Array.isArray(prior) ? prior : [];
  return (config as TerraformValue[]).map((item, at) => {
    if (type.kind === "list") return proposedBlocks(type.element, before[at] ?? null, item);
    // An element of a set has no place: its prior one is the one that the configuration describes already.
    const same = before.find((candidate) =>
      isDeepStrictEqual(proposedBlocks(type.element, candidate, item), candidate),
    );
    return same ?? proposedBlocks(type.element, null, item);
  });
}

function isObject(value: TerraformValue): value is TerraformObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The fields whose values differ. */
export function changedFields(type: ObjectType, before: TerraformObject, after: TerraformObject): Field[] {
  return type.fields.filter((field) => !isDeepStrictEqual(before[field.name] ?? null, after[field.name] ?? null));
}
