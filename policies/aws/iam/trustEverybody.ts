import { resourceRule, Severity } from "../../rule";
import { letsEverybodyIn } from "../documents/narrow";
import { statementsOf } from "../documents/statements";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export const trustEverybody = resourceRule({
  name: "aws-iam-trust-everybody",
  requires: "A role says who may take it",
  severity: Severity.Critical,
  ids: ["CKV_AWS_60", "CKV_AWS_61", "Prowler iam_no_custom_policy_permissive_role_assumption"],
  mend: "name the principals in the trust policy",
  types: ["aws:iam/role:Role"],
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "trust")
      .filter((statement) => statement.effect === "Allow" && !statement.isPartial)
      .flatMap((statement) => [
        ...(letsEverybodyIn(statement) ? [`${statement.path}.Principal is everybody`] : []),
        ...(statement.principals.some(({ kind, name }) => kind === "Service" && name.includes("*"))
          ? [`${statement.path}.Principal.Service is a wildcard`]
          : []),
      ]),
});
