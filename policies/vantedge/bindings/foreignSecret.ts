import { type Finding, Severity, stackRule } from "../../rule";
import { at, itemsOf, notYetKnown } from "../../value";

const bindingType = "vantedge-secrets:index:DeploymentBinding";

/** A binding reads names of its own workspace: one that is in another only would never be there. */
export const foreignSecret = stackRule({
  name: "vantedge-binding-foreign-secret",
  requires: "A binding names secrets of its own workspace",
  severity: Severity.Medium,
  ids: [],
  mend: "bind a secret of the binding's workspace, or make one there",
  about: bindingType,
  problems: (stack) => {
    const secrets = stack.ofType("vantedge-secrets:index:Secret").map(({ values }) => values);
    return stack.ofType(bindingType).flatMap((resource) => {
      const { workspace, uses } = resource.values;
      return itemsOf(uses).flatMap((use, index): Finding[] => {
        const named = secrets.filter(({ secretName }) => secretName === at(use, "secret"));
        const isUnsure = [workspace, ...named.map((one) => one.workspace)].includes(notYetKnown);
        if (named.length === 0 || isUnsure || named.some((one) => one.workspace === workspace)) return [];
        // What isn't known yet may be the one that is meant.
        if (secrets.some(({ secretName }) => secretName === notYetKnown)) return [];
        return [{ resource, problem: `uses[${index}].secret is a secret of another workspace in this stack` }];
      });
    });
  },
});
