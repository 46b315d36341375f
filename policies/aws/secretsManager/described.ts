import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

export const described = resourceRule({
  name: "aws-secretsmanager-secret-description",
  requires: "A secret says what it is for",
  severity: Severity.Low,
  ids: ["Pulumi aws-secretsmanager-secret-missing-description"],
  mend: "set description",
  opinion: "a good name may say it already",
  types: ["aws:secretsmanager/secret:Secret"],
  problems: ({ inputs }) => (isSet(inputs.description) ? [] : ["description is missing"]),
});
