import type { Statement } from "../../components/aws/policyDocument";
import type { Document } from "./documents";
import { type Fault, faultsIn, listMutantsOf } from "./listMutants";
import { conditionsOf, type Mutant, mutantsOf, withCondition } from "./mutants";

/** What can be wrong with who takes a role: also everybody let in, and a condition that holds where its key is absent. */
export function trustMutantsOf(document: Document): Mutant[] {
  return [
    ...mutantsOf(document),
    ...listMutantsOf(document),
    ...faultsIn(document, (statement) => [forEverybody(statement), ...ifExists(statement)]),
  ];
}

function forEverybody(statement: Statement): Fault {
  return ["for everybody", { ...statement, Principal: { AWS: "*" } }];
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
