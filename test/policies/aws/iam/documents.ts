import { GroupPolicy, Policy, Role, RolePolicy, UserPolicy } from "@pulumi/aws/iam";
import { PermissionSetInlinePolicy } from "@pulumi/aws/ssoadmin";
import { type Fixture, resource } from "../../support/fixture";

const text = (statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** A policy of these statements. */
export const policy = (...statements: object[]) => resource(Policy, "app", { policy: text(statements) });

/** The same document wherever an identity may have one, and the path at which it stands. */
export function everywhere(statement: object): Record<string, [Fixture, string]> {
  const document = text([statement]);
  return {
    "a role's policy": [resource(RolePolicy, "app", { role: "app", policy: document }), "policy"],
    "a user's policy": [resource(UserPolicy, "app", { user: "app", policy: document }), "policy"],
    "a group's policy": [resource(GroupPolicy, "app", { group: "app", policy: document }), "policy"],
    "a permission set": [
      resource(PermissionSetInlinePolicy, "app", { instanceArn: "a", permissionSetArn: "b", inlinePolicy: document }),
      "inlinePolicy",
    ],
    "in the role": [
      resource(Role, "app", { assumeRolePolicy: "{}", inlinePolicies: [{ name: "a", policy: document }] }),
      "inlinePolicies[0].policy",
    ],
    "an object in place of text": [
      resource(Policy, "app", { policy: { Version: "2012-10-17", Statement: [statement] } as never }),
      "policy",
    ],
    "a statement that is no list": [
      resource(Policy, "app", { policy: JSON.stringify({ Version: "2012-10-17", Statement: statement }) }),
      "policy",
    ],
  };
}

export const trust = (...statements: object[]) => resource(Role, "app", { assumeRolePolicy: text(statements) });

export const allow = (Action: unknown, Resource: unknown = "*", more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
