import { resourceRule, Severity } from "../../rule";
import { typesWith } from "../documents/places";
import { statementsOf } from "../documents/statements";
import { isConstrained, isEverything } from "./allowed";
import withoutResource from "./withoutResource.json";

/** Actions of these services that AWS can't narrow to resources: the Service Authorization Reference of September 2026. */
const table: Readonly<Record<string, readonly string[]>> = withoutResource;

export const resourceWildcard = resourceRule({
  name: "aws-iam-resource-wildcard",
  requires: "A policy names the resources that it is about, where AWS lets it",
  severity: Severity.Medium,
  ids: ["CKV_AWS_355", "CKV_AWS_356", "cfn-nag W11", "cfn-nag W12", "cfn-nag W13", "cdk-nag AwsSolutions-IAM5"],
  mend: "name the resources by ARN, and keep actions without resources in a statement of their own",
  types: typesWith("identity"),
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "identity")
      .filter((statement) => statement.effect === "Allow" && statement.resources.includes("*") && !statement.isPartial)
      .filter((statement) => !isEverything(statement) && !isConstrained(statement))
      .filter(({ actions }) => actions.some(takesResources))
      .map(({ path }) => `${path}.Resource is a wildcard for actions that take resources`),
});

/** What lists and describes mostly takes none. Of services that the table lacks nothing is known. */
function takesResources(action: string): boolean {
  const [service = "", name = ""] = action.split(":");
  const known = table[service.toLowerCase()];
  if (known === undefined || /^(describe|list)/i.test(name)) return false;
  return !known.some((one) => one.toLowerCase() === name.toLowerCase());
}
