import { resourceRule, Severity } from "../../rule";
import { typesWith } from "../documents/places";
import { statementsOf } from "../documents/statements";
import { isEverything, isEverywhere } from "./allowed";

export const administrator = resourceRule({
  name: "aws-iam-administrator",
  requires: "No policy allows everything on everything",
  severity: Severity.Critical,
  ids: [
    "CKV_AWS_62",
    "CIS AWS 7.0 2.14",
    "Prowler iam_customer_attached_policy_no_administrative_privileges",
    "Prowler iam_inline_policy_no_administrative_privileges",
    "Security Hub IAM.1",
    "cdk-nag IAMPolicyNoStatementsWithAdminAccess",
  ],
  mend: "list the actions and resources that are needed",
  types: typesWith("identity"),
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "identity")
      .filter((statement) => statement.effect === "Allow" && isEverything(statement) && isEverywhere(statement))
      .map(({ path }) => `${path} allows everything on everything`),
});
