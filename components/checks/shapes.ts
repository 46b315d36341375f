import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { isSecretName, isWorkspaceName, secretNameRule, workspaceNameRule } from "../names";
import { oneOf } from "./oneOf";

/** The plain parts of arguments and manifests. `input` is whatever may be an Output: checked later, when it is known. */
export const text = z.string().refine((given) => given !== "", {
  message: "is empty: give it a text",
  abort: true,
});
export const input = z.custom<pulumi.Input<string>>(
  (value) => pulumi.Output.isInstance(value) || value instanceof Promise || (typeof value === "string" && value !== ""),
  "must be a text that is not empty, or an Output",
);
export const workspaceName = text.refine(isWorkspaceName, `must be ${workspaceNameRule}`);
export const secretName = text.refine(isSecretName, `must be ${secretNameRule}`);
export const prefix = text.refine(isSecretName, `must be ${secretNameRule}`);
/** RFC 1123 label: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const namespace = text.refine(
  (name) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name),
  "must be a Kubernetes namespace: 1 to 63 lower-case letters, digits and hyphens",
);
export const accountId = text.refine((id) => /^\d{12}$/.test(id), "must be the account's 12 digits, in quotes");
export const region = text.refine(
  (name) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(name),
  "must be a region's code, for example us-east-1",
);
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html: keys with our prefix are ours. */
export const tags = z.record(
  text.refine(
    (key) => !key.startsWith("vantedge-") && !key.startsWith("aws:"),
    "tags that begin with vantedge- or aws: are reserved",
  ),
  z.string(),
);

export const awsShape = z.strictObject({ region, accountId, replicaRegions: z.array(region).optional() });
export const gcpShape = z
  .strictObject({ projectId: text, projectNumber: text })
  .refine(() => false, "Google Cloud is not provisioned by this version yet: use aws");

const arnOfOne = /^arn:[a-z-]+:(iam::\d{12}:(role|user)|sts::\d{12}:assumed-role)\/[^\s*?]+$/;
const wholeArnPattern = /^arn:[a-z-]+:(iam|sts)::(\*|\d{12}):(role|user|assumed-role)\/.*[^*?/].*$/;
export const arnRule =
  "must be the ARN of one role or user, for example arn:aws:iam::111122223333:role/ci; for several use arnPattern";

/** Neither an account nor a wildcard: both let in more than is seen. */
export function isArnOfOne(value: string): boolean {
  return arnOfOne.test(value);
}

const arn = input.refine((value) => typeof value !== "string" || isArnOfOne(value), arnRule);
const arnPattern = text.refine(
  (value) => wholeArnPattern.test(value),
  "must name roles or users by more than wildcards, for example arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*Auditor*",
);
const subject = text.refine(
  // `repo:*` is all of GitHub, `repo:acme/*` one organization.
  (value) => /^[^*?:]+(:[^*?].*|[^:]*)$/.test(value),
  "must name more than a wildcard: it would let everybody in",
);

export const principal = oneOf(["arn", "arnPattern", "oidc", "saml"], {
  arn: arn.optional(),
  arnPattern: arnPattern.optional(),
  oidc: z
    .strictObject({
      providerArn: text.refine(
        (value) => /^arn:[a-z-]+:iam::\d{12}:oidc-provider\/[^\s*?]+$/.test(value),
        "must be the ARN of an OpenID Connect provider",
      ),
      subjects: z.array(subject).min(1),
      audience: text.optional(),
    })
    .optional(),
  saml: z
    .strictObject({
      providerArn: text.refine(
        (value) => /^arn:[a-z-]+:iam::\d{12}:saml-provider\/[^\s*?]+$/.test(value),
        "must be the ARN of a SAML provider",
      ),
      audience: text.optional(),
    })
    .optional(),
});

/** Principals that a key policy names: no federation, it sees the role that was taken. */
export const keyPrincipal = oneOf(["arn", "arnPattern"], { arn: arn.optional(), arnPattern: arnPattern.optional() });

/** Who runs `pulumi up`. */
export const deployer = oneOf(["arn", "arnPattern"], { ...keyPrincipal.shape, readable: z.boolean().optional() });

export const rolesShape = z.strictObject({
  viewers: z.array(principal).optional(),
  members: z.array(principal).optional(),
  admins: z.array(principal).optional(),
  owners: z.array(principal).optional(),
});

export const workspaceRefShape = z
  .strictObject({
    name: workspaceName,
    organization: text,
    cloud: z.enum(["aws", "gcp"]),
    region: region.optional(),
    replicaRegions: z.array(region).optional(),
    accountId: accountId.optional(),
    projectId: text.optional(),
    projectNumber: text.optional(),
    prefix: prefix.optional(),
    keyArn: input.optional(),
    namespace: namespace.optional(),
  })
  .refine((ref) => ref.cloud !== "aws" || (ref.region !== undefined && ref.accountId !== undefined), {
    message: "a workspace on aws needs region and accountId",
  })
  .refine((ref) => ref.cloud !== "gcp" || (ref.projectId !== undefined && ref.projectNumber !== undefined), {
    message: "a workspace on gcp needs projectId and projectNumber",
  });
