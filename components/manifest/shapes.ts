import { z } from "zod";
import { envName, mountPath, workloadKinds } from "../checks/binding";
import { oneOf } from "../checks/oneOf";
import { fieldName, secretTypes } from "../checks/secret";
import {
  accountId,
  gcpShape,
  keyPrincipal,
  namespace,
  prefix,
  region,
  rolesShape,
  secretName,
  tags,
  text,
  workspaceName,
} from "../checks/shapes";

/** A key of the stack's configuration. */
const configKey = z.strictObject({ config: text });

/** A value in a manifest: a text in the file, or the name of a configuration key. */
const value = z.unknown().superRefine((given, context) => {
  if (typeof given === "string" && given !== "") return;
  if (typeof given === "object" && given !== null && configKey.safeParse(given).success) return;
  const message =
    given === "" || given === null
      ? "is empty: give it a text, { config: KEY }, or leave it out"
      : typeof given === "object"
        ? "must be a text or { config: KEY }"
        : "must be a text: put it in quotes";
  context.addIssue({ code: "custom", message });
});

/** The AWS account and region of workspaces, and the role to take there. */
const awsPlace = z.strictObject({
  region,
  accountId,
  replicaRegions: z.array(region).optional(),
  assumeRoleArn: text.optional(),
});
const gcpPlace = gcpShape.refine(() => false, "Google Cloud is not provisioned by this version yet: use aws");

const cloudShape = oneOf(["aws", "gcp"], { aws: awsPlace.optional(), gcp: gcpPlace.optional() });

const workspace = z
  .strictObject({
    name: workspaceName,
    aws: awsPlace.optional(),
    gcp: gcpPlace.optional(),
    roles: rolesShape.optional(),
    deployers: z
      .array(oneOf(["arn", "arnPattern"], { ...keyPrincipal.shape, readable: z.boolean().optional() }))
      .optional(),
    breakGlass: z.array(keyPrincipal).optional(),
    namespace: namespace.optional(),
    createNamespace: z.boolean().optional(),
    context: text.optional(),
    prefix: prefix.optional(),
    tags: tags.optional(),
  })
  .refine(
    (entry) => entry.aws === undefined || entry.gcp === undefined,
    "aws and gcp are both set: a workspace has one cloud",
  );

const secret = z
  .strictObject({
    name: secretName,
    workspace: workspaceName,
    type: z.enum(secretTypes).optional(),
    description: text.optional(),
    value: value.optional(),
    fields: z.record(fieldName, value).optional(),
    valueFrom: z
      .unknown()
      .refine(
        () => false,
        "is reserved for values that come from another place: use value, or { config: KEY } as value",
      )
      .optional(),
    recoveryWindowInDays: z.number().int().optional(),
    tags: tags.optional(),
    import: text.optional(),
  })
  .refine(
    (entry) => entry.value === undefined || entry.fields === undefined,
    "value and fields are both set: keep one",
  );

/** As in a container: https://kubernetes.io/docs/concepts/configuration/secret/ */
const envEntry = z.strictObject({
  name: envName,
  valueFrom: z.strictObject({ secretKeyRef: z.strictObject({ name: secretName, key: text.optional() }) }),
});
const volume = z.strictObject({
  name: text,
  secret: z.strictObject({
    secretName,
    items: z.array(z.strictObject({ key: text, path: text })).optional(),
  }),
});
const volumeMount = z.strictObject({
  name: text,
  mountPath,
  readOnly: z
    .boolean()
    .refine((readOnly) => readOnly, "must be true: secrets are never written to")
    .optional(),
});

const binding = z
  .strictObject({
    name: secretName,
    workspace: workspaceName,
    kind: z.enum(workloadKinds).optional(),
    env: z.array(envEntry).optional(),
    volumes: z.array(volume).optional(),
    volumeMounts: z.array(volumeMount).optional(),
  })
  .refine((entry) => entry.env !== undefined || entry.volumes !== undefined, "binds nothing: give it env, or volumes");

/** A document that declares whatever the file needs. Its entries are checked one by one, so that all are. */
export const documentShape = z.strictObject({
  organization: text.optional(),
  cloud: cloudShape.optional(),
  workspaces: z.array(z.unknown()).min(1).optional(),
  secrets: z.array(z.unknown()).min(1).optional(),
  bindings: z.array(z.unknown()).min(1).optional(),
});

/** The lists of a manifest and what their entries are. */
export const entryShapes = { workspaces: workspace, secrets: secret, bindings: binding };

export type WorkspaceEntry = z.infer<typeof workspace>;
export type SecretEntry = z.infer<typeof secret>;
export type BindingEntry = z.infer<typeof binding>;
export type AwsPlace = z.infer<typeof awsPlace>;

const bindingKeys = ["env", "volumes", "volumeMounts", "kind"];

/** A document of its own, as the secret on the product page, stands for a list with one entry. */
export function loneKind(data: unknown): "secrets" | "bindings" | undefined {
  const keys = typeof data === "object" && data !== null ? Object.keys(data) : [];
  if (!keys.includes("name")) return undefined;
  return keys.some((key) => bindingKeys.includes(key)) ? "bindings" : "secrets";
}
