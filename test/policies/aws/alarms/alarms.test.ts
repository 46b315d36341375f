import { Trail } from "@pulumi/aws/cloudtrail";
import { EventRule, EventTarget, LogMetricFilter, MetricAlarm } from "@pulumi/aws/cloudwatch";
import { keyChange } from "../../../../policies/aws/alarms/keyChange";
import { policyChange } from "../../../../policies/aws/alarms/policyChange";
import { trailChange } from "../../../../policies/aws/alarms/trailChange";
import { type Fixture, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const trail = resource(Trail, "account", { s3BucketName: "logs" });
const target = resource(EventTarget, "topic", { rule: unknownYet, arn: "arn:of:topic" });
const rule = (...eventName: unknown[]) =>
  resource(EventRule, "events", {
    eventPattern: JSON.stringify({ source: ["aws.kms"], detail: { eventName } }),
  });
const ruleThatIsOff = (how: object) =>
  resource(EventRule, "events", {
    eventPattern: JSON.stringify({ detail: { eventName: ["StopLogging", "DeleteTrail", "UpdateTrail"] } }),
    ...how,
  });
const filter = (pattern: string) =>
  resource(LogMetricFilter, "events", {
    logGroupName: "trail",
    pattern,
    metricTransformation: { name: "a", namespace: "b", value: "1" },
  });
const alarm = resource(MetricAlarm, "events", { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1 });
const nothing = "nothing in this stack alarms on its events";

const passes = (...events: string[]): Record<string, Fixture[]> => ({
  "an EventBridge rule": [trail, rule(...events), target],
  "a metric filter": [trail, filter(`{ ${events.map((event) => `($.eventName = ${event})`).join(" || ")} }`), alarm],
  "no trail here": [rule("Other")],
});
const breaks = (first: string) => ({
  nothing: [trail, nothing] as [Fixture, string],
  "some of the events": [
    [trail, rule(first), target],
    ["account", nothing],
  ] as [Fixture[], [string, string]],
  "a rule without a target": [
    [trail, rule("StopLogging", "DeleteTrail", "UpdateTrail")],
    ["account", nothing],
  ] as [Fixture[], [string, string]],
  "a filter without an alarm": [
    [trail, filter("{ $.eventName = * }")],
    ["account", nothing],
  ] as [Fixture[], [string, string]],
});

testRule(trailChange, {
  passes: {
    ...passes("StopLogging", "DeleteTrail", "UpdateTrail"),
    "by prefixes": [trail, rule("StopLogging", { prefix: "Delete" }, { prefix: "Update" }), target],
  },
  breaks: {
    ...breaks("StopLogging"),
    "a rule that is disabled": [
      [trail, ruleThatIsOff({ state: "DISABLED" }), target],
      ["account", nothing],
    ],
    "a rule that is disabled in the old way": [
      [trail, ruleThatIsOff({ isEnabled: false }), target],
      ["account", nothing],
    ],
  },
});
testRule(keyChange, { passes: passes("DisableKey", "ScheduleKeyDeletion"), breaks: breaks("DisableKey") });
testRule(policyChange, { passes: passes("PutRolePolicy", "AttachRolePolicy"), breaks: breaks("PutRolePolicy") });
