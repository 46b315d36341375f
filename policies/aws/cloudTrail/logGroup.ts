import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

export const logGroup = resourceRule({
  name: "aws-cloudtrail-log-group",
  requires: "A trail's events go to CloudWatch Logs, where they can be searched and alarmed on",
  severity: Severity.Low,
  ids: [
    "CKV2_AWS_10",
    "AWS-0162",
    "Prowler cloudtrail_cloudwatch_logging_enabled",
    "cdk-nag CloudTrailCloudWatchLogsEnabled",
  ],
  mend: "set cloudWatchLogsGroupArn and cloudWatchLogsRoleArn",
  opinion: "EventBridge rules alarm on the same events, sooner and without a second copy",
  types: ["aws:cloudtrail/trail:Trail"],
  problems: ({ inputs }) => (isSet(inputs.cloudWatchLogsGroupArn) ? [] : ["cloudWatchLogsGroupArn is missing"]),
});
