import type { BindingReferenceArgs } from "../bindingArgs";
import type { DeploymentBindingArgs } from "../deploymentBinding";
import type { BindingEntry } from "./shapes";

/** The key of a Kubernetes Secret that holds a whole value; a reference without a key means this one. */
const wholeValue = "value";

type References = Pick<DeploymentBindingArgs, "env" | "files">;

/** A problem with one part of a binding; the path leads to it. */
export interface SnippetProblem {
  path: (string | number)[];
  message: string;
}

/** What the Kubernetes snippets of a binding mean: names in them are names of secrets, keys are fields. */
export function referencesOf(
  entry: BindingEntry,
  fieldsOf: (secret: string) => string[] | undefined,
): { references: References; problems: SnippetProblem[] } {
  const env = (entry.env ?? []).map(({ name, valueFrom: { secretKeyRef } }) => [
    name,
    reference(secretKeyRef.name, secretKeyRef.key, fieldsOf),
  ]);
  const files = (entry.volumeMounts ?? []).flatMap(({ name, mountPath }) => {
    const volume = entry.volumes?.find((candidate) => candidate.name === name);
    return volume === undefined ? [] : [[mountPath, { items: volumeItems(volume.secret, fieldsOf) }]];
  });
  return {
    references: { env: Object.fromEntries(env), files: Object.fromEntries(files) },
    problems: [...twice(entry), ...unmatched(entry)],
  };
}

/** The secrets that a binding refers to, each once. */
export function secretsOf({ env = {}, files = {} }: References): string[] {
  const items = Object.values(files).flatMap((directory) => Object.values(directory.items ?? {}));
  return [...new Set([...Object.values(env), ...items].map(({ secret }) => secret))];
}

/** As Kubernetes does: every key a file with its name, unless `items` says which and how. */
function volumeItems(
  volume: { secretName: string; items?: { key: string; path: string }[] | undefined },
  fieldsOf: (secret: string) => string[] | undefined,
): Record<string, BindingReferenceArgs> {
  const items = volume.items ?? (fieldsOf(volume.secretName) ?? [wholeValue]).map((key) => ({ key, path: key }));
  return Object.fromEntries(items.map(({ key, path }) => [path, reference(volume.secretName, key, fieldsOf)]));
}

/** A secret made of fields may have one that is called as the default key. */
function reference(
  secret: string,
  key: string | undefined,
  fieldsOf: (secret: string) => string[] | undefined,
): BindingReferenceArgs {
  const isWhole = key === undefined || (key === wholeValue && fieldsOf(secret) === undefined);
  return isWhole ? { secret } : { secret, field: key };
}

function twice(entry: BindingEntry): SnippetProblem[] {
  const env = (entry.env ?? []).map(({ name }, index) => ({ name, path: ["env", index, "name"] }));
  const volumes = (entry.volumes ?? []).map(({ name }, index) => ({ name, path: ["volumes", index, "name"] }));
  const mounts = (entry.volumeMounts ?? []).map(({ mountPath }, index) => ({
    name: mountPath,
    path: ["volumeMounts", index, "mountPath"],
  }));
  const items = (entry.volumes ?? []).map(({ secret }, index) =>
    (secret.items ?? []).map(({ path }, item) => ({
      name: path,
      path: ["volumes", index, "secret", "items", item, "path"],
    })),
  );
  return [env, volumes, mounts, ...items].flatMap((list) =>
    list
      .filter(({ name }, index) => list.findIndex((other) => other.name === name) < index)
      .map(({ name, path }) => ({ path, message: `"${name}" is here twice: keep one` })),
  );
}

function unmatched(entry: BindingEntry): SnippetProblem[] {
  const volumes = entry.volumes ?? [];
  const mounts = entry.volumeMounts ?? [];
  return [
    ...mounts.flatMap(({ name }, index) =>
      volumes.some((volume) => volume.name === name)
        ? []
        : [
            {
              path: ["volumeMounts", index, "name"],
              message: `there is no volume "${name}" in this binding: add it to volumes`,
            },
          ],
    ),
    ...volumes.flatMap(({ name }, index) =>
      mounts.some((mount) => mount.name === name)
        ? []
        : [{ path: ["volumes", index, "name"], message: `"${name}" is mounted nowhere: add it to volumeMounts` }],
    ),
  ];
}
