import * as pulumi from "@pulumi/pulumi";

/** JavaScript sets an object's prototype by this name, and whatever copies an object's keys loses it without a word. */
const reserved = "__proto__";

export const reservedRule = "JavaScript keeps this name for itself: choose another";

export function isReserved(name: unknown): boolean {
  return name === reserved;
}

/** The keys of that name in plain data. Outputs are not looked into: they hold texts. */
export function reservedKeys(data: unknown): { path: PropertyKey[]; message: string }[] {
  return pathsTo(data, []).map((path) => ({ path, message: reservedRule }));
}

function pathsTo(data: unknown, path: PropertyKey[]): PropertyKey[][] {
  if (typeof data !== "object" || data === null || !isPlain(data)) return [];
  if (Array.isArray(data)) return data.flatMap((item, index) => pathsTo(item, [...path, index]));
  const own = Object.hasOwn(data, reserved) ? [[...path, reserved]] : [];
  const others = Object.entries(data).filter(([key]) => key !== reserved);
  return [...own, ...others.flatMap(([key, value]) => pathsTo(value, [...path, key]))];
}

function isPlain(value: object): boolean {
  return !pulumi.Output.isInstance(value) && !pulumi.Resource.isInstance(value) && !(value instanceof Promise);
}
