import * as kms from "@pulumi/aws/kms";
import * as s3 from "@pulumi/aws/s3";
import type * as pulumi from "@pulumi/pulumi";
import type { AwsTrailSpec } from "../backend";
import { waitingFor } from "../options";
import { partitionOf } from "./iam";
import bucketStatements from "./policies/trailBucket.json";
import keyStatements from "./policies/trailKey.json";
import { filledDocument } from "./policyDocument";
import { trailPlace } from "./trailPlace";

/** The bucket that holds an account's log files, and their key. */
export interface TrailBucket {
  keyArn: pulumi.Output<string>;
  /** What the trail waits for: it writes a first file when it is made. */
  policy: pulumi.Resource;
}

/** `--` is in no workspace's name: the key of a workspace "audit" has the alias `alias/vantedge-audit`. */
export const trailKeyAlias = "alias/vantedge--audit";

/**
 * All of it outlives a destroy: locked files can't be deleted, and without their key nobody could read them, without
 * its policy and blocks the bucket would be an open one.
 */
export function createTrailBucket(
  name: string,
  bucketName: string,
  spec: AwsTrailSpec,
  account: pulumi.Output<string>,
  tags: Record<string, string>,
  options: pulumi.CustomResourceOptions,
): TrailBucket {
  const { region } = spec;
  const kept = { ...options, retainOnDelete: true };
  const key = createKey(name, spec, account, tags, kept);
  // The policy names the account, so the bucket waits until the credentials are known to be of it.
  const bucket = new s3.Bucket(
    `${name}-bucket`,
    { region, bucket: account.apply(() => bucketName), objectLockEnabled: true, tags },
    kept,
  );
  const place = { region, bucket: bucket.id };
  const block = new s3.BucketPublicAccessBlock(
    `${name}-bucket`,
    { ...place, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    kept,
  );
  new s3.BucketOwnershipControls(
    `${name}-bucket`,
    { ...place, rule: { objectOwnership: "BucketOwnerEnforced" } },
    kept,
  );
  const versioning = new s3.BucketVersioning(
    `${name}-bucket`,
    { ...place, versioningConfiguration: { status: "Enabled" } },
    kept,
  );
  new s3.BucketServerSideEncryptionConfiguration(
    `${name}-bucket`,
    { ...place, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn } }] },
    kept,
  );
  lockAndExpire(name, place, spec, waitingFor(kept, versioning));
  const policy = new s3.BucketPolicy(
    `${name}-bucket`,
    { ...place, policy: bucketDocument(spec, bucketName) },
    waitingFor(kept, block),
  );
  return { keyArn: key.arn, policy };
}

function createKey(
  name: string,
  spec: AwsTrailSpec,
  account: pulumi.Output<string>,
  tags: Record<string, string>,
  options: pulumi.CustomResourceOptions,
): kms.Key {
  const { region } = spec;
  const key = new kms.Key(
    `${name}-key`,
    {
      region,
      description: "Log files of the audit trail",
      policy: account.apply(() => keyDocument(spec)),
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      tags,
    },
    options,
  );
  new kms.Alias(`${name}-alias`, { region, name: trailKeyAlias, targetKeyId: key.keyId }, options);
  return key;
}

/** Files are locked for their time and deleted when it is over, or the bucket would grow for ever. */
function lockAndExpire(
  name: string,
  place: { region: string; bucket: pulumi.Output<string> },
  { objectLock, retentionDays }: AwsTrailSpec,
  options: pulumi.CustomResourceOptions,
): void {
  new s3.BucketObjectLockConfiguration(
    `${name}-bucket`,
    { ...place, rule: { defaultRetention: { mode: objectLock.toUpperCase(), days: retentionDays } } },
    options,
  );
  new s3.BucketLifecycleConfiguration(
    `${name}-bucket`,
    {
      ...place,
      rules: [
        {
          id: "after-retention",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days: retentionDays },
          noncurrentVersionExpiration: { noncurrentDays: 1 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    },
    options,
  );
}

function bucketDocument(spec: AwsTrailSpec, bucket: string): string {
  return filledDocument(bucketStatements, { ...placeholders(spec), bucket });
}

function keyDocument(spec: AwsTrailSpec): string {
  return filledDocument(keyStatements, placeholders(spec));
}

function placeholders(spec: AwsTrailSpec) {
  const { region, accountId } = spec;
  return { partition: partitionOf(region), account: accountId, region, trailArn: trailPlace(spec).arn };
}
