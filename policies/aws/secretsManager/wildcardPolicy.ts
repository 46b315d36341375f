import { resourceRule, Severity } from "../../rule";
import { statementsOf } from "../documents/statements";

export const wildcardPolicy = resourceRule({
  name: "aws-secretsmanager-policy-wildcard",
  requires: "A secret's policy names the actions that it allows",
  severity: Severity.High,
  ids: ["KICS fa00ce45", "Terrascan AC_AWS_0501", "Tenable AC_AWS_0386"],
  mend: "name the actions that the principals need, such as secretsmanager:GetSecretValue",
  types: ["aws:secretsmanager/secret:Secret", "aws:secretsmanager/secretPolicy:SecretPolicy"],
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "resource")
      .filter(({ effect }) => effect === "Allow")
      .flatMap(({ path, actions, notActions }) => [
        ...(actions.some((action) => /^(secretsmanager:)?[*?]+$/i.test(action))
          ? [`${path}.Action is a wildcard`]
          : []),
        ...(notActions.length > 0 ? [`${path}.NotAction allows all but some actions`] : []),
      ]),
});
