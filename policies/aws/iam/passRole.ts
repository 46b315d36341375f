import { resourceRule, Severity } from "../../rule";
import { typesWith } from "../documents/places";
import { allowedEverywhere } from "./allowed";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
export const passRole = resourceRule({
  name: "aws-iam-pass-role",
  requires: "A policy names the roles that it hands to services",
  severity: Severity.High,
  ids: ["cfn-nag F38", "cfn-nag F39", "cfn-nag F40"],
  mend: "name the roles in Resource, and the services in a condition on iam:PassedToService",
  types: typesWith("identity"),
  problems: ({ type, inputs }) =>
    allowedEverywhere(type, inputs, ["iam:PassRole"]).map(({ path }) => `${path} hands any role to a service`),
});
