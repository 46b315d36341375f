import { createHash } from "node:crypto";
import type { BindingReferenceArgs } from "./args";
import { type BindingReferences, tlsFields, usesOf } from "./references";

/** What a key of a Kubernetes Secret holds: a field, a filled template, or the whole value. */
export interface KeySource {
  field?: string | undefined;
  template?: string | undefined;
}

/** One Kubernetes Secret: what a binding takes of one secret, in one form. */
export interface DeliveredSecret {
  secretName: string;
  form: Form;
  /** By key. Undefined: every field. */
  keys: Record<string, KeySource> | undefined;
}

/** The forms, with their types: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
export const forms = {
  /** The keys that variables and files take. */
  keys: { suffix: "", type: "Opaque" },
  /** All fields, as names of variables: beside nothing else, because a container takes all that is in it. */
  env: { suffix: "--env", type: "Opaque" },
  pull: { suffix: "--pull", type: "kubernetes.io/dockerconfigjson" },
  tls: { suffix: "--tls", type: "kubernetes.io/tls" },
} as const;
export type Form = keyof typeof forms;

/** The key of a Kubernetes Secret that holds a whole value. */
export const wholeValue = "value";

export function keyOf({ field, template }: KeySource): string {
  // Not the text: a key has 253 characters, and the same text is one key.
  if (template !== undefined) return `template.${shortHash(template)}`;
  return field ?? wholeValue;
}

/** Without the two hyphens of a form, no name of a secret: the same bound secret has one Kubernetes Secret per form. */
export function nameOf(binding: string, { secretName, form }: DeliveredSecret): string {
  return `${binding}-${secretName}${forms[form].suffix}`;
}

export function deliveredSecrets(references: BindingReferences): DeliveredSecret[] {
  const keys = new Map<string, Record<string, KeySource>>();
  for (const { as, secret, field, template } of usesOf(references)) {
    if (as !== "env" && as !== "file") continue;
    const source = { field, template };
    keys.set(secret, { ...keys.get(secret), [keyOf(source)]: source });
  }
  const all = new Set(references.envFrom.map(({ secret }) => secret));
  return [
    ...[...keys].map(([secretName, used]): DeliveredSecret => ({ secretName, form: "keys", keys: used })),
    ...[...all].map((secretName): DeliveredSecret => ({ secretName, form: "env", keys: undefined })),
    ...references.imagePullSecrets.map(
      (reference): DeliveredSecret => ({
        secretName: reference.secret,
        form: "pull",
        keys: { ".dockerconfigjson": sourceOf(reference) },
      }),
    ),
    ...references.tls.map(
      (entry): DeliveredSecret => ({
        secretName: entry.secret,
        form: "tls",
        keys: Object.fromEntries(Object.entries(tlsFields(entry)).map(([key, field]) => [key, { field }])),
      }),
    ),
  ];
}

function sourceOf({ field, template }: BindingReferenceArgs): KeySource {
  return { field, template };
}

/** Of an id, a path or a text that is in clear anyway: names are readable to everyone in the namespace. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}
