import { type DeliveredSecret, keyOf } from "./delivered";
import type { BindingUse } from "./references";

/**
 * What SecretSync takes for a key and for the path that it comes from, beside what no field's name has: after the first
 * dot or underscore there is a letter or digit on both sides of each dot, underscore and hyphen.
 * https://github.com/kubernetes-sigs/secrets-store-sync-controller/blob/main/api/v1alpha1/secretsync_types.go has the same
 * as an expression that takes exponential time here.
 */
const path = /^[A-Za-z0-9.](?:[-A-Za-z0-9]+(?:[._][A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)*)?$/;
const longest = 253;

/** Whether SecretSync takes it as a key, or as a path. */
export function isSyncPath(text: string): boolean {
  return text.length <= longest && path.test(text);
}

/** Where a whole value or a field of it lies for SecretSync. Two hyphens are in no secret's name. */
export function sourcePath(secretName: string, field: string | undefined): string {
  return field === undefined ? secretName : `${secretName}--${field}`;
}

/** What is read for one Kubernetes Secret: fields, undefined for the whole value, each once and each by one call. */
export function sourcesOf({ keys = {} }: DeliveredSecret): (string | undefined)[] {
  return [...new Set(Object.values(keys).map(({ field }) => field))];
}

/** A certificate's keys, and that of a Docker configuration, have names of Kubernetes'; the others the field's. */
export function isSyncable({ as, secret, field }: BindingUse): boolean {
  const keys = as === "env" || as === "file" ? [keyOf({ field })] : [];
  return [sourcePath(secret, field), ...keys].every(isSyncPath);
}
