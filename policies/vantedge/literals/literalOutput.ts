import { secretReason, shownKey } from "../../literals/place";
import { type Finding, Severity, stackRule } from "../../rule";
import { entriesOf, type Value } from "../../value";

const stackType = "pulumi:pulumi:Stack";

/** The engine shows a stack's outputs to the rules about the stack alone, in a preview too, and those of secrets in clear. */
export const literalOutput = stackRule({
  name: "vantedge-literal-output",
  requires: "No value of a secret is an output of the stack",
  severity: Severity.Medium,
  ids: [],
  mend: "export the secret's name or ARN, or mark the output with pulumi.secret",
  opinion: "an output that is marked as a secret is encrypted, and a policy doesn't see the mark (pulumi-policy#241)",
  about: stackType,
  problems: async (stack) => {
    const found = stack.ofType(stackType).map(async (resource): Promise<Finding[]> => {
      const problems = await literals("outputs", "", resource.values);
      return problems.map((problem) => ({ resource, problem }));
    });
    return (await Promise.all(found)).flat();
  },
});

/** Under the key that is the nearest: that of a list is the key of its items. */
async function literals(path: string, key: string, value: Value): Promise<string[]> {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => literals(`${path}[${index}]`, key, item));
    return (await Promise.all(items)).flat();
  }
  const inner = entriesOf(value).map(async ([below, one]) => literals(`${path}.${await shownKey(below)}`, below, one));
  const reason = await secretReason(key, value);
  return [...(reason === undefined ? [] : [`${path} ${reason}`]), ...(await Promise.all(inner)).flat()];
}
