import type { Decision } from "../../../../components/aws/evaluator/evaluator";
import type { Policies, StatementPlace } from "../../../../components/aws/evaluator/policies";
import type { AccessRequest } from "../../../../components/aws/evaluator/request";
import { accountId, arn } from "../../../support/fixtures";
import conditions from "./cases/conditions.json";
import keys from "./cases/keys.json";
import logic from "./cases/logic.json";
import patterns from "./cases/patterns.json";
import principals from "./cases/principals.json";
import unknown from "./cases/unknown.json";

/** A request, the policies, and what AWS's documentation says of it. */
export interface Case {
  name: string;
  request: AccessRequest;
  policies: Policies;
  decision: Decision["decision"];
  /** As in `identity 0.1 Sid`: the policy, the document, the statement. */
  by?: string[];
  why?: string;
  /** What iam-simulate decides otherwise, and the source that it is not so. */
  peer?: string;
}

type Row = Record<string, unknown>;
type Expected = Pick<Case, "decision" | "by" | "why" | "peer">;

const secret = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/db-AbCdEf`;

/** One file for each concept; what a row leaves out is a role that reads a secret of its own account. */
export const concepts: Record<string, Case[]> = {
  logic: logic.map(decided),
  unknown: unknown.map(decided),
  principals: principals.map((row) => named(row, "resource", { action: "secretsmanager:GetSecretValue" })),
  keys: keys.map((row) =>
    named(row, "key", { action: "kms:Decrypt", resource: `arn:aws:kms:us-east-1:${accountId}:key/production` }),
  ),
  conditions: conditions.map((row: Row) =>
    met(row, { Effect: "Allow", Action: "*", Resource: "*", Condition: row.condition }),
  ),
  patterns: patterns.map((row: Row) =>
    met(
      { ...row, action: row.asked, resource: row.on, context: { "aws:PrincipalTag/workspace": "production" } },
      {
        Effect: "Allow",
        ...(row.notAction === undefined ? { Action: row.action ?? "*" } : { NotAction: row.notAction }),
        ...(row.notResource === undefined ? { Resource: row.resource ?? "*" } : { NotResource: row.notResource }),
      },
    ),
  ),
};

function build(row: Row, policies: Omit<Policies, "accountId">, expected: Expected): Case {
  return {
    name: row.name as string,
    request: {
      principal: (row.principal ?? arn("app")) as string,
      action: (row.action ?? "secretsmanager:GetSecretValue") as string,
      resource: (row.resource ?? secret) as string,
      context: (row.context ?? {}) as Record<string, string | string[]>,
    },
    policies: { accountId, ...policies },
    ...expected,
  };
}

/** Rows with whole documents, as lists of their statements. */
function decided(row: Row): Case {
  const policies = {
    identity: (row.identity as unknown[]).map(document),
    ...(row.boundary === undefined ? {} : { boundary: document(row.boundary) }),
    ...(row.resourcePolicy === undefined ? {} : { resource: document(row.resourcePolicy) }),
  };
  return build(row, policies, row as unknown as Expected);
}

/** Rows about whom a resource's or key's policy names; `identity` and `boundary` are the actions that those allow. */
function named(row: Row, policy: "resource" | "key", defaults: Row): Case {
  const statement = (Effect: unknown, Action: unknown) => ({ Effect, Action, Resource: "*" });
  const policies = {
    identity: row.identity === undefined ? [] : [document(statement(row.identityEffect ?? "Allow", row.identity))],
    ...(row.boundary === undefined ? {} : { boundary: document(statement("Allow", row.boundary)) }),
    ...(row.named === undefined
      ? {}
      : {
          [policy]: document({
            ...statement(row.effect ?? "Allow", "*"),
            Principal: row.named,
            ...(row.condition === undefined ? {} : { Condition: row.condition }),
          }),
        }),
  };
  return build({ ...defaults, ...row }, policies, row as unknown as Expected);
}

/** Rows about whether one Allow meets the request. */
function met(row: Row, statement: Row): Case {
  const decisions = { true: "allowed", false: "implicitlyDenied", unknown: "unknown" } as const;
  const expected = {
    decision: decisions[String(row.met) as keyof typeof decisions],
    ...(row.why === undefined ? {} : { why: `identity policy 0, statement 0: ${row.why}` }),
    ...(row.peer === undefined ? {} : { peer: row.peer as string }),
  };
  return build(row, { identity: [document([statement])] }, expected);
}

function document(statements: unknown): string | object {
  return typeof statements === "string" ? statements : { Version: "2012-10-17", Statement: statements };
}

export function placeOf({ policy, document, statement, sid }: StatementPlace): string {
  return [`${policy} ${document}${statement === undefined ? "" : `.${statement}`}`, sid]
    .filter((part) => part !== undefined)
    .join(" ");
}
