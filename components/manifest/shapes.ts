import { z } from "zod";
import { refuseExclusive, trailGcpShape, trailOptions } from "../checks/auditTrail";
import {
  deliveryShape,
  envFrom,
  envName,
  fileName,
  imagePullSecrets,
  mode,
  mountPath,
  template,
  tls,
} from "../checks/binding";
import { notOffered } from "../checks/issues";
import { oneOf } from "../checks/oneOf";
import { fieldName, keepingSecretRules, measured, secretTypes, settingsShape } from "../checks/secret";
import {
  awsShape,
  gcpShape,
  namespace,
  prefix,
  secretName,
  serviceAccountEmail,
  tags,
  text,
  workspaceName,
} from "../checks/shapes";
import { accessShape, entersNobody, hasCloudRole, kubernetesAccessShape } from "../checks/workspace";
import { fieldsSizeProblem, sizeProblem } from "../content";

/** A key of the stack's configuration. */
const configKey = z.strictObject({ config: text });

/** A value in a manifest: a text in the file, or the name of a configuration key. */
const value = z.unknown().superRefine((given, context) => {
  const message = valueProblem(given);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

function valueProblem(given: unknown): string | undefined {
  if (typeof given === "string" && given !== "") return sizeProblem(given);
  if (given === "" || given === null) return "is empty: give it a text in quotes, { config: KEY }, or leave it out";
  if (typeof given !== "object") return "must be a text: put it in quotes";
  return configKey.safeParse(given).success ? undefined : "must be a text in quotes, or { config: KEY }";
}

/** In `{ password: a,b }` a part of the value reads as a field without a value: such a field's name is not repeated. */
const fieldValue = z.unknown().superRefine((given, context) => {
  if (given === null) {
    const message = "a field here has no value: give it one; if it is a part of a text, put the text in quotes";
    context.addIssue({ code: "custom", message, params: { hideKey: true } });
    return;
  }
  const message = valueProblem(given);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

/** The AWS account and region of workspaces, and the role to take there. */
export const awsPlace = awsShape.extend({ assumeRoleArn: text.optional() });

/** The Google Cloud project of workspaces, and the service account to act as there. */
export const gcpPlace = gcpShape.extend({ impersonateServiceAccount: serviceAccountEmail.optional() });

const cloudShape = oneOf(["aws", "gcp"], { aws: awsPlace.optional(), gcp: gcpPlace.optional() });

function bothClouds(what: string): string {
  return `aws and gcp are both set: ${what} has one cloud`;
}

/** What is about a namespace, and why it has to be named. */
const inTheNamespace = {
  cluster: "where the ServiceAccounts are that read",
  subjects: "where they have a role",
  accessEntries: "where the roles have their rights",
  admissionPolicy: "which the policy is for",
} as const;

const workspace = z
  .strictObject({
    name: workspaceName,
    aws: awsPlace.optional(),
    gcp: gcpPlace.optional(),
    ...accessShape,
    namespace: namespace.optional(),
    createNamespace: z.boolean().optional(),
    ...kubernetesAccessShape,
    context: text.optional(),
    prefix: prefix.optional(),
    tags: tags.optional(),
  })
  .refine((entry) => entry.aws === undefined || entry.gcp === undefined, bothClouds("a workspace"))
  .superRefine((entry, context) => {
    for (const [key, reason] of Object.entries(inTheNamespace)) {
      if (entry.namespace !== undefined || entry[key as keyof typeof inTheNamespace] === undefined) continue;
      const message = `needs the workspace's namespace, ${reason}: add namespace`;
      context.addIssue({ code: "custom", path: [key], message });
    }
  })
  .refine((entry) => entry.accessEntries === undefined || hasCloudRole(entry), {
    path: ["accessEntries"],
    message: entersNobody,
  });

/** What a trail has on Google Cloud only. Without a project of its own it is that of the file's cloud. */
const trailGcp = trailGcpShape
  .partial({ projectId: true, projectNumber: true })
  .extend({ impersonateServiceAccount: serviceAccountEmail.optional() })
  .refine(
    (given) => (given.projectId === undefined) === (given.projectNumber === undefined),
    "projectId and projectNumber go together: give both, or none for the project of the file's cloud",
  );

/**
 * The trail of an account or project. Where it says of none, it is that of the file's cloud; the file's workspaces there
 * are watched.
 */
const auditTrail = z
  .strictObject({
    name: workspaceName,
    aws: awsPlace.omit({ replicaRegions: true }).optional(),
    gcp: trailGcp.optional(),
    ...trailOptions,
  })
  .refine((entry) => entry.aws === undefined || entry.gcp === undefined, bothClouds("a trail"))
  .superRefine(refuseExclusive);

const secret = keepingSecretRules(
  z.strictObject({
    name: secretName,
    workspace: workspaceName,
    type: z.enum(secretTypes).optional(),
    description: text.optional(),
    value: value.optional(),
    fields: z
      .record(fieldName, fieldValue)
      .refine((fields) => Object.keys(fields).length > 0, "needs at least one field: add one, or leave fields out")
      .superRefine(measured(fieldsSizeProblem))
      .optional(),
    valueFrom: z
      .unknown()
      .refine(
        () => false,
        "is reserved for values that come from another place: use value, or { config: KEY } as value",
      )
      .optional()
      .meta(notOffered),
    ...settingsShape,
  }),
);

/** As in a container, with our templates beside it: https://kubernetes.io/docs/concepts/configuration/secret/ */
const secretKeyRef = z
  .strictObject({
    name: secretName,
    key: text.optional(),
    template: template.optional(),
    optional: z.boolean().optional(),
  })
  .refine(
    (given) => given.key === undefined || given.template === undefined,
    "key and template are both set: keep one",
  );
const envEntry = z.strictObject({ name: envName, valueFrom: z.strictObject({ secretKeyRef }) });
const volume = z.strictObject({
  name: text,
  secret: z.strictObject({
    secretName,
    items: z
      .array(z.strictObject({ key: fieldName, path: fileName, mode: mode.optional() }))
      .min(1)
      .optional(),
    defaultMode: mode.optional(),
    optional: z.boolean().optional(),
  }),
});
const volumeMount = z.strictObject({
  name: text,
  mountPath,
  subPath: fileName.optional(),
  readOnly: z
    .boolean()
    .refine((readOnly) => readOnly, "must be true: secrets are never written to")
    .optional(),
});

const binding = z
  .strictObject({
    name: secretName,
    workspace: workspaceName,
    ...deliveryShape,
    env: z.array(envEntry).min(1).optional(),
    envFrom: z.array(envFrom).min(1).optional(),
    volumes: z.array(volume).min(1).optional(),
    volumeMounts: z.array(volumeMount).min(1).optional(),
    imagePullSecrets: imagePullSecrets.optional(),
    tls: tls.optional(),
    secrets: z.array(secretName).min(1).optional(),
  })
  .refine(
    (entry) =>
      [
        entry.env,
        entry.envFrom,
        entry.volumes,
        entry.volumeMounts,
        entry.imagePullSecrets,
        entry.tls,
        entry.secrets,
      ].some((list) => list !== undefined),
    "binds nothing: give it env, volumes or another of what it can bind",
  );

/** A document that declares whatever the file needs. Its entries are checked one by one, so that all are. */
export const documentShape = z.strictObject({
  organization: text.optional(),
  cloud: cloudShape.optional(),
  auditTrails: z.array(z.unknown()).min(1).optional(),
  workspaces: z.array(z.unknown()).min(1).optional(),
  secrets: z.array(z.unknown()).min(1).optional(),
  bindings: z.array(z.unknown()).min(1).optional(),
});

/** The lists of a manifest and what their entries are. */
export const entryShapes = { auditTrails: auditTrail, workspaces: workspace, secrets: secret, bindings: binding };

export type WorkspaceEntry = z.infer<typeof workspace>;
export type AuditTrailEntry = z.infer<typeof auditTrail>;
export type SecretEntry = z.infer<typeof secret>;
export type BindingEntry = z.infer<typeof binding>;
export type AwsPlace = z.infer<typeof awsPlace>;
export type GcpPlace = z.infer<typeof gcpPlace>;

const bindingKeys = ["env", "envFrom", "volumes", "volumeMounts", "kind", "workload", "delivery"];
const loneKeys = ["name", "workspace", "type", "value", "fields", "valueFrom", ...bindingKeys];

/** A document of its own, as the secret on the product page, stands for a list with one entry. */
export function loneKind(data: unknown): "secrets" | "bindings" | undefined {
  const keys = typeof data === "object" && data !== null ? Object.keys(data) : [];
  if (!keys.some((key) => loneKeys.includes(key)) || keys.some((key) => key in documentShape.shape)) return undefined;
  return keys.some((key) => bindingKeys.includes(key)) ? "bindings" : "secrets";
}

/** The configuration key that a value names, where it names one. */
export function configKeyOf(value: unknown): string | undefined {
  return typeof value === "object" && value !== null ? (value as { config: string }).config : undefined;
}
