import { resourceRule, Severity } from "../../rule";
import { typesWith } from "../documents/places";
import { statementsOf } from "../documents/statements";
import { isEverything, isEverywhere } from "./allowed";

export const actionWildcard = resourceRule({
  name: "aws-iam-action-wildcard",
  requires: "A policy names the services and actions that it allows",
  severity: Severity.High,
  ids: ["CKV_AWS_63", "cfn-nag F2", "cfn-nag F3", "cfn-nag F4", "cfn-nag F5", "cdk-nag AwsSolutions-IAM5"],
  mend: "list the actions that are needed",
  types: typesWith("identity"),
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "identity")
      .filter((statement) => statement.effect === "Allow" && isEverything(statement) && !isEverywhere(statement))
      .map(({ path }) => `${path}.Action is a wildcard`),
});
