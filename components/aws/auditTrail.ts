import * as cloudtrail from "@pulumi/aws/cloudtrail";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type * as pulumi from "@pulumi/pulumi";
import type { AuditTrailParts, AwsTrailSpec, Fault } from "../backend";
import { slug } from "../names";
import { waitingFor } from "../options";
import { verifiedAccount } from "./account";
import { type AlertRule, alertRegions, alertRules, longestRuleName } from "./alertRules";
import { createAlertTopic, topicArn } from "./alertTopic";
import { regionOf } from "./arn";
import { unknownRegions } from "./regions";
import { createTrailBucket, trailKeyAlias } from "./trailBucket";
import { bucketName, trailPlace } from "./trailPlace";

export function auditTrailFaults(spec: AwsTrailSpec): Fault[] {
  return [...regionFaults(spec), ...retentionFaults(spec), ...targetFaults(spec), ...ruleFaults(spec)];
}

function regionFaults({ region, workspaces }: AwsTrailSpec): Fault[] {
  const given = workspaces.map(({ regions = [] }, index) => ({ path: ["workspaces", index, "regions"], regions }));
  const twice = given.filter(({ regions }) => new Set(regions).size < regions.length);
  return [
    ...unknownRegions([
      { path: ["aws", "region"], name: region },
      ...given.flatMap(({ path, regions }) => regions.map((name) => ({ path, name }))),
    ]),
    ...twice.map(({ path }) => ({ path, message: "holds a region twice: keep one" })),
  ];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DefaultRetention.html: at most a hundred years. */
function retentionFaults({ retentionDays }: AwsTrailSpec): Fault[] {
  return retentionDays >= 1 && retentionDays <= 36_500
    ? []
    : [{ path: ["retentionDays"], message: "must be 1 to 36500" }];
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html: targets are in the region of their rule. */
function targetFaults(spec: AwsTrailSpec): Fault[] {
  const arns = spec.alertTargetArns;
  if (arns === undefined) return [];
  const regions = alertRegions(spec);
  const given = arns.map((arn) => regionOf(arn) as string);
  const path = ["alertTargetArns"];
  const missing = regions.filter((region) => !given.includes(region));
  const idle = given.filter((region, index) => !regions.includes(region) || given.indexOf(region) < index);
  return [
    ...missing.map((region) => ({ path, message: `has none in ${region}, where rules are: add one of that region` })),
    ...idle.map((region) => ({
      path,
      message: `has one in ${region} too many: one for each of ${regions.join(", ")}`,
    })),
  ];
}

/** A rule's name holds the prefix or the workspace. */
function ruleFaults(spec: AwsTrailSpec): Fault[] {
  const names = alertRules(spec, targetOf(spec)).map(({ name }) => name);
  const long = names.find((name) => name.length > longestRuleName);
  if (long === undefined) return [];
  const message = `the alert rule ${long} would have more than ${longestRuleName} characters: shorten the prefix`;
  return [{ path: ["workspaces"], message }];
}

export function createAuditTrail(
  name: string,
  spec: AwsTrailSpec,
  options: pulumi.CustomResourceOptions,
): AuditTrailParts {
  const account = verifiedAccount(spec, options);
  const tags = { ...spec.tags, "vantedge-organization": slug(spec.organization) };
  const logs = spec.existingTrailArn === undefined ? createTrail(name, spec, account, tags, options) : {};
  return {
    trailArn: trailPlace(spec).arn,
    bucketName: logs.bucketName,
    keyArn: logs.keyArn,
    alertTargetArns: createAlerts(name, spec, account, tags, options),
  };
}

type Logs = Partial<Pick<AuditTrailParts, "bucketName" | "keyArn">>;

function createTrail(
  name: string,
  spec: AwsTrailSpec,
  account: pulumi.Output<string>,
  tags: Record<string, string>,
  options: pulumi.CustomResourceOptions,
): Logs {
  const made = bucketName(spec);
  const bucket = made === undefined ? undefined : createTrailBucket(name, made, spec, account, tags, options);
  const logs = { bucketName: made ?? spec.logArchive?.bucketName, keyArn: bucket?.keyArn ?? spec.logArchive?.keyArn };
  // No event selectors: AWS's default records management events, reads and writes. The provider drops it when it reads a
  // trail, so to write it down is a change on each `up` (https://github.com/hashicorp/terraform-provider-aws/issues/3697).
  new cloudtrail.Trail(
    `${name}-trail`,
    {
      region: spec.region,
      name: account.apply(() => trailPlace(spec).name),
      s3BucketName: logs.bucketName as string,
      ...(logs.keyArn === undefined ? {} : { kmsKeyId: logs.keyArn }),
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      enableLogging: true,
      tags,
    },
    bucket === undefined ? options : waitingFor(options, bucket.policy),
  );
  return logs;
}

/** Rules and who gets their alerts, by region. */
function createAlerts(
  name: string,
  spec: AwsTrailSpec,
  account: pulumi.Output<string>,
  tags: Record<string, string>,
  options: pulumi.CustomResourceOptions,
): AuditTrailParts["alertTargetArns"] {
  // `--`, so that no workspace "production-eu-west-1" has the rule of "production" in eu-west-1.
  const suffix = (region: string) => (region === spec.region ? "" : `--${region}`);
  const named = targetOf(spec);
  const targets = Object.fromEntries(
    alertRegions(spec).map((region) => [
      region,
      spec.alertTargetArns === undefined
        ? createAlertTopic(name, suffix(region), region, spec, account, tags, options)
        : account.apply(() => named(region)),
    ]),
  );
  for (const rule of alertRules(spec, named)) {
    createRule(`${name}-${rule.name.slice("vantedge-".length)}${suffix(rule.region)}`, rule, targets, tags, options);
  }
  return targets;
}

/** Get, List and Describe calls reach only rules of this state: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html */
const seesReads = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

function createRule(
  name: string,
  rule: AlertRule,
  targets: Record<string, pulumi.Output<string>>,
  tags: Record<string, string>,
  options: pulumi.CustomResourceOptions,
): void {
  const { region } = rule;
  const arn = targets[region] as pulumi.Output<string>;
  const created = new cloudwatch.EventRule(
    name,
    { region, name: rule.name, description: `Alert: ${rule.what}`, eventPattern: rule.pattern, state: seesReads, tags },
    options,
  );
  new cloudwatch.EventTarget(
    name,
    { region, rule: created.name, targetId: "alert", arn, inputTransformer: alertText(rule) },
    options,
  );
}

/** One readable line. CloudTrail's events hold no values, and of what they hold only names are taken. */
function alertText({ what, subject }: AlertRule) {
  return {
    inputPaths: {
      event: "$.detail.eventName",
      subject,
      who: "$.detail.userIdentity.arn",
      from: "$.detail.sourceIPAddress",
      account: "$.account",
      region: "$.region",
      time: "$.detail.eventTime",
      id: "$.detail.eventID",
    },
    inputTemplate: `"vantedge: ${what}: <event> <subject> by <who> from <from> at <time> in <account> <region> (CloudTrail event <id>)"`,
  };
}

function targetOf(spec: AwsTrailSpec): (region: string) => string {
  return (region) =>
    spec.alertTargetArns === undefined
      ? topicArn(spec, region)
      : (spec.alertTargetArns.find((arn) => regionOf(arn) === region) ?? "");
}

export function keptByAuditTrail(spec: AwsTrailSpec): string | undefined {
  const bucket = bucketName(spec);
  if (bucket === undefined) return undefined;
  return (
    `pulumi destroy keeps the bucket ${bucket} and its key, since log files are locked for ${spec.retentionDays} days; ` +
    `to go on with them later, set logArchive: { bucketName: "${bucket}", keyArn } with the ARN that ` +
    `"aws kms describe-key --region ${spec.region} --key-id ${trailKeyAlias}" shows`
  );
}
