import { Policy, Role, RolePolicy, RolePolicyAttachment } from "@pulumi/aws/iam";
import { foreignPolicy } from "../../../../policies/vantedge/roles/foreignPolicy";
import { type Fixture, resource, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { workspace } from "../components";

const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const reader = resource(Role, "reader", {
  name: "vantedge-production--agent",
  path: "/vantedge/production/workload/",
  assumeRolePolicy,
});
const arn = (name: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}`;
const statement = (...names: string[]) => ({
  Effect: "Allow",
  Action: ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
  Resource: names,
});
const text = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const inline = (policy: string, role = "vantedge-production--agent", refers: readonly Fixture[] = []) =>
  resource(RolePolicy, "extra", { role, policy }, { refers: { role: refers } });
const managed = (policy: string) => resource(Policy, "extra", { policy }, { outputs: { arn: unknownYet } });
const attached = (policy: Fixture) =>
  resource(
    RolePolicyAttachment,
    "attached",
    { role: unknownYet, policyArn: unknownYet },
    { refers: { role: [reader], policyArn: [policy] } },
  );
const own = statement(arn("vantedge/production/token-??????"));
const foreign = statement(arn("vantedge/development/*"));
const problem = "policy.Statement[0].Resource reaches secrets of another workspace";
const tagged = { StringEquals: { "aws:ResourceTag/vantedge-workspace": "production" } };

testRule(foreignPolicy, {
  passes: {
    "its own": [reader, inline(text(own))],
    "its own, attached": [reader, managed(text(own)), attached(managed(text(own)))],
    denied: [reader, inline(text({ ...foreign, Effect: "Deny" }))],
    "all, where the tag is its own": [reader, inline(text({ ...statement("*"), Condition: tagged }))],
    lists: [reader, inline(text({ Effect: "Allow", Action: "secretsmanager:ListSecrets", Resource: "*" }))],
    "a role of nobody": inline(text(foreign), "orders"),
    "another service": [reader, inline(text({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }))],
  },
  breaks: {
    "another's": [
      [reader, inline(text(foreign))],
      ["extra", problem],
    ],
    "another's, beside its own": [
      [reader, inline(text(own, statement(arn("vantedge/production/a-??????"), arn("vantedge/development/b-??????"))))],
      ["extra", "policy.Statement[1].Resource reaches secrets of another workspace"],
    ],
    "everybody's": [
      [reader, inline(text(statement(arn("vantedge/*"))))],
      ["extra", problem],
    ],
    everything: [
      [reader, inline(text(statement("*")))],
      ["extra", problem],
    ],
    "by wildcards": [
      [reader, inline(text({ Effect: "Allow", Action: "secretsmanager:Get*", Resource: arn("*") }))],
      ["extra", problem],
    ],
    "to a role of another stack, by its name": [inline(text(foreign)), problem],
    "in a preview": [
      [reader, inline(text(foreign), unknownYet, [reader])],
      ["extra", problem],
    ],
    attached: [
      [reader, managed(text(foreign)), attached(managed(text(foreign)))],
      ["extra", problem],
    ],
    "in the role": [
      resource(Role, "reader", {
        path: "/vantedge/production/workload/",
        assumeRolePolicy,
        inlinePolicies: [{ name: "extra", policy: text(foreign) }],
      }),
      "inlinePolicies[0].policy.Statement[0].Resource reaches secrets of another workspace",
    ],
    "of a prefix in the stack": [
      [workspace("production", { prefix: "acme" }), reader, inline(text(statement(arn("acme/development/*"))))],
      ["extra", problem],
    ],
  },
});
