import { type RuleFacts, resourceRule } from "../../rule";
import { type Grant, type GrantKind, grantsOf, grantTypes, type Scope } from "./grants";

/** A rule that no grant on these is of a kind: `what` says what is wrong with one that is. */
export function grantRule(
  facts: RuleFacts,
  scopes: readonly Scope[],
  isWrong: (grant: Grant, type: string) => boolean,
  what: string,
  kinds?: readonly GrantKind[],
) {
  return resourceRule({
    ...facts,
    types: grantTypes(scopes, kinds),
    problems: ({ type, inputs }) =>
      grantsOf(inputs)
        .filter((grant) => isWrong(grant, type))
        .map(({ path }) => `${path} ${what}`),
  });
}
