import { Severity } from "../../rule";
import { alarmRule } from "./alarmRule";

/** Events as in CIS AWS 5.7. */
export const keyChange = alarmRule(
  {
    name: "aws-alarm-key-change",
    requires: "Somebody is told when a key is disabled or deleted",
    severity: Severity.Medium,
    ids: ["AWS-0153", "CIS AWS 7.0 5.7"],
    mend: "add an EventBridge rule or a metric filter with an alarm on DisableKey and ScheduleKeyDeletion, or an AuditTrail component",
  },
  ["DisableKey", "ScheduleKeyDeletion"],
);
