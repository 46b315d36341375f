import type { Context } from "./context";
import type { Statement } from "./document";
import { matchesResource, matchesWild, type Pattern, type Token } from "./patterns";
import { type Reached, reachOf } from "./principals";
import type { Ask } from "./request";
import { Doubt, every, not, some, type Truth } from "./truth";

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

function actionMet({ actions }: Statement, { action, context }: Ask): Truth {
  return named(actions, context, (tokens) => matchesWild(tokens, action));
}

function resourceMet({ resources }: Statement, { resource, context }: Ask): Truth {
  return named(resources, context, (tokens) => matchesResource(tokens, resource));
}

function conditionMet({ conditions }: Statement, { context }: Ask): Truth {
  return every(conditions, (condition) => condition(context));
}

function named(
  list: { named: readonly Pattern[]; except: boolean },
  context: Context,
  matches: (tokens: readonly Token[]) => Truth,
): Truth {
  const found = some(list.named, (pattern) => {
    const tokens = pattern(context);
    return tokens instanceof Doubt ? tokens : matches(tokens);
  });
  return list.except ? not(found) : found;
}
