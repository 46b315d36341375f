import { z } from "zod";
import { templateProblem } from "../binding/template";
import { readerShape } from "./reader";
import { contentShape, fieldName, measured, valueOrFields } from "./secret";
import { input, secretName, text, unreserved, workspaceRefShape } from "./shapes";

const workloadKinds = ["agent", "model", "data-source", "tool", "application"] as const;
const workloads = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod"] as const;
const deliveries = ["external-secrets", "csi", "gke-sync", "native"] as const;
const freshnesses = ["pinned", "latest"] as const;
const restarters = ["auto", "pulumi", "reloader"] as const;

const variable = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#envvar-v1-core, and what every shell takes. */
export const envName = unreserved(
  text.refine(
    (name) => variable.test(name),
    "an environment variable's name must be letters, digits and underscores, not beginning with a digit",
  ),
);

export const mountPath = text.refine(
  (path) => path.startsWith("/") && !path.includes(":") && path !== "/",
  "a directory must be an absolute path without a colon, and not the root",
);

/** A file's name in its directory: keys of projected volumes allow no path that leaves it. */
export const fileName = unreserved(
  text.refine(
    (name) => !name.startsWith("/") && !name.split("/").includes(".."),
    "a file's name must be relative and stay in its directory",
  ),
);

/** JSON has no octal numbers, and YAML reads 0440 as one: so modes are texts. */
export const mode = z
  .string('must be an octal mode in quotes, for example "0400"')
  .refine((given) => /^0[0-7]{3}$/.test(given), 'must be an octal mode in quotes, for example "0400"');

export const template = text.superRefine(measured(templateProblem));

const referenceShape = {
  secret: secretName,
  field: fieldName.optional(),
  template: template.optional(),
  optional: z.boolean().optional(),
};
const fieldOrTemplate = {
  rule: ({ field, template: filled }: { field?: string | undefined; template?: string | undefined }) =>
    field === undefined || filled === undefined,
  message: "field and template are both set: keep one",
};

const reference = z.strictObject(referenceShape).refine(fieldOrTemplate.rule, fieldOrTemplate.message);
const file = z
  .strictObject({ ...referenceShape, mode: mode.optional() })
  .refine(fieldOrTemplate.rule, fieldOrTemplate.message);

export const envFrom = z.strictObject({
  secret: secretName,
  prefix: text
    .refine(
      (prefix) => variable.test(prefix),
      "must begin an environment variable's name: letters, digits and underscores",
    )
    .optional(),
  optional: z.boolean().optional(),
});

const files = z
  .strictObject({
    secrets: z.array(secretName).optional(),
    items: z.record(fileName, file).optional(),
    asFile: reference.optional(),
    mode: mode.optional(),
  })
  .refine(
    ({ secrets = [], items = {}, asFile }) => asFile !== undefined || secrets.length + Object.keys(items).length > 0,
    "needs secrets, items or asFile",
  )
  .refine(
    ({ secrets = [], items = {}, asFile }) => asFile === undefined || secrets.length + Object.keys(items).length === 0,
    "asFile is one file at this path, secrets and items are files of a directory: keep one",
  )
  .refine(
    ({ secrets = [], items = {} }) =>
      new Set([...secrets, ...Object.keys(items)]).size === secrets.length + Object.keys(items).length,
    "two files of the directory have one name",
  );

const once = (entries: { secret: string }[]) => new Set(entries.map(({ secret }) => secret)).size === entries.length;
const onceMessage = "names a secret twice: keep one";

export const imagePullSecrets = z.array(reference).min(1).refine(once, onceMessage);
export const tls = z
  .array(z.strictObject({ secret: secretName, certificateField: fieldName.optional(), keyField: fieldName.optional() }))
  .min(1)
  .refine(once, onceMessage);

const seconds = z
  .number()
  .int()
  .refine((given) => given >= 1 && given <= 86_400, "must be 1 to 86400 seconds, a day");

/** https://kubernetes.io/docs/reference/using-api/#api-groups */
const apiVersion = text.refine(
  (given) => /^[a-z0-9.-]+\/v\d+((alpha|beta)\d+)?$/.test(given),
  "must be a group and a version, for example external-secrets.io/v1",
);

/** What a binding takes in programs and in manifests, besides what it binds. */
export const deliveryShape = {
  reader: readerShape.optional(),
  kind: z.enum(workloadKinds).optional(),
  workload: z.enum(workloads).optional(),
  delivery: z.enum(deliveries).optional(),
  freshness: z.enum(freshnesses).optional(),
  restartedBy: z.enum(restarters).optional(),
  refreshSeconds: seconds.optional(),
  maxStalenessSeconds: seconds.optional(),
  keepOnDestroy: z.boolean().optional(),
  expectedPods: z
    .number()
    .int()
    .refine((pods) => pods >= 1, "must be at least 1")
    .optional(),
  apiVersions: z
    .strictObject({
      externalSecrets: apiVersion.optional(),
      secretsStore: apiVersion.optional(),
      secretSync: apiVersion.optional(),
    })
    .optional(),
};

/** The arguments of a DeploymentBinding. */
export const bindingShape = z
  .strictObject({
    workspace: workspaceRefShape,
    bindingName: secretName,
    ...deliveryShape,
    env: z.record(envName, reference).optional(),
    envFrom: z.array(envFrom).min(1).optional(),
    files: z.record(mountPath, files).optional(),
    imagePullSecrets: imagePullSecrets.optional(),
    tls: tls.optional(),
    secrets: z.array(secretName).min(1).optional(),
    values: z
      .record(
        secretName,
        z
          .strictObject({ ...contentShape, versionId: input.optional() })
          .refine(valueOrFields.rule, valueOrFields.message),
      )
      .optional(),
  })
  .refine(
    ({ env = {}, files: directories = {}, envFrom: all, imagePullSecrets: pulls, tls: certificates, secrets }) =>
      Object.keys(env).length + Object.keys(directories).length > 0 ||
      [all, pulls, certificates, secrets].some((list) => list !== undefined),
    "binds nothing: give it env, files or another of what it can bind",
  );
