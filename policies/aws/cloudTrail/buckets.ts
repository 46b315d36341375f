import { linked, type Stack, type StackResource } from "../../stack";

export const trailType = "aws:cloudtrail/trail:Trail";
export const bucketTypes = ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"];

/** A trail and the bucket of this stack that it writes to. */
export interface TrailBucket {
  trail: StackResource;
  bucket: StackResource;
}

export function trailBuckets(stack: Stack): TrailBucket[] {
  return stack.ofType(trailType).flatMap((trail) =>
    bucketTypes
      .flatMap((type) => [
        ...linked(stack, trail, "s3BucketName", type),
        // Buckets have their name in `bucket`.
        ...stack
          .ofType(type)
          .filter(({ values }) => isName(values.bucket) && values.bucket === trail.values.s3BucketName),
      ])
      .filter((bucket, index, all) => all.indexOf(bucket) === index)
      .map((bucket) => ({ trail, bucket })),
  );
}

/** What configures a bucket in a resource of its own: `aws:s3/bucketLogging:BucketLogging` and its like. */
export function partsOf(stack: Stack, bucket: StackResource, ...types: string[]): StackResource[] {
  return stack
    .ofType(...types)
    .filter(
      (part) =>
        part.referredBy("bucket").includes(bucket) ||
        (isName(part.values.bucket) && [bucket.values.bucket, bucket.values.id].includes(part.values.bucket)),
    );
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
