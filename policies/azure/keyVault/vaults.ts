import type { Subject } from "../../rule";
import { at, type Value, type Values } from "../../value";
import { isNative } from "../types";

export const classicVault = "azure:keyvault/keyVault:KeyVault";
export const classicSecret = "azure:keyvault/secret:Secret";

/** A vault's property in either provider: the native one has all of them below `properties`. */
export interface Reading {
  native: string;
  classic: string;
}

export function isNativeVault(type: string): boolean {
  return isNative(type, "keyvault", "Vault");
}

export function isNativeSecret(type: string): boolean {
  return isNative(type, "keyvault", "Secret");
}

/** What a vault says, and what the property is called there; undefined for what is no vault. */
export function readVault(
  { type, inputs }: Pick<Subject, "type" | "inputs">,
  { native, classic }: Reading,
): { name: string; value: Value } | undefined {
  if (isNativeVault(type)) return { name: `properties.${native}`, value: deep(inputs, `properties.${native}`) };
  if (type === classicVault) return { name: classic, value: deep(inputs, classic) };
  return undefined;
}

function deep(inputs: Values, path: string): Value {
  return at(inputs, ...path.split("."));
}
