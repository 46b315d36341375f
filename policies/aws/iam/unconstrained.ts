import type { z } from "zod";
import { type RuleFacts, resourceRule } from "../../rule";
import { typesWith } from "../documents/places";
import { type Statement, statementsOf } from "../documents/statements";
import { allowedOf, isConstrained, isEverywhere } from "./allowed";

/** A rule that some actions are not allowed everywhere. Administrators' statements have a rule of their own. */
export function unconstrainedRule(facts: RuleFacts, of: readonly string[]) {
  return resourceRule<Record<never, z.ZodType>>({
    ...facts,
    types: typesWith("identity"),
    problems: ({ type, inputs }) =>
      statementsOf(type, inputs, "identity")
        .filter((statement) => isEverywhere(statement) && !isConstrained(statement) && !isEverything(statement))
        .flatMap((statement) => {
          const allowed = allowedOf(statement, of);
          return allowed.length === 0 ? [] : [`${statement.path} allows ${listed(allowed)} on everything`];
        }),
  });
}

/** `Action: "*"`: that a statement allows everything is said once. */
export function isEverything({ actions }: Statement): boolean {
  return actions.some((action) => /^(\*|\*:\*)$/.test(action));
}

/** The names are the table's own, so nothing of the program is printed. */
function listed(actions: readonly string[]): string {
  const shown = actions.slice(0, 3).join(", ");
  return actions.length > 3 ? `${shown} and ${actions.length - 3} more` : shown;
}
