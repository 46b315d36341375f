import { z } from "zod";
import { fieldsSizeProblem, sizeProblem } from "../content";
import { PreviousVersion } from "../secretArgs";
import { oneOf } from "./oneOf";
import { input, keyPrincipal, secretName, tags, text, unreserved, workspaceRefShape } from "./shapes";

export const secretTypes = ["api-token", "database-credentials", "service-credentials", "generic"] as const;

/** A field's name is a key of the JSON object, and of the Kubernetes Secret that delivers it. */
export const fieldName = unreserved(
  text.refine(
    (name) => /^[A-Za-z0-9._-]{1,253}$/.test(name),
    "a field's name must be 1 to 253 letters, digits, dots, hyphens and underscores",
  ),
);

/** What is known of a value is measured at once; the rest when it is known. */
export function measured<T>(problem: (given: T) => string | undefined) {
  return (given: T, context: z.RefinementCtx<T>) => {
    const message = problem(given);
    if (message !== undefined) context.addIssue({ code: "custom", message });
  };
}

const value = input.superRefine(measured((given) => (typeof given === "string" ? sizeProblem(given) : undefined)));

export const contentShape = {
  value: value.optional(),
  fields: z
    .record(fieldName, input)
    .refine((fields) => Object.keys(fields).length > 0, "needs at least one field")
    .superRefine(measured(fieldsSizeProblem))
    .optional(),
};

const rotation = oneOf(["intervalDays", "scheduleExpression"], {
  lambdaArn: input,
  intervalDays: z.number().int().optional(),
  scheduleExpression: text.optional(),
  windowHours: z.number().int().optional(),
});

const lockdown = z.strictObject({
  deployers: z.array(keyPrincipal).min(1, "is empty: name whoever runs pulumi up, or nobody could change the secret"),
  readers: z.array(keyPrincipal).min(1).optional(),
});

const moment = text.refine(
  (value) => z.iso.datetime({ offset: true }).safeParse(value).success,
  "must be a moment such as 2027-01-31T18:00:00Z",
);

/** The rest is Google's own, and checked by its rules (components/gcp/secretFaults.ts). */
const gcp = z.strictObject({
  replicas: z
    .array(z.strictObject({ location: text, kmsKeyName: input.optional() }))
    .min(1)
    .optional(),
  kmsKeyName: input.optional(),
  rotationReminder: z
    .strictObject({ everyDays: z.number().int(), nextRotationTime: moment, topicName: input.optional() })
    .optional(),
  expireTime: moment.optional(),
  versionAliases: z.record(text, text).optional(),
  versionDestroyDays: z.number().int().optional(),
  previousVersion: z.enum(Object.values(PreviousVersion)).optional(),
  annotations: z.record(text, z.string()).optional(),
  deletionProtection: z.boolean().optional(),
});

/** What a secret takes in programs and in manifests, besides what it is and what it holds. */
export const settingsShape = {
  recoveryWindowInDays: z.number().int().optional(),
  tags: tags.optional(),
  import: text.optional(),
  rotation: rotation.optional(),
  overwriteRotated: z.boolean().optional(),
  pinVersion: text.optional(),
  lockdown: lockdown.optional(),
  gcp: gcp.optional(),
};

interface Together {
  value?: unknown;
  fields?: unknown;
  rotation?: unknown;
  overwriteRotated?: boolean | undefined;
  pinVersion?: unknown;
}

export const valueOrFields = {
  rule: ({ value, fields }: Together) => value === undefined || fields === undefined,
  message: "value and fields are both set: keep one",
};

/** What the settings of a secret must keep together. */
export const secretRules = [
  valueOrFields,
  {
    // Delivery takes the value from the program: it would hand it out as the pinned version.
    rule: ({ value, fields, pinVersion }: Together) =>
      pinVersion === undefined || (value === undefined && fields === undefined),
    message:
      "pinVersion and a value are both set: workloads would get one and the program hold another: leave value and fields away while a version is pinned",
  },
  {
    rule: ({ rotation, overwriteRotated }: Together) => rotation !== undefined || overwriteRotated !== true,
    message: "overwriteRotated is set without rotation: leave it away",
  },
];

export function keepingSecretRules<Shape extends z.ZodType<Together>>(shape: Shape): Shape {
  return secretRules.reduce((checked, { rule, message }) => checked.refine(rule, message), shape);
}

/** The arguments of a Secret. */
export const secretShape = keepingSecretRules(
  z.strictObject({
    workspace: workspaceRefShape,
    secretName,
    type: z.enum(secretTypes).optional(),
    description: input.optional(),
    ...contentShape,
    ...settingsShape,
  }),
);
