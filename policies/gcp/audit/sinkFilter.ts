import { Severity, stackRule } from "../../rule";
import { isSet, notYetKnown } from "../../value";
import { sinkTypes } from "./sinks";

export const sinkFilter = stackRule({
  name: "gcp-log-sink-complete",
  requires: "One log sink keeps everything",
  severity: Severity.Low,
  ids: ["Prowler logging_sink_created"],
  mend: "leave out filter and exclusions of one sink",
  opinion: "a sink of audit logs alone costs less, and is what an investigation needs",
  about: sinkTypes,
  problems: (stack) => {
    const sinks = stack.ofType(...sinkTypes);
    const isComplete = sinks.some(({ values: { filter, exclusions } }) => {
      const isWhole = !isSet(filter) || filter === notYetKnown;
      return isWhole && (!isSet(exclusions) || exclusions === notYetKnown);
    });
    const [resource] = sinks;
    return isComplete || resource === undefined
      ? []
      : [{ resource, problem: "filter or exclusions leave logs out, as in every other sink" }];
  },
});
