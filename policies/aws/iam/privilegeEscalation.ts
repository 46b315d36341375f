import { resourceRule, Severity } from "../../rule";
import { typesWith } from "../documents/places";
import { allowedEverywhere } from "./allowed";
import sensitive from "./sensitive.json";

/**
 * Ways as in https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/: all actions of one, on
 * everything. Who changes any role changes their own: to take another is not needed for that.
 */
export const privilegeEscalation = resourceRule({
  name: "aws-iam-privilege-escalation",
  requires: "Nobody can give themselves more than they have",
  severity: Severity.High,
  ids: ["CKV_AWS_286", "CKV_AWS_110", "Prowler iam_policy_allows_privilege_escalation"],
  mend: "name the roles, users or functions in Resource, or take one of the actions away",
  types: typesWith("identity"),
  problems: ({ type, inputs }) => {
    const wide = allowedEverywhere(type, inputs, sensitive.escalation.flat());
    const allowed = new Set(wide.flatMap((statement) => statement.allowed));
    const ways = sensitive.escalation.filter((way) => way.every((action) => allowed.has(action)));
    const [first] = ways;
    if (first === undefined) return [];
    const more = ways.length > 1 ? `, and ${ways.length - 1} more ways` : "";
    return [`the document lets its holder become an administrator by ${first.join(" with ")}${more}`];
  },
});
