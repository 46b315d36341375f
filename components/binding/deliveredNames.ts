import { nameOf } from "./delivered";
import { Delivery } from "./deliveries";
import type { BindingSpec } from "./spec";

/**
 * The Kubernetes Secrets of a binding by their names, which never change: "a-b" with "c", and "a" with "b-c", have one
 * name, and each would be overwritten with the other's value.
 */
export function deliveredNames(spec: BindingSpec): { secret: string; name: string }[] {
  const { bindingName, delivered, delivery, uses } = spec;
  // The driver makes Secrets of variables, and of nothing else.
  const inEnv = new Set(uses.flatMap(({ as, secret }) => (as === "env" ? [secret] : [])));
  const made = delivery === Delivery.Csi ? delivered.filter(({ secretName }) => inEnv.has(secretName)) : delivered;
  return made.map((one) => ({ secret: one.secretName, name: nameOf(bindingName, one) }));
}

/** What to say of a name that is taken. */
export function takenName(name: string, secret: string, other: string): string {
  return `the Kubernetes Secret of "${secret}" would be "${name}", as is one of binding ${other}: rename one of the bindings`;
}
