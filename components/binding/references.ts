import type { DeploymentBindingArgs } from "../deploymentBinding";
import type {
  BindingEnvFromArgs,
  BindingFileArgs,
  BindingFilesArgs,
  BindingReferenceArgs,
  BindingTlsArgs,
} from "./args";
import { templateFields } from "./template";

/** The files of one directory. */
export interface BoundDirectory {
  mode: string;
  /** By file name. */
  items: Record<string, BindingFileArgs>;
}

/** Everything that a binding delivers, resolved to secrets and fields. */
export interface BindingReferences {
  /** By variable name. */
  env: Record<string, BindingReferenceArgs>;
  envFrom: BindingEnvFromArgs[];
  /** By mount path. */
  files: Record<string, BoundDirectory>;
  /** Single files by their path. */
  single: Record<string, BoundDirectory>;
  imagePullSecrets: BindingReferenceArgs[];
  tls: BindingTlsArgs[];
  /** What nothing is delivered of: the reader reads it at run time. */
  secrets: string[];
}

/** What a binding's arguments refer to. */
export type Referring = Pick<
  DeploymentBindingArgs,
  "env" | "envFrom" | "files" | "imagePullSecrets" | "tls" | "secrets"
>;

/** Readable to the owner and to the pod's `fsGroup`, and to nobody else. */
const defaultMode = "0440";

export function referencesOf(args: Referring): BindingReferences {
  const files = Object.entries(args.files ?? {});
  const directories = files.filter(([, { asFile }]) => asFile === undefined);
  return {
    env: args.env ?? {},
    envFrom: args.envFrom ?? [],
    files: Object.fromEntries(directories.map(([path, directory]) => [path, boundDirectory(directory)])),
    single: Object.fromEntries(
      files.flatMap(([path, { asFile, mode = defaultMode }]) =>
        asFile === undefined ? [] : [[path, { mode, items: { [baseName(path)]: asFile } }]],
      ),
    ),
    imagePullSecrets: args.imagePullSecrets ?? [],
    tls: args.tls ?? [],
    secrets: args.secrets ?? [],
  };
}

function boundDirectory({ secrets = [], items = {}, mode = defaultMode }: BindingFilesArgs): BoundDirectory {
  return { mode, items: { ...Object.fromEntries(secrets.map((secret) => [secret, { secret }])), ...items } };
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** How a workload receives something. */
export type Use = "env" | "envFrom" | "file" | "imagePullSecret" | "tls" | "read";

/** One thing that a workload receives. */
export interface BindingUse {
  as: Use;
  /** The variable, the file's path, or what the variables' names begin with. */
  at: string;
  secret: string;
  /** Undefined for the whole value. */
  field: string | undefined;
  template: string | undefined;
  /** Its place in the arguments. */
  path: string;
}

/** All that a binding delivers, in the order of its arguments. */
export function usesOf(references: BindingReferences): BindingUse[] {
  const { env, envFrom, files, single, imagePullSecrets, tls, secrets } = references;
  const use = (as: Use, at: string, path: string, { secret, field, template }: BindingReferenceArgs): BindingUse => ({
    as,
    at,
    secret,
    field,
    template,
    path,
  });
  const directories = Object.entries(files).flatMap(([path, { items }]) =>
    Object.entries(items).map(([file, item]) => use("file", `${path}/${file}`, `files.${path}/${file}`, item)),
  );
  return [
    ...Object.entries(env).map(([name, reference]) => use("env", name, `env.${name}`, reference)),
    ...envFrom.map(({ secret, prefix = "" }, index) => use("envFrom", prefix, `envFrom[${index}]`, { secret })),
    ...directories,
    ...Object.entries(single).flatMap(([path, { items }]) =>
      Object.values(items).map((item) => use("file", path, `files.${path}.asFile`, item)),
    ),
    ...imagePullSecrets.map((reference, index) => use("imagePullSecret", "", `imagePullSecrets[${index}]`, reference)),
    ...tls.flatMap((entry, index) =>
      Object.values(tlsFields(entry)).map((field) => use("tls", "", `tls[${index}]`, { secret: entry.secret, field })),
    ),
    ...secrets.map((secret, index) => use("read", "", `secrets[${index}]`, { secret })),
  ];
}

export function tlsFields({ certificateField = "certificate", keyField = "key" }: BindingTlsArgs) {
  return { "tls.crt": certificateField, "tls.key": keyField };
}

/** The fields that a use takes of its secret; empty for the whole value. */
export function fieldsUsed({ field, template }: Pick<BindingUse, "field" | "template">): string[] {
  if (template !== undefined) return templateFields(template);
  return field === undefined ? [] : [field];
}

/** What policies and other programs see of a use: names. */
export interface BindingUseOutput {
  /** The secret's name in the workspace. */
  secret: string;
  /** Its fields; empty for the whole of it. */
  fields: string[];
  /** `env`, `envFrom`, `file`, `imagePullSecret`, `tls`, or `read` for what is read at run time. */
  as: string;
  /** The variable, or the file's path. */
  at: string;
  /** The binding. */
  binding: string;
  /** The kind of the workload. */
  kind: string;
  /** The workload's namespace. */
  namespace: string;
}

export function distinctSecrets(uses: readonly Pick<BindingUse, "secret">[]): string[] {
  return [...new Set(uses.map(({ secret }) => secret))];
}
