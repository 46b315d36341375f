import { Severity, stackRule } from "../../rule";
import type { Stack, StackResource } from "../../stack";
import { at, isOff } from "../../value";
import { sinkTypes } from "./sinks";

const bucketType = "gcp:storage/bucket:Bucket";

/** https://cloud.google.com/storage/docs/bucket-lock */
export const lockedBucket = stackRule({
  name: "gcp-log-bucket-locked",
  requires: "The bucket of a log sink keeps its files against everybody",
  severity: Severity.Low,
  ids: ["CIS GCP 5.0 2.3", "CKV2_GCP_4"],
  mend: "set retentionPolicy with isLocked: true",
  opinion: "a lock can never be taken back, and a wrong retention is paid for until it ends",
  about: sinkTypes,
  problems: (stack) =>
    bucketsOfSinks(stack)
      .filter(({ values }) => isOff(at(values, "retentionPolicy", "isLocked")))
      .map((resource) => ({ resource, problem: "retentionPolicy.isLocked is not true" })),
});

/** A sink names its bucket in a text: `storage.googleapis.com/NAME`. */
function bucketsOfSinks(stack: Stack): StackResource[] {
  const found = stack.ofType(...sinkTypes).flatMap((sink) => {
    const { destination } = sink.values;
    const referred = sink.referredBy("destination").filter(({ type }) => type === bucketType);
    const name =
      typeof destination === "string" ? /^storage\.googleapis\.com\/(.+)$/.exec(destination)?.[1] : undefined;
    return [
      ...referred,
      ...stack.ofType(bucketType).filter(({ values }) => name !== undefined && values.name === name),
    ];
  });
  return [...new Set(found)];
}
