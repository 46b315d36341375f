import { type Rule, type RuleFacts, stackRule } from "../../rule";
import type { Stack, StackResource } from "../../stack";
import { at, itemsOf, notYetKnown, type Value } from "../../value";
import { sinkTypes } from "./sinks";

/** A rule that some alert looks at log entries with these words. A metric counts where an alert has its name. */
export function alertRule(facts: RuleFacts, words: readonly string[]): Rule {
  return stackRule({
    ...facts,
    about: sinkTypes,
    problems: (stack) => {
      const [resource] = stack.ofType(...sinkTypes).filter(carriesAuditLogs);
      const isTold = filtersOf(stack).some(
        (filter) =>
          filter === notYetKnown || (typeof filter === "string" && words.every((word) => filter.includes(word))),
      );
      return isTold || resource === undefined ? [] : [{ resource, problem: "no alert in this stack looks for it" }];
    },
  });
}

/** Other sinks are no sign that the stack is the one that watches. */
function carriesAuditLogs({ values: { filter } }: StackResource): boolean {
  if (filter === undefined || filter === "") return true;
  return typeof filter === "string" && /cloudaudit\.googleapis\.com|protoPayload|log_id\("cloudaudit/.test(filter);
}

function filtersOf(stack: Stack): Value[] {
  const alerts = stack.ofType("gcp:monitoring/alertPolicy:AlertPolicy");
  const own = alerts.flatMap(({ values: { conditions } }): Value[] =>
    conditions === notYetKnown
      ? [notYetKnown]
      : itemsOf(conditions).map((condition) => at(condition, "conditionMatchedLog", "filter")),
  );
  const metrics =
    alerts.length === 0 ? [] : stack.ofType("gcp:logging/metric:Metric").map(({ values }) => values.filter);
  return [...own, ...metrics];
}
