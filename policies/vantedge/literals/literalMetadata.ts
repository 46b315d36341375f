import { resourceRule, Severity } from "../../rule";
import { literalsIn } from "./texts";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/managing-secrets_tagging.html: tags are no place for secrets */
export const literalMetadata = resourceRule({
  name: "vantedge-literal-metadata",
  requires: "No value of a secret stands in a name, a description, a tag, a label or an annotation",
  severity: Severity.High,
  ids: [],
  mend: "put the value into a secret, and give its name there",
  types: "all",
  problems: ({ name, inputs }) => literalsIn(name, inputs),
});
