import { all, always, type Choice, decide, type Formula, never, not, some } from "../../prover/formula";
import { atom, type Variable } from "../../prover/variables";
import type { Statement } from "../evaluator/document";
import { evaluator } from "../evaluator/evaluator";
import { type PlacedStatement, type Policies, type PolicyKind, readPolicies } from "../evaluator/policies";
import { type Reach, type Reached, reaches, reachOf } from "../evaluator/principals";
import { type AccessRequest, ownPolicyOf, serviceOf } from "../evaluator/request";
import { type Requester, requesterOf } from "../evaluator/requester";
import { actionMet, resourceMet } from "../evaluator/statement";
import { isAskedAction, isAskedResource, isWanted, normalized, type Question } from "./question";
import { actionVariable, keyVariables, type RequestVariables, resourceVariable } from "./requestVariables";

export type Proof =
  /** No such request is allowed. */
  | { answer: "proved" }
  /** This one is. */
  | { answer: "counterExample"; request: AccessRequest }
  /** It hangs on what can't be judged: never a guess. */
  | { answer: "unknown"; why: string };

/**
 * Decides for every request that the principal can make. A key with an empty text is no request here: AWS may take it for
 * one without the key, which is decided.
 */
export function prove(policies: Policies, principal: string, question: Question): Proof {
  const model = modelOf(policies, principal, question);
  if (typeof model === "string") return unknown(model);
  const decided = decide(
    model.formula,
    new Map(model.variables.map(({ name, witnesses }) => [name, witnesses.length])),
  );
  if (decided.answer === "impossible") return { answer: "proved" };
  if (decided.answer === "unknown") return decided;
  const request = model.requestOf(decided.choice);
  const doubt = unconfirmed(request, policies, question);
  return doubt === undefined ? { answer: "counterExample", request } : unknown(doubt);
}

function unknown(why: string): Proof {
  return { answer: "unknown", why };
}

type Placed = PlacedStatement & { policy: PolicyKind };

/** Many questions are asked of the same policies. */
const statementsOf = new WeakMap<Policies, Placed[]>();

function placedStatements(policies: Policies): Placed[] {
  const known = statementsOf.get(policies) ?? readStatements(policies);
  statementsOf.set(policies, known);
  return known;
}

function readStatements(policies: Policies): Placed[] {
  return Object.entries(readPolicies(policies)).flatMap(([policy, placed]) =>
    placed.map((one) => ({ ...one, policy: policy as PolicyKind })),
  );
}

/** All requests of a principal, by the kinds of what they are made of, and what must be true of the one that is asked for. */
export interface Model {
  formula: Formula;
  variables: readonly Variable[];
  requestOf(choice: Choice): AccessRequest;
}

/** In one line where there is none. */
export function modelOf(policies: Policies, principal: string, asked: Question): Model | string {
  const requester = requesterOf(principal);
  if (requester === undefined) return "the principal is not one user, role, session or root user";
  const [placed, question] = [placedStatements(policies), normalized(asked)];
  const action = actionVariable(placed.flatMap(statementIn), question);
  if (action === undefined) return tooMany("actions");
  const isAsked = isAskedAction(action, question);
  // A statement about other actions only has no say, and its patterns would be cut in vain.
  const relevant = placed.filter((one) => "why" in one || overlap(isAsked, isActionMet(one.statement, action)));
  const statements = relevant.flatMap(statementIn);
  const resource = resourceVariable(statements, question);
  if (resource === undefined) return tooMany("resources");
  const keys = keyVariables(statements, question, requester, policies.accountId);
  if (typeof keys === "string") return tooMany(`values of ${keys}`);

  const variables = { action, resource, keys };
  const about: About = (policy, effect, least) =>
    some(...relevant.map((one) => (one.policy === policy ? applies(one, effect, least, variables, requester) : never)));
  const own = ownPolicies(action, resource);
  const isSame = requester.account === policies.accountId;
  const context = Object.entries(question.context ?? {});
  return {
    requestOf: (choice) => requestOf(choice, variables, principal),
    variables: [action, resource, whoAsks, ...keys.values()],
    formula: all(
      isAsked,
      isAskedResource(resource, question),
      ...context.map(([key, wanted]) => isWanted(keys.get(key.toLowerCase()) as Variable, wanted)),
      question.attached === "anything" ? always : granted(about, own, isSame, policies.boundary !== undefined),
      not(denied(about, own)),
    ),
  };
}

function tooMany(what: string): string {
  return `there are too many kinds of ${what}`;
}

/** Whether a statement of a policy and an effect is about the request, and reaches who asks that far. */
type About = (policy: PolicyKind, effect: "Allow" | "Deny", least: Reach) => Formula;

