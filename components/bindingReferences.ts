import type { BindingFilesArgs, BindingReferenceArgs, BindingValueArgs } from "./bindingArgs";
import { whyNotDelivered } from "./versionId";

/** Everything that a binding delivers, resolved to secrets and fields. */
export interface BindingReferences {
  /** By variable name. */
  env: Record<string, BindingReferenceArgs>;
  /** By mount path, then file name. */
  files: Record<string, Record<string, BindingReferenceArgs>>;
}

/** What a binding's arguments refer to. */
interface Referring {
  env?: Record<string, BindingReferenceArgs>;
  files?: Record<string, BindingFilesArgs>;
}

/** Resolves `files`, and says which references the given values can't serve. */
export function referencesOf(
  args: Referring,
  values: Record<string, BindingValueArgs>,
): { references: BindingReferences; problems: string[] } {
  const files = Object.entries(args.files ?? {}).map(([path, { secrets = [], items = {} }]) => [
    path,
    { ...Object.fromEntries(secrets.map((secret) => [secret, { secret }])), ...items },
  ]);
  const references: BindingReferences = { env: args.env ?? {}, files: Object.fromEntries(files) };
  const problems = located(references).flatMap(([where, reference]) => {
    const problem = undeliverable(reference, values[reference.secret]);
    return problem === undefined ? [] : [`${where}: ${problem}`];
  });
  return { references, problems };
}

/** The keys of each bound secret that are used; `undefined` is the whole value. */
export function deliveredKeys(references: BindingReferences): Map<string, Set<string | undefined>> {
  const keys = new Map<string, Set<string | undefined>>();
  for (const [, { secret, field }] of located(references)) {
    keys.set(secret, (keys.get(secret) ?? new Set()).add(field));
  }
  return keys;
}

function located(references: BindingReferences): [where: string, reference: BindingReferenceArgs][] {
  const env = Object.entries(references.env).map(([name, reference]) => [`env.${name}`, reference] as const);
  const files = Object.entries(references.files).flatMap(([path, items]) =>
    Object.entries(items).map(([file, reference]) => [`files.${path}/${file}`, reference] as const),
  );
  return [...env, ...files].map(([where, reference]) => [where, reference]);
}

/** Why the reference can't be delivered from the values that are given. Names secrets and fields, never values. */
function undeliverable(reference: BindingReferenceArgs, content: BindingValueArgs | undefined): string | undefined {
  const { secret, field } = reference;
  const fields = content?.fields === undefined ? undefined : Object.keys(content.fields).sort();
  if (content === undefined || (content.value === undefined && fields === undefined)) {
    return `secret "${secret}" has no value here: give it under values.${secret}, as to the Secret`;
  }
  const reason = whyNotDelivered(content.versionId);
  if (reason !== undefined) return `secret "${secret}" ${reason}`;
  if (fields === undefined) {
    return field === undefined
      ? undefined
      : `secret "${secret}" is one value and has no field "${field}": leave field out`;
  }
  if (field === undefined) return `secret "${secret}" is made of fields: choose one of ${fields.join(", ")} as field`;
  return fields.includes(field) ? undefined : `secret "${secret}" has no field "${field}": it has ${fields.join(", ")}`;
}
