import type { Statement } from "../../components/aws/policyDocument";
import type { Document } from "./documents";
import { conditionsOf, type Mutant, withCondition } from "./mutants";

export type Fault = [name: string, put: Statement];

/** Each of several principals, resources and values of a condition dropped. */
export function listMutantsOf(document: Document): Mutant[] {
  return faultsIn(document, (statement) => [
    ...withoutPrincipal(statement),
    ...withoutResource(statement),
    ...withoutValue(statement),
  ]);
}

/** The document with each fault that its statements can have. */
export function faultsIn(document: Document, faultsOf: (statement: Statement) => Fault[]): Mutant[] {
  return document.Statement.flatMap((statement, index) =>
    faultsOf(statement).map(([fault, put]) => ({
      name: `${statement.Sid}: ${fault}`,
      effect: statement.Effect,
      actions: [statement.Action].flat(),
      document: { ...document, Statement: document.Statement.with(index, put) },
    })),
  );
}

function withoutPrincipal(statement: Statement): Fault[] {
  return Object.entries(statement.Principal ?? {}).flatMap(([kind, principals]) =>
    others(principals).map(
      ([dropped, rest]): Fault => [`without ${dropped}`, { ...statement, Principal: { [kind]: rest } }],
    ),
  );
}

function withoutResource(statement: Statement): Fault[] {
  return (["Resource", "NotResource"] as const).flatMap((element) =>
    others(statement[element] ?? []).map(
      ([dropped, rest]): Fault => [`without ${dropped}`, { ...statement, [element]: rest }],
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

/** Each of several, with the rest of them. */
function others(values: string | string[]): [string, string[]][] {
  if (!Array.isArray(values) || values.length === 1) return [];
  return values.map((dropped) => [dropped, values.filter((one) => one !== dropped)]);
}
