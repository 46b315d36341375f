import { z } from "zod";
import { ObjectLock } from "../objectLock";
import { oneOf } from "./oneOf";
import {
  accountId,
  auditedGke,
  gcpMember,
  organizationId,
  prefix,
  projectId,
  projectNumber,
  region,
  serviceAccountEmail,
  tags,
  text,
  workspaceName,
} from "./shapes";

const audited = z
  .array(
    z.strictObject({
      name: workspaceName,
      prefix: prefix.optional(),
      regions: z.array(region).min(1).optional(),
      gke: auditedGke.optional(),
      serviceAccounts: z.array(serviceAccountEmail).min(1).optional(),
    }),
  )
  .min(1)
  .refine(
    (workspaces) => new Set(workspaces.map(({ name }) => name)).size === workspaces.length,
    "holds a workspace twice: keep one",
  );

const trailArn = text.refine(
  (value) => /^arn:[a-z-]+:cloudtrail:[a-z0-9-]+:\d{12}:trail\/[\w.-]+$/.test(value),
  "must be the ARN of a trail, for example arn:aws:cloudtrail:us-east-1:111122223333:trail/organization",
);
const email = text.refine((value) => /^[^\s@]+@[^\s@]+$/.test(value), "must be an e-mail address");

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const bucketName = text.refine(
  (value) => /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(value),
  "must be the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens",
);

/** What rules can reach by the target's own policy: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html */
const targetArn = text.refine(
  (value) => /^arn:[a-z-]+:(sns|sqs|lambda):[a-z0-9-]+:\d{12}:.+$/.test(value),
  "must be the ARN of an SNS topic, an SQS queue or a Lambda function",
);

/** What an audit trail is told besides its place and the workspaces: the same in a program and in a manifest. */
export const trailOptions = {
  retentionDays: z.number().int().optional(),
  objectLock: z.enum(Object.values(ObjectLock)).optional(),
  existingTrailArn: trailArn.optional(),
  logArchive: z.strictObject({ bucketName, keyArn: text.optional() }).optional(),
  emails: z.array(email).min(1).optional(),
  alertTargetArns: z.array(targetArn).min(1).optional(),
  tags: tags.optional(),
};

type Options = { [Key in keyof typeof trailOptions]?: unknown };

/** Pairs of arguments of which one makes the other meaningless. */
const exclusive: [keyof Options, keyof Options, string][] = [
  ["existingTrailArn", "logArchive", "the existing trail writes where it is told to"],
  ["existingTrailArn", "retentionDays", "no bucket is made"],
  ["existingTrailArn", "objectLock", "no bucket is made"],
  ["logArchive", "retentionDays", "no bucket is made"],
  ["logArchive", "objectLock", "no bucket is made"],
  ["alertTargetArns", "emails", "no topic is made"],
];

export function refuseExclusive(given: Options, context: z.core.$RefinementCtx): void {
  for (const [first, second, why] of exclusive) {
    if (given[first] === undefined || given[second] === undefined) continue;
    context.addIssue({
      code: "custom",
      path: [second],
      message: `has no meaning beside ${first}, since ${why}: leave one out`,
    });
  }
}

const notificationChannel = text.refine(
  (name) => /^projects\/[a-z0-9.:-]+\/notificationChannels\/\d+$/.test(name),
  "must be the name of a channel: projects/PROJECT/notificationChannels/NUMBER",
);

/** The place of a trail on Google Cloud, and what it has only there. */
export const trailGcpShape = z.strictObject({
  projectId,
  projectNumber,
  location: text
    .refine(
      (name) => /^([a-z]+(-[a-z]+)+\d+|[A-Z]{2,4}\d?)$/.test(name),
      "must be a bucket's location, for example europe-west3 or EU",
    )
    .optional(),
  sharedRoles: z.boolean().optional(),
  organizationId: organizationId.optional(),
  denyPolicy: z
    .strictObject({ readers: z.array(gcpMember).min(1), granters: z.array(gcpMember).min(1).optional() })
    .optional(),
  notificationChannels: z.array(notificationChannel).min(1).optional(),
});

/** The arguments of an AuditTrail. */
export const auditTrailShape = oneOf(["aws", "gcp"], {
  organization: text,
  aws: z.strictObject({ region, accountId }).optional(),
  gcp: trailGcpShape.optional(),
  workspaces: audited,
  ...trailOptions,
}).superRefine(refuseExclusive);

export const auditTrailRefShape = z
  .strictObject({
    accountId: accountId.optional(),
    region: region.optional(),
    projectId: projectId.optional(),
    projectNumber: projectNumber.optional(),
    sharedRoles: z.boolean().optional(),
    workspaces: audited,
  })
  .refine(
    (ref) =>
      (ref.accountId !== undefined && ref.region !== undefined) !==
      (ref.projectId !== undefined && ref.projectNumber !== undefined),
    "needs accountId and region (AWS), or projectId and projectNumber (Google Cloud)",
  );
