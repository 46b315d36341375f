import type { z } from "zod";
import { type RuleFacts, resourceRule } from "../../rule";
import { typesWith } from "../documents/places";
import { allowedEverywhere } from "./allowed";

/** A rule that some actions are not allowed everywhere. */
export function unconstrainedRule(facts: RuleFacts, of: readonly string[]) {
  return resourceRule<Record<never, z.ZodType>>({
    ...facts,
    types: typesWith("identity"),
    problems: ({ type, inputs }) =>
      allowedEverywhere(type, inputs, of).map(({ path, allowed }) => `${path} allows ${listed(allowed)} on everything`),
  });
}

/** The names are the table's own, so nothing of the program is printed. */
function listed(actions: readonly string[]): string {
  const shown = actions.slice(0, 3).join(", ");
  return actions.length > 3 ? `${shown} and ${actions.length - 3} more` : shown;
}
