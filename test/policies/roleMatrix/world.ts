import * as iam from "@pulumi/aws/iam";
import { Key } from "@pulumi/aws/kms";
import { Secret } from "@pulumi/aws/secretsmanager";
import { type Fixture, raw, resource, unknownYet } from "../support/fixture";

export const account = "111122223333";
export const roleNames = ["viewer", "member", "admin", "owner"] as const;

/** A workspace as the engine shows it in a first preview: nothing that AWS makes up is known. */
export function workspace(name: string) {
  const component = raw(
    "vantedge-secrets:index:Workspace",
    name,
    {
      workspaceName: name,
      organization: "Acme",
      cloud: "aws",
      prefix: "vantedge",
      region: "us-east-1",
      accountId: account,
      listing: "account",
      memberKms: "validate-only",
    },
    { outputs: { keyArn: unknownYet, roleArns: unknownYet } },
  );
  const parent = component;
  const key = resource(Key, name, { description: "Secrets of a workspace" }, { parent, outputs: { arn: unknownYet } });
  const roles = Object.fromEntries(
    roleNames.map((role) => [
      role,
      resource(
        iam.Role,
        `${name}-${role}`,
        { name: `vantedge-${name}-${role}`, path: `/vantedge/${name}/`, assumeRolePolicy: unknownYet },
        { parent, outputs: { id: unknownYet, arn: unknownYet } },
      ),
    ]),
  ) as Record<(typeof roleNames)[number], Fixture>;
  const own = roleNames.flatMap((role) =>
    ["access", "isolation"].map((purpose) =>
      resource(
        iam.RolePolicy,
        `${name}-${role}-${purpose}`,
        { name: purpose, role: `vantedge-${name}-${role}`, policy: unknownYet },
        { parent, refers: { role: [roles[role]], policy: [key] } },
      ),
    ),
  );
  const secret = raw(
    "vantedge-secrets:index:Secret",
    `${name}-openai-api-key`,
    { secretName: "openai-api-key", workspace: name, cloud: "aws" },
    { outputs: { secretId: unknownYet } },
  );
  const stored = resource(
    Secret,
    `${name}-openai-api-key`,
    { name: `vantedge/${name}/openai-api-key`, kmsKeyId: unknownYet },
    { parent: secret, refers: { kmsKeyId: [key] }, outputs: { arn: unknownYet } },
  );
  return {
    component,
    key,
    roles,
    secret,
    stored,
    all: [component, key, ...Object.values(roles), ...own, secret, stored],
  };
}

/** A policy document as programs write it. */
export const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const allow = (Action: unknown, Resource: unknown = "*", more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
