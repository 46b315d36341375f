import { Severity } from "../../rule";
import { alarmRule } from "./alarmRule";

/** Events as in CIS AWS 5.5. */
export const trailChange = alarmRule(
  {
    name: "aws-alarm-trail-change",
    requires: "Somebody is told when a trail is stopped or changed",
    severity: Severity.Medium,
    ids: ["AWS-0151", "CIS AWS 7.0 5.5"],
    mend: "add an EventBridge rule or a metric filter with an alarm on StopLogging, DeleteTrail and UpdateTrail, or an AuditTrail component",
  },
  ["StopLogging", "DeleteTrail", "UpdateTrail"],
);