/** Whose own policy has a say: the resource's, the key's, or none. */
type OwnPolicies = Record<"resource" | "key" | "none", Formula>;

function denied(about: About, own: OwnPolicies): Formula {
  return some(
    about("identity", "Deny", "direct"),
    about("boundary", "Deny", "direct"),
    all(own.resource, about("resource", "Deny", "account")),
    all(own.key, about("key", "Deny", "account")),
  );
}

/** As in evaluator/grants.ts, for all requests at once. */
function granted(about: About, own: OwnPolicies, isSame: boolean, hasBoundary: boolean): Formula {
  const isWithin = hasBoundary ? about("boundary", "Allow", "direct") : always;
  const byIdentity = all(about("identity", "Allow", "direct"), isWithin);
  const by = (policy: "resource" | "key") => {
    const both = all(byIdentity, about(policy, "Allow", "account"));
    if (!isSame) return both;
    const alone = some(about(policy, "Allow", "direct"), all(about(policy, "Allow", "role"), isWithin));
    return some(alone, policy === "key" ? both : byIdentity);
  };
  return some(all(own.none, isSame ? byIdentity : never), all(own.resource, by("resource")), all(own.key, by("key")));
}

function ownPolicies(action: Variable, resource: Variable): OwnPolicies {
  const isKms = atom(action, (value) => serviceOf(value as string) === "kms");
  const isOwn = (service: string, policy: "resource" | "key" | undefined) =>
    atom(resource, (value) => ownPolicyOf(`${service}:any`, value as string) === policy);
  const by = (policy: "resource" | "key" | undefined) =>
    some(all(isKms, isOwn("kms", policy)), all(not(isKms), isOwn("any", policy)));
  return { resource: by("resource"), key: by("key"), none: by(undefined) };
}

function applies(
  placed: Placed,
  effect: "Allow" | "Deny",
  least: Reach,
  { action, resource, keys }: RequestVariables,
  requester: Requester,
): Formula {
  if ("why" in placed) return doubt(placed.why);
  const { statement } = placed;
  if (statement.effect !== effect) return never;
  const { principals } = statement;
  return all(
    isActionMet(statement, action),
    atom(resource, (value) => resourceMet(statement, { resource: value as string, context: noKeys })),
    ...statement.conditions.map(({ key, isMet }) => {
      const asked = key.toLowerCase();
      return atom(keys.get(asked) as Variable, (value) =>
        isMet((name) => (name.toLowerCase() === asked ? value : undefined)),
      );
    }),
    principals === undefined ? always : isFarEnough(reachOf(principals, requester), least),
  );
}

function isActionMet(statement: Statement, action: Variable): Formula {
  return atom(action, (value) => actionMet(statement, { action: value as string, context: noKeys }));
}

function isFarEnough({ sure, possible, why }: Reached, least: Reach): Formula {
  const isFar = (far: Reach) => reaches.indexOf(far) >= reaches.indexOf(least);
  if (isFar(sure)) return always;
  return isFar(possible) ? doubt(why ?? "it is not known whom a statement is about") : never;
}

const noKeys = () => undefined;

/** Who asks is known: a variable of one kind, on which hangs what can't be judged of any request. */
const whoAsks: Variable = { name: "who asks", witnesses: [undefined] };

function doubt(why: string): Formula {
  return { variable: whoAsks.name, sure: 0n, possible: 1n, why };
}

function statementIn(placed: Placed): Statement[] {
  return "why" in placed ? [] : [placed.statement];
}

/** Of two atoms about one variable. */
function overlap(one: Formula, other: Formula): boolean {
  const [left, right] = [one, other].map((formula) => ("variable" in formula ? formula.possible : 0n)) as [
    bigint,
    bigint,
  ];
  return (left & right) !== 0n;
}

function requestOf(choice: Choice, { action, resource, keys }: RequestVariables, principal: string): AccessRequest {
  const chosen = ({ name, witnesses }: Variable) => witnesses[choice.get(name) as number];
  const free = [...keys.values()].filter(({ witnesses }) => witnesses.length > 1);
  const context = free.flatMap((key) => {
    const value = chosen(key);
    return value === undefined ? [] : [[key.name, value] as const];
  });
  return {
    principal,
    action: chosen(action) as string,
    resource: chosen(resource) as string,
    context: Object.fromEntries(context),
  };
}

/** A counter-example of the formula must be allowed by the evaluator too. */
function unconfirmed(request: AccessRequest, policies: Policies, { attached }: Question): string | undefined {
  const { decision, why } = evaluator(policies)(request);
  if (decision === "allowed" || (attached === "anything" && decision === "implicitlyDenied")) return undefined;
  return why ?? `the evaluator finds ${decision} where the formula finds allowed`;
}
