import type { Stack, StackResource } from "../stack";
import { at, type Value } from "../value";

/** Where an object is. Whose namespace isn't said is in that of the provider, mostly `default`. */
export function namespaceOf(object: Value): Value {
  return at(object, "metadata", "namespace") ?? "default";
}

/** The object of a type and a name in a namespace, where all of that is known. */
export function objectNamed(stack: Stack, type: string, name: Value, namespace: Value): StackResource | undefined {
  if (typeof name !== "string" || typeof namespace !== "string") return undefined;
  return stack
    .ofType(type)
    .find(({ values }) => at(values, "metadata", "name") === name && namespaceOf(values) === namespace);
}
