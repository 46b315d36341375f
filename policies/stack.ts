import type { PolicyResource } from "@pulumi/policy";
import { type Values, valuesOf } from "./value";

/** A resource of the stack with its outputs: in a preview many of them are not known yet. */
export interface StackResource {
  type: string;
  name: string;
  urn: string;
  values: Values;
  parent?: StackResource;
  /**
   * The resources that a property refers to. They are there in a preview too, when the property itself is not known yet; a
   * literal refers to none.
   */
  referredBy(property: string): StackResource[];
}

export interface Stack {
  resources: readonly StackResource[];
  ofType(...types: string[]): StackResource[];
}

export function stackOf(resources: readonly PolicyResource[]): Stack {
  const made = new Map<string, StackResource>();
  const all = resources.map((resource) => stackResource(resource, made));
  const byType = new Map<string, StackResource[]>();
  for (const one of all) {
    const same = byType.get(one.type);
    if (same === undefined) byType.set(one.type, [one]);
    else same.push(one);
  }
  return { resources: all, ofType: (...types) => types.flatMap((type) => byType.get(type) ?? []) };
}

function stackResource(resource: PolicyResource, made: Map<string, StackResource>): StackResource {
  const known = made.get(resource.urn);
  if (known !== undefined) return known;
  const { type, name, urn, parent, propertyDependencies } = resource;
  let values: Values | undefined;
  const one: StackResource = {
    type,
    name,
    urn,
    get values() {
      values ??= valuesOf(resource.props);
      return values;
    },
    get parent() {
      return parent && stackResource(parent, made);
    },
    referredBy: (property) => (propertyDependencies[property] ?? []).map((other) => stackResource(other, made)),
  };
  made.set(urn, one);
  return one;
}

/**
 * The resources of a type that a property names: those that it refers to, and those that it names by a literal id, ARN or
 * name.
 */
export function linked(stack: Stack, from: StackResource, property: string, type: string): StackResource[] {
  const referred = from.referredBy(property).filter((one) => one.type === type);
  if (referred.length > 0) return referred;
  const named = from.values[property];
  if (typeof named !== "string") return [];
  return stack.ofType(type).filter(({ values }) => [values.id, values.arn, values.name].includes(named));
}
