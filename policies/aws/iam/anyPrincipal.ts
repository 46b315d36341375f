import { resourceRule, Severity } from "../../rule";
import { letsEverybodyIn } from "../documents/narrow";
import { typesWith } from "../documents/places";
import { statementsOf } from "../documents/statements";

/** Secrets and keys have rules of their own. */
export const anyPrincipal = resourceRule({
  name: "aws-iam-any-principal",
  requires: "A resource's policy lets nobody in from any account",
  severity: Severity.High,
  ids: ["CKV_AWS_283"],
  mend: "name the principals, or add a condition on their organization, account or ARN",
  types: typesWith("resource").filter((type) => !type.startsWith("aws:secretsmanager/")) as [string, ...string[]],
  problems: ({ type, inputs }) =>
    statementsOf(type, inputs, "resource")
      .filter(letsEverybodyIn)
      .map(({ path }) => `${path}.Principal is everybody`),
});
