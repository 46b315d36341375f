import { resourceRule, Severity } from "../../rule";
import { letsEverybodyIn } from "../documents/narrow";
import { statementsOf } from "../documents/statements";

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html */
export const publicPolicy = resourceRule({
  name: "aws-secretsmanager-secret-not-public",
  requires: "A secret's policy lets nobody in from any account",
  severity: Severity.Critical,
  ids: ["Prowler secretsmanager_not_publicly_accessible"],
  mend: "name the principals, or add a condition on their organization, account or ARN",
  types: ["aws:secretsmanager/secret:Secret", "aws:secretsmanager/secretPolicy:SecretPolicy"],
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "resource")
      .filter(letsEverybodyIn)
      .map(({ path }) => `${path}.Principal is everybody`),
});
