import { Doubt, every, not, some, type Truth } from "../../prover/truth";
import type { Context } from "./context";
import type { Named, Statement } from "./document";
import { matchesResource, matchesWild, type Token } from "./patterns";
import { type Reached, reachOf } from "./principals";
import type { Ask } from "./request";

const nowhere: Reached = { sure: "none", possible: "none" };

/** How far a statement reaches towards this request: not at all where its action, resource or condition isn't met. */
export function reached(statement: Statement, ask: Ask): Reached {
  const met = every([actionMet, resourceMet, conditionMet], (part) => part(statement, ask));
  if (met === false) return nowhere;
  const reach: Reached =
    statement.principals === undefined
      ? { sure: "direct", possible: "direct" }
      : reachOf(statement.principals, ask.requester);
  return met instanceof Doubt && reach.possible !== "none" ? { ...reach, sure: "none", why: met.why } : reach;
}

export function actionMet({ actions }: Statement, { action, context }: Pick<Ask, "action" | "context">): Truth {
  return named(actions, context, (tokens) => matchesWild(tokens, action));
}

export function resourceMet({ resources }: Statement, { resource, context }: Pick<Ask, "resource" | "context">): Truth {
  return named(resources, context, (tokens) => matchesResource(tokens, resource));
}

function conditionMet({ conditions }: Statement, { context }: Ask): Truth {
  return every(conditions, ({ isMet }) => isMet(context));
}

function named(list: Named, context: Context, matches: (tokens: readonly Token[]) => Truth): Truth {
  const found = some(list.named, (pattern) => {
    const tokens = pattern(context);
    return tokens instanceof Doubt ? tokens : matches(tokens);
  });
  return list.except ? not(found) : found;
}
