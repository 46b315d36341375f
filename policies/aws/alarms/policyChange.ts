import { Severity } from "../../rule";
import { alarmRule } from "./alarmRule";

/** The changes that give somebody more: https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html */
export const policyChange = alarmRule(
  {
    name: "aws-alarm-iam-policy-change",
    requires: "Somebody is told when IAM policies change",
    severity: Severity.Medium,
    ids: ["AWS-0150"],
    mend: "add an EventBridge rule or a metric filter with an alarm on PutRolePolicy, AttachRolePolicy and their like, or an AuditTrail component",
  },
  ["PutRolePolicy", "AttachRolePolicy"],
);
