import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

export const groupKey = resourceRule({
  name: "aws-logs-group-key",
  requires: "Logs are encrypted with a key of the customer's",
  severity: Severity.Low,
  ids: ["CKV_AWS_158", "AWS-0017", "cdk-nag CloudWatchLogGroupEncrypted"],
  mend: "set kmsKeyId",
  opinion: "CloudWatch Logs encrypts all logs; a key of one's own is for those that hold what should not be read",
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  problems: ({ inputs }) => (isSet(inputs.kmsKeyId) ? [] : ["kmsKeyId is missing"]),
});
