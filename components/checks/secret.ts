import { z } from "zod";
import { input, secretName, tags, text, workspaceRefShape } from "./shapes";

export const secretTypes = ["api-token", "database-credentials", "service-credentials", "generic"] as const;

/** A field's name is a key of the JSON object, and of the Kubernetes Secret that delivers it. */
export const fieldName = text.refine(
  (name) => /^[A-Za-z0-9._-]{1,253}$/.test(name),
  "a field's name must be 1 to 253 letters, digits, dots, hyphens and underscores",
);

export const contentShape = {
  value: input.optional(),
  fields: z
    .record(fieldName, input)
    .refine((fields) => Object.keys(fields).length > 0, "needs at least one field")
    .optional(),
};

export const valueOrFields = {
  rule: (secret: { value?: unknown; fields?: unknown }) => secret.value === undefined || secret.fields === undefined,
  message: "value and fields are both set: keep one",
};

/** The arguments of a Secret. */
export const secretShape = z
  .strictObject({
    workspace: workspaceRefShape,
    secretName,
    type: z.enum(secretTypes).optional(),
    description: input.optional(),
    ...contentShape,
    recoveryWindowInDays: z.number().int().optional(),
    tags: tags.optional(),
    import: text.optional(),
  })
  .refine(valueOrFields.rule, valueOrFields.message);
