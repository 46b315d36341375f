import type { Statement } from "../../components/aws/policyDocument";
import type { Document } from "./documents";
import { conditionsOf, type Mutant, mutantsOf, withCondition } from "./mutants";

/**
 * What else can be wrong with who takes a role: each principal and each value of a condition dropped, everybody let
 * in, and a condition that holds where its key is absent.
 */
export function trustMutantsOf(document: Document): Mutant[] {
  const more = document.Statement.flatMap((statement, index) =>
    faults(statement).map(([fault, put]) => ({
      name: `${statement.Sid}: ${fault}`,
      effect: statement.Effect,
      actions: [statement.Action].flat(),
      document: { ...document, Statement: document.Statement.with(index, put) },
    })),
  );
  return [...mutantsOf(document), ...more];
}

type Fault = [name: string, put: Statement];

function faults(statement: Statement): Fault[] {
  return [
    ["for everybody", { ...statement, Principal: { AWS: "*" } }],
    ...withoutPrincipal(statement),
    ...withoutValue(statement),
    ...ifExists(statement),
  ];
}

function withoutPrincipal(statement: Statement): Fault[] {
  return Object.entries(statement.Principal ?? {}).flatMap(([kind, principals]) =>
    others(principals).map(
      ([dropped, rest]): Fault => [`without ${dropped}`, { ...statement, Principal: { [kind]: rest } }],
    ),
  );
}

function withoutValue(statement: Statement): Fault[] {
  return conditionsOf(statement).flatMap(([operator, key, value]) =>
    others(value).map(
      ([dropped, rest]): Fault => [
        `without ${operator} ${key} ${dropped}`,
        withCondition(statement, operator, key, [operator, rest]),
      ],
    ),
  );
}

/** Each of several values, with the rest of them. */
function others(values: string | string[]): [string, string[]][] {
  if (!Array.isArray(values) || values.length === 1) return [];
  return values.map((dropped) => [dropped, values.filter((one) => one !== dropped)]);
}

/** These keys are in every request for which they are asked, so their absence is no fault. */
const alwaysThere = ["aws:CurrentTime", "aws:PrincipalArn"];

function ifExists(statement: Statement): Fault[] {
  return conditionsOf(statement)
    .filter(([, key]) => !alwaysThere.includes(key))
    .map(([operator, key, value]) => [
      `${operator} ${key} if it is there`,
      withCondition(statement, operator, key, [`${operator}IfExists`, value]),
    ]);
}
