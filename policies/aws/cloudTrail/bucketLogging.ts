import { Severity, stackRule } from "../../rule";
import { isSet } from "../../value";
import { partsOf, trailBuckets, trailType } from "./buckets";

export const bucketLogging = stackRule({
  name: "aws-cloudtrail-bucket-logging",
  requires: "Who reads a trail's log files is recorded",
  severity: Severity.Low,
  ids: ["AWS-0163", "CIS AWS 7.0 4.4", "Prowler cloudtrail_logs_s3_bucket_access_logging_enabled"],
  mend: "add a BucketLogging to another bucket, or record the bucket's data events in a trail",
  opinion: "data events of a trail say the same and more reliably",
  about: trailType,
  problems: (stack) =>
    trailBuckets(stack)
      .filter(({ bucket }) => {
        const own = isSet(bucket.values.logging) || isSet(bucket.values.loggings);
        return (
          !own &&
          partsOf(stack, bucket, "aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2")
            .length === 0
        );
      })
      .map(({ bucket }) => ({ resource: bucket, problem: "nothing records who reads it" })),
});
