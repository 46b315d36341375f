import { z } from "zod";
import { contentShape, fieldName, valueOrFields } from "./secret";
import { input, secretName, text, workspaceRefShape } from "./shapes";

export const workloadKinds = ["agent", "model", "data-source", "tool", "application"] as const;

/** https://kubernetes.io/docs/reference/generated/kubernetes-api/v1.34/#envvar-v1-core, and what every shell takes. */
export const envName = text.refine(
  (name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name),
  "an environment variable's name must be letters, digits and underscores, not beginning with a digit",
);

export const mountPath = text.refine(
  (path) => path.startsWith("/") && !path.includes(":") && path !== "/",
  "a directory must be an absolute path without a colon, and not the root",
);

/** A file's name in its directory: keys of projected volumes allow no path that leaves it. */
export const fileName = text.refine(
  (name) => !name.startsWith("/") && !name.split("/").includes(".."),
  "a file's name must be relative and stay in its directory",
);

export const reference = z.strictObject({ secret: secretName, field: fieldName.optional() });

const files = z
  .strictObject({
    secrets: z.array(secretName).optional(),
    items: z.record(fileName, reference).optional(),
  })
  .refine(({ secrets = [], items = {} }) => secrets.length + Object.keys(items).length > 0, "needs secrets or items")
  .refine(
    ({ secrets = [], items = {} }) =>
      new Set([...secrets, ...Object.keys(items)]).size === secrets.length + Object.keys(items).length,
    "two files of the directory have one name",
  );

/** The arguments of a DeploymentBinding. */
export const bindingShape = z
  .strictObject({
    workspace: workspaceRefShape,
    bindingName: secretName,
    kind: z.enum(workloadKinds).optional(),
    env: z.record(envName, reference).optional(),
    files: z.record(mountPath, files).optional(),
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
    ({ env = {}, files: directories = {} }) => Object.keys(env).length + Object.keys(directories).length > 0,
    "binds nothing: give it env or files",
  );
