import { resourceRule, Severity } from "../../rule";
import { typesWith } from "../documents/places";
import { statementsOf } from "../documents/statements";
import { isEverything } from "./allowed";

/** https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-21 */
export const serviceWildcard = resourceRule({
  name: "aws-iam-service-wildcard",
  requires: "A policy names the actions of a service that it allows",
  severity: Severity.Low,
  ids: ["CKV2_AWS_40", "AWS-0057", "cdk-nag IAMPolicyNoStatementsWithFullAccess", "Security Hub IAM.21"],
  mend: "list the actions that are needed",
  types: typesWith("identity"),
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "identity")
      .filter((statement) => statement.effect === "Allow" && !isEverything(statement))
      .filter(({ actions }) => actions.some((action) => /^[a-z0-9-]+:\*+$/i.test(action)))
      .map(({ path }) => `${path}.Action allows all of a service`),
});
