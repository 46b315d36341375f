import { Severity, stackRule } from "../../rule";
import type { Stack, StackResource } from "../../stack";
import { at, itemsOf } from "../../value";
import { letsEverybodyIn } from "../documents/narrow";
import { statementsOf } from "../documents/statements";
import { partsOf, trailBuckets, trailType } from "./buckets";

/** New buckets are private unless something says otherwise: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export const bucketPublic = stackRule({
  name: "aws-cloudtrail-bucket-not-public",
  requires: "Nobody outside reads a trail's log files",
  severity: Severity.Critical,
  ids: ["AWS-0161", "Prowler cloudtrail_logs_s3_bucket_is_not_publicly_accessible"],
  mend: "keep all four switches of the BucketPublicAccessBlock true, the ACL private, and everybody out of the policy",
  about: trailType,
  problems: (stack) =>
    trailBuckets(stack).flatMap(({ bucket }) =>
      publicParts(stack, bucket).map((problem) => ({ resource: bucket, problem })),
    ),
});

const switches = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

function publicParts(stack: Stack, bucket: StackResource): string[] {
  const acls = [bucket, ...partsOf(stack, bucket, "aws:s3/bucketAcl:BucketAcl", "aws:s3/bucketAclV2:BucketAclV2")];
  const blocks = partsOf(stack, bucket, "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
  const policies = partsOf(stack, bucket, "aws:s3/bucketPolicy:BucketPolicy");
  return [
    ...(acls.some(isPublicAcl) ? ["its ACL lets everybody in"] : []),
    ...switches.filter((name) => blocks.some(({ values }) => values[name] === false)).map((name) => `${name} is false`),
    ...policies
      .flatMap(({ type, values }) => statementsOf(type, values, "resource"))
      .filter(letsEverybodyIn)
      .map(({ path }) => `its ${path}.Principal is everybody`),
  ];
}

function isPublicAcl({ values }: StackResource): boolean {
  const grants = [...itemsOf(values.grants), ...itemsOf(at(values, "accessControlPolicy", "grants"))];
  const groups = grants.flatMap((grant) => [at(grant, "uri"), at(grant, "grantee", "uri")]);
  return (
    /^public-|^authenticated-read$/.test(String(values.acl ?? "")) ||
    groups.some((uri) => typeof uri === "string" && /\/(AllUsers|AuthenticatedUsers)$/.test(uri))
  );
}
