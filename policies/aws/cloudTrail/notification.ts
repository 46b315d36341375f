import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

export const notification = resourceRule({
  name: "aws-cloudtrail-notification",
  requires: "A trail tells of each log file that it delivers",
  severity: Severity.Low,
  ids: ["CKV_AWS_252"],
  mend: "set snsTopicName",
  opinion: "of use to whoever processes the files by themselves",
  types: ["aws:cloudtrail/trail:Trail"],
  problems: ({ inputs }) => (isSet(inputs.snsTopicName) ? [] : ["snsTopicName is missing"]),
});
