import { resourceRule, Severity } from "../../rule";
import { isNarrowed } from "../documents/narrow";
import { statementsOf } from "../documents/statements";

/**
 * Services that AWS asks to narrow by source in the trust policies of their roles, because they act for several accounts:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html and the pages of the services.
 */
const deputies = [
  "bedrock.amazonaws.com",
  "delivery.logs.amazonaws.com",
  "ecs-tasks.amazonaws.com",
  "events.amazonaws.com",
  "firehose.amazonaws.com",
  "logs.amazonaws.com",
  "pipes.amazonaws.com",
  "scheduler.amazonaws.com",
  "states.amazonaws.com",
];

export const confusedDeputy = resourceRule({
  name: "aws-iam-confused-deputy",
  requires: "A service takes a role for this account alone",
  severity: Severity.Low,
  ids: ["Prowler iam_role_cross_service_confused_deputy_prevention"],
  mend: "add a condition on aws:SourceAccount or aws:SourceArn to the trust policy",
  opinion: "a role's ARN must be known to be misused, and not every service sends its source",
  types: ["aws:iam/role:Role"],
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "trust")
      .filter((statement) => statement.effect === "Allow" && !isNarrowed(statement) && !statement.isPartial)
      .filter(({ principals }) => principals.some(({ kind, name }) => kind === "Service" && deputies.includes(name)))
      .map(({ path }) => `${path}.Condition does not say for which account`),
});
