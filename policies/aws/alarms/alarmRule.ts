import { type Rule, type RuleFacts, stackRule } from "../../rule";
import type { Stack, StackResource } from "../../stack";
import { isSet, notYetKnown } from "../../value";
import { trailType } from "../cloudTrail/buckets";

/** A rule that something tells when one of these events is recorded by a trail of the stack. */
export function alarmRule(facts: RuleFacts, events: readonly string[]): Rule {
  return stackRule({
    ...facts,
    about: trailType,
    problems: (stack) => {
      if (alarmsIn(stack).some((pattern) => pattern === notYetKnown || names(pattern, events))) return [];
      const [first] = stack.ofType(trailType) as [StackResource];
      return [{ resource: first, problem: "nothing in this stack alarms on its events" }];
    },
  });
}

/** EventBridge rules that have a target, and metric filters beside an alarm: their patterns. */
function alarmsIn(stack: Stack): (string | typeof notYetKnown)[] {
  const hasAlarm = stack.ofType("aws:cloudwatch/metricAlarm:MetricAlarm").length > 0;
  const hasTarget = stack.ofType("aws:cloudwatch/eventTarget:EventTarget").length > 0;
  const filters = hasAlarm ? stack.ofType("aws:cloudwatch/logMetricFilter:LogMetricFilter") : [];
  const rules = hasTarget ? stack.ofType("aws:cloudwatch/eventRule:EventRule").filter(isOn) : [];
  return [...filters.map(({ values }) => values.pattern), ...rules.map(({ values }) => values.eventPattern)].flatMap(
    (pattern) =>
      typeof pattern === "string" || pattern === notYetKnown
        ? [pattern]
        : isSet(pattern)
          ? [JSON.stringify(pattern)]
          : [],
  );
}

/** Both properties say the same; `isEnabled` is the old one. */
function isOn({ values }: StackResource): boolean {
  return values.state !== "DISABLED" && values.isEnabled !== false;
}

/** EventBridge also knows prefixes: `{ "prefix": "Delete" }`. */
function names(pattern: string, events: readonly string[]): boolean {
  const prefixes = [...pattern.matchAll(/"prefix"\s*:\s*"(\w+)"/g)].map(([, prefix]) => prefix as string);
  return events.every((event) => pattern.includes(event) || prefixes.some((prefix) => event.startsWith(prefix)));
}
