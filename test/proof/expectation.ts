import type { Actor } from "./cast";
import type { Circumstances } from "./circumstances";
import { type Facts, factsOf, type World } from "./facts";
import { type Layer, type Rule, rules } from "./rules";
import type { Decision, Request } from "./simulate";

/** What the rules say of a request. */
export function expected(circumstances: Circumstances, actor: Actor, request: Request, world: World): Decision {
  const facts = factsOf(request, actor, world);
  const says = (layer: Layer, effect: Decision) =>
    rules.some((rule) => rule[0] === layer && rule[1] === effect && applies(rule, actor, request.action, facts));
  const { access, guard, key } = circumstances;
  const ofKey = facts.guarded === "yes" && key !== "of AWS";

  const denied =
    ((access === "whole" || access === "denying") && says("access", "Deny")) ||
    (guard === "there" && says("guard", "Deny")) ||
    (ofKey && key !== "allowing" && says("key", "Deny")) ||
    (circumstances.secretPolicy === "lockdown" && facts.locked === "yes" && says("lockdown", "Deny"));
  if (denied) return "Deny";

  const granted =
    ((access === "whole" || access === "allowing") && says("access", "Allow")) ||
    ((circumstances.attached || actor.privileged) && /^(secretsmanager|kms):/.test(request.action));
  if (facts.guarded !== undefined) {
    // The policy of AWS's own key allows by itself; ours leaves it to IAM, of the account only.
    if (facts.guarded === "no") return allow(facts.managed === "open");
    return allow(granted && facts.account === "yes" && (key === "opened" || key === "of AWS" || says("key", "Allow")));
  }
  const invited = facts.secret !== undefined && circumstances.secretPolicy.startsWith("allows");
  return allow(facts.account === "yes" ? granted || invited : granted && invited);
}

function applies([, , who, what, where]: Rule, actor: Actor, action: string, facts: Facts): boolean {
  return (
    concerns(who, actor, facts) && what.split(" ").some((pattern) => matches(pattern, action)) && holds(where, facts)
  );
}

function concerns(who: string, { kind }: Actor, facts: Facts): boolean {
  return who === "everybody" || (who === "account" ? facts.account === "yes" : who.split(" ").includes(kind));
}

/** A name without a service is one of Secrets Manager. */
function matches(pattern: string, action: string): boolean {
  const whole = pattern.includes(":") ? pattern : `secretsmanager:${pattern}`;
  return whole.endsWith("*") ? action.startsWith(whole.slice(0, -1)) : action === whole;
}

function holds(where: string, facts: Facts): boolean {
  return where
    .split(" ")
    .filter((condition) => condition !== "")
    .every((condition) => {
      const [fact, values] = condition.split("=") as [string, string];
      return values.split("|").includes(facts[fact] as string);
    });
}

function allow(is: boolean): Decision {
  return is ? "Allow" : "Deny";
}
