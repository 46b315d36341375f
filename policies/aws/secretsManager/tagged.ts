import { z } from "zod";
import { resourceRule, Severity } from "../../rule";
import { entriesOf, isSet } from "../../value";

export const tagged = resourceRule({
  name: "aws-secretsmanager-secret-tagged",
  requires: "A secret has tags that say whose it is",
  severity: Severity.Low,
  ids: ["Security Hub SecretsManager.5"],
  mend: "set tags; under remediate, the configured tags are added",
  opinion: "tags that a provider or an account adds by default are not in the program's own inputs",
  types: ["aws:secretsmanager/secret:Secret"],
  config: {
    tags: z
      .record(z.string(), z.string())
      .default({ "managed-by": "pulumi" })
      .describe("What a remediation adds to a secret without tags"),
  },
  problems: ({ inputs: { tags, tagsAll } }) => (isSet(tags) || isSet(tagsAll) ? [] : ["tags are missing"]),
  remedy: (props, { tags }) => {
    const own = (props.tags ?? {}) as Record<string, unknown>;
    for (const [key, value] of entriesOf(tags)) own[key] = value;
    props.tags = own;
  },
});
