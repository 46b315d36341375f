import type { Actor } from "./cast";
import type { Decision } from "./decide";
import type { Facts } from "./facts";
import { type Rule, rules } from "./rules";

/** What the rules say of a request. */
export function expected(actor: Actor, permission: string, facts: Facts): Decision {
  const says = (effect: Decision) =>
    rules.some((rule) => rule[0] === effect && applies(rule, actor, permission, facts));
  return says("Allow") && !says("Deny") ? "Allow" : "Deny";
}

function applies([, who, what, where]: Rule, { kind }: Actor, permission: string, facts: Facts): boolean {
  return (
    (who === "everybody" || who.split(" ").includes(kind)) &&
    what.split(" ").some((pattern) => matches(pattern, permission)) &&
    where.split(" ").every((condition) => holds(condition, facts))
  );
}

/** The service is in front of a permission, and in no rule. */
function matches(pattern: string, permission: string): boolean {
  const bare = permission.slice(permission.indexOf(".") + 1);
  return pattern.endsWith("*") ? bare.startsWith(pattern.slice(0, -1)) : bare === pattern;
}

function holds(condition: string, facts: Facts): boolean {
  const [fact, values] = condition.split("=") as [string, string];
  return values.split("|").includes(facts[fact] as string);
}
