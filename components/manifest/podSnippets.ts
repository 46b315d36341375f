import type { BindingFileArgs, BindingFilesArgs, BindingReferenceArgs } from "../binding/args";
import { wholeValue } from "../binding/delivered";
import { distinctSecrets, type Referring, referencesOf as resolved, usesOf } from "../binding/references";
import { given } from "../options";
import type { BindingEntry } from "./shapes";

/** A problem with one part of a binding; the path leads to it. */
export interface SnippetProblem {
  path: (string | number)[];
  message: string;
}

/** What the Kubernetes snippets of a binding mean: names in them are names of secrets, keys are fields. */
export function referencesOf(
  entry: BindingEntry,
  fieldsOf: (secret: string) => string[] | undefined,
): { references: Referring; problems: SnippetProblem[] } {
  const env = (entry.env ?? []).map(({ name, valueFrom: { secretKeyRef } }) => {
    const { name: secret, key, ...more } = secretKeyRef;
    return [name, { ...reference(secret, key, fieldsOf), ...given(more) }];
  });
  const { envFrom, imagePullSecrets, tls, secrets } = entry;
  return {
    references: {
      ...(given({ envFrom, imagePullSecrets, tls, secrets }) as Referring),
      env: Object.fromEntries(env),
      files: Object.fromEntries(filesOf(entry, fieldsOf)),
    },
    problems: [...twice(entry), ...unmatched(entry, fieldsOf)],
  };
}

function filesOf(
  entry: BindingEntry,
  fieldsOf: (secret: string) => string[] | undefined,
): [string, BindingFilesArgs][] {
  return (entry.volumeMounts ?? []).flatMap(({ name, mountPath, subPath }): [string, BindingFilesArgs][] => {
    const volume = entry.volumes?.find((candidate) => candidate.name === name)?.secret;
    if (volume === undefined) return [];
    const items = volumeItems(volume, fieldsOf);
    const mode = given({ mode: volume.defaultMode });
    if (subPath === undefined) return [[mountPath, { items, ...mode }]];
    const item = items[subPath];
    if (item === undefined) return [];
    const { mode: own, ...asFile } = item;
    return [[mountPath, { asFile, ...given({ mode: own ?? volume.defaultMode }) }]];
  });
}

/** The secrets that a binding refers to, each once. */
export function secretsOf(references: Referring): string[] {
  return distinctSecrets(usesOf(resolved(references)));
}

type SecretVolume = NonNullable<BindingEntry["volumes"]>[number]["secret"];

/** As Kubernetes does: every key a file with its name, unless `items` says which and how. */
function volumeItems(
  volume: SecretVolume,
  fieldsOf: (secret: string) => string[] | undefined,
): Record<string, BindingFileArgs> {
  const { secretName, optional } = volume;
  const keys = (fieldsOf(secretName) ?? [wholeValue]).map((key) => ({ key, path: key, mode: undefined }));
  const items = volume.items ?? keys;
  return Object.fromEntries(
    items.map(({ key, path, mode }) => [
      path,
      { ...reference(secretName, key, fieldsOf), ...given({ mode, optional }) },
    ]),
  );
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

function unmatched(entry: BindingEntry, fieldsOf: (secret: string) => string[] | undefined): SnippetProblem[] {
  const volumes = entry.volumes ?? [];
  const mounts = entry.volumeMounts ?? [];
  return [
    ...mounts.flatMap(({ name, subPath }, index) => {
      const volume = volumes.find((candidate) => candidate.name === name)?.secret;
      const files = volume === undefined ? [] : Object.keys(volumeItems(volume, fieldsOf));
      if (subPath === undefined || volume === undefined || files.includes(subPath)) return [];
      const message = `the volume has no file "${subPath}": it has ${files.join(", ")}`;
      return [{ path: ["volumeMounts", index, "subPath"], message }];
    }),
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
