import { resourceRule, Severity } from "../../rule";
import { typesWith } from "../documents/places";
import { statementsOf } from "../documents/statements";
import { allowedOf, isConstrained, isEverywhere } from "./allowed";
import sensitive from "./sensitive.json";
import { isEverything } from "./unconstrained";

/** Ways as in https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/: all actions of one, on everything. */
export const privilegeEscalation = resourceRule({
  name: "aws-iam-privilege-escalation",
  requires: "Nobody can give themselves more than they have",
  severity: Severity.High,
  ids: ["CKV_AWS_286", "CKV_AWS_110", "Prowler iam_policy_allows_privilege_escalation"],
  mend: "name the roles, users or functions in Resource, or take one of the actions away",
  types: typesWith("identity"),
  problems: ({ type, inputs }) => {
    const wide = statementsOf(type, inputs, "identity").filter(
      (statement) => isEverywhere(statement) && !isConstrained(statement) && !isEverything(statement),
    );
    const allowed = new Set(wide.flatMap((statement) => allowedOf(statement, sensitive.escalation.flat())));
    const ways = sensitive.escalation.filter((way) => way.every((action) => allowed.has(action)));
    const [first] = ways;
    if (first === undefined) return [];
    const more = ways.length > 1 ? `, and ${ways.length - 1} more ways` : "";
    return [`the document lets its holder become an administrator by ${first.join(" with ")}${more}`];
  },
});
