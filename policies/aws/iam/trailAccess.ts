import { resourceRule, Severity } from "../../rule";
import { typesWith } from "../documents/places";
import { statementsOf } from "../documents/statements";
import { isEverywhere } from "./allowed";

export const trailAccess = resourceRule({
  name: "aws-iam-full-access-to-trails",
  requires: "No policy does everything with CloudTrail",
  severity: Severity.High,
  ids: ["Prowler iam_policy_no_full_access_to_cloudtrail", "Prowler iam_inline_policy_no_full_access_to_cloudtrail"],
  mend: "list the actions of CloudTrail that are needed: nobody but a platform team stops a trail",
  types: typesWith("identity"),
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "identity")
      .filter((statement) => statement.effect === "Allow" && isEverywhere(statement))
      .filter(({ actions }) => actions.some((action) => /^cloudtrail:\*$/i.test(action)))
      .map(({ path }) => `${path} allows everything of CloudTrail on everything`),
});
