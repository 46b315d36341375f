import { z } from "zod";
import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

export const groupRetention = resourceRule({
  name: "aws-logs-group-retention",
  requires: "Logs are kept for a year",
  severity: Severity.Low,
  ids: ["CKV_AWS_338", "CKV_AWS_66", "cdk-nag CloudWatchLogGroupRetentionPeriod"],
  mend: "set retentionInDays to at least minimumDays (365 unless configured), or to 0 to keep them for ever",
  opinion: "logs that are no evidence cost money and may hold personal data",
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  config: { minimumDays: z.int().min(1).default(365).describe("The fewest days that logs are kept") },
  problems: ({ inputs: { retentionInDays: days } }, { minimumDays }) => {
    // CKV_AWS_66 wants it set; without it, or with 0, nothing is ever deleted.
    if (!isSet(days)) return ["retentionInDays is missing"];
    return typeof days === "number" && days !== 0 && days < minimumDays
      ? [`retentionInDays is less than ${minimumDays}`]
      : [];
  },
});
