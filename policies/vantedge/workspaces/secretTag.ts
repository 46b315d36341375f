import { type Finding, Severity, stackRule } from "../../rule";
import { at, notYetKnown, type Value, type Values } from "../../value";
import { prefixesOf, workspaceOfName } from "./workspaces";

interface Place {
  name: string;
  /** All tags, those of the provider among them, and then the resource's own. */
  tags: readonly [string, string];
}

const google: Place = { name: "secretId", tags: ["effectiveLabels", "labels"] };
const places: Readonly<Record<string, Place>> = {
  "aws:secretsmanager/secret:Secret": { name: "name", tags: ["tagsAll", "tags"] },
  "gcp:secretmanager/secret:Secret": google,
  "gcp:secretmanager/regionalSecret:RegionalSecret": google,
};

/** Beside its name, the tag decides who reaches a secret: one without it is out of its workspace's reach. */
export const secretTag = stackRule({
  name: "vantedge-secret-tag",
  requires: "A secret whose name is of a workspace has that workspace in its tag or label vantedge-workspace",
  severity: Severity.High,
  ids: [],
  mend: "make it with the Secret component, or set the tag vantedge-workspace to the second part of its name",
  about: Object.keys(places) as [string, ...string[]],
  problems: (stack) => {
    const prefixes = prefixesOf(stack);
    return Object.entries(places).flatMap(([type, { name, tags }]) =>
      stack.ofType(type).flatMap((resource): Finding[] => {
        const workspace = workspaceOfName(resource.values[name], prefixes);
        const tag = tagIn(resource.values, tags);
        if (workspace === undefined || tag === notYetKnown || tag === workspace) return [];
        const problem = tag === undefined ? "is missing" : "is not the workspace of its name";
        return [{ resource, problem: `${tags[1]}.vantedge-workspace ${problem}` }];
      }),
    );
  },
});

function tagIn(values: Values, [all, own]: Place["tags"]): Value {
  const found = at(values, own, "vantedge-workspace");
  return found === undefined || found === notYetKnown ? (at(values, all, "vantedge-workspace") ?? found) : found;
}
