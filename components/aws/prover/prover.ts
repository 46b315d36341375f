import { all, type Choice, decide, type Formula, never, not, some } from "../../prover/formula";
import type { Language } from "../../prover/language";
import { contextOf } from "../evaluator/context";
import { evaluator } from "../evaluator/evaluator";
import { matchesWild, pattern, type Token } from "../evaluator/patterns";
import { type PlacedStatement, type Policies, type PolicyKind, readPolicies } from "../evaluator/policies";
import { type Reach, reaches, reachOf } from "../evaluator/principals";
import { type AccessRequest, oneAction, oneArn, ownPolicyOf, serviceOf } from "../evaluator/request";
import { type Requester, requesterOf } from "../evaluator/requester";
import { actionMet, resourceMet } from "../evaluator/statement";
import { Doubt, every, not as notTrue, some as someTrue, type Truth } from "../evaluator/truth";
import { languagesOf, like, likeArn } from "./languages";
import { atom, type Value, type Variable, variableOf } from "./variables";

/** Is there a request like this that is allowed? Patterns are those of IAM's `StringLike`. */
export interface Question {
  /** At least one of them, and none of `notActions`. */
  actions: readonly string[];
  notActions?: readonly string[];
  /** `*` alone is the resource of actions that have none. Any, unless given. */
  resources?: readonly string[];
  notResources?: readonly string[];
  /** What the request's keys must be; others are as one likes. */
  context?: Readonly<Record<string, Wanted>>;
  /**
   * `nothing` but the documents: some Allow, and no Deny. `anything`: whatever else somebody attaches, so that every Allow
   * is given and only a Deny counts.
   */
  attached: "nothing" | "anything";
}

/** What a key of the request must be. Of several values, one is like this, and none is like that. */
export interface Wanted {
  like?: readonly string[];
  notLike?: readonly string[];
  /** @default "required" */
  presence?: "required" | "optional" | "absent";
}

export type Proof =
  /** No such request is allowed. */
  | { answer: "proved" }
  /** This one is. */
  | { answer: "counterExample"; request: AccessRequest }
  /** It hangs on what can't be judged: never a guess. */
  | { answer: "unknown"; why: string };

/** Reads the policies once, then decides any number of questions about what the principal may do, for every request. */
export function prover(policies: Policies, principal: string): (question: Question) => Proof {
  const requester = requesterOf(principal);
  const statements = Object.entries(readPolicies(policies)).flatMap(([policy, placed]) =>
    placed.map((one) => ({ ...one, policy: policy as PolicyKind })),
  );
  return (question) => {
    if (requester === undefined)
      return { answer: "unknown", why: "the principal is not one user, role, session or root" };
    const model = modelOf(statements, question, requester, policies);
    if (typeof model === "string") return { answer: "unknown", why: model };
    const { formula, variables } = model;
    const decided = decide(formula, new Map(variables.map(({ name, witnesses }) => [name, witnesses.length])));
    if (decided.answer === "impossible") return { answer: "proved" };
    if (decided.answer === "unknown") return decided;
    const request = requestOf(decided.choice, variables, principal);
    const doubt = unconfirmed(request, policies, question);
    return doubt === undefined ? { answer: "counterExample", request } : { answer: "unknown", why: doubt };
  };
}

type Placed = PlacedStatement & { policy: PolicyKind };

interface Model {
  formula: Formula;
  variables: readonly Variable[];
}

/** The action, the resource, who asks, and each key: what a request is made of. */
const names = { action: "action", resource: "resource", principal: "principal" } as const;
const keyPrefix = "key ";
const tooMany = (what: string) => `there are too many kinds of ${what}`;
const noKeys = () => undefined;

/** What must be true of a request that the question asks for; or in one line why it can't be said. */
function modelOf(
  all_: readonly Placed[],
  question: Question,
  requester: Requester,
  policies: Policies,
): Model | string {
  const action = actionVariable(all_, question);
  if (action === undefined) return tooMany("actions");
  const isAsked = atom(action, (value) => within(value, question.actions.map(lower), question.notActions?.map(lower)));
  const relevant = all_.filter((placed) => "why" in placed || overlap(isAsked, actionAtom(action, placed)));
  const resource = resourceVariable(relevant, question);
  if (resource === undefined) return tooMany("resources");
  const keys = keyVariables(relevant, question, requester, policies.accountId);
  if (typeof keys === "string") return keys;

  const context = Object.entries(question.context ?? {}).map(([key, wanted]) =>
    isWanted(keys.get(nameOf(key)), wanted),
  );
  const isOn = atom(resource, (value) => within(value, question.resources ?? ["*"], question.notResources));
  const about = (policy: PolicyKind, effect: "Allow" | "Deny", least: Reach): Formula =>
    some(
      ...relevant
        .filter((placed) => placed.policy === policy)
        .map((placed) => applies(placed, effect, least, { action, resource, keys, requester })),
    );
  const own = ownPolicies(action, resource);
  const denied = some(
    about("identity", "Deny", "direct"),
    about("boundary", "Deny", "direct"),
    all(own.resource, about("resource", "Deny", "account")),
    all(own.key, about("key", "Deny", "account")),
  );
  const isSame = requester.account === policies.accountId;
  const granted = question.attached === "anything" ? all() : grant(about, own, isSame, policies.boundary !== undefined);
  const principal: Variable = { name: names.principal, witnesses: [requester.arn] };
  return {
    formula: all(isAsked, isOn, ...context, granted, not(denied)),
    variables: [action, resource, principal, ...keys.values()],
  };
}

/** As in evaluator/grants.ts, for all requests at once. */
function grant(
  about: (policy: PolicyKind, effect: "Allow" | "Deny", least: Reach) => Formula,
  own: Record<"resource" | "key" | "none", Formula>,
  isSame: boolean,
  hasBoundary: boolean,
): Formula {
  const isWithin = hasBoundary ? about("boundary", "Allow", "direct") : all();
  const byIdentity = all(about("identity", "Allow", "direct"), isWithin);
  const by = (policy: "resource" | "key") => {
    const both = all(byIdentity, about(policy, "Allow", "account"));
    if (!isSame) return both;
    const alone = some(about(policy, "Allow", "direct"), all(about(policy, "Allow", "role"), isWithin));
    return some(alone, policy === "key" ? both : byIdentity);
  };
  return some(all(own.none, isSame ? byIdentity : never), all(own.resource, by("resource")), all(own.key, by("key")));
}

function ownPolicies(action: Variable, resource: Variable): Record<"resource" | "key" | "none", Formula> {
  const isKms = atom(action, (value) => serviceOf(value as string) === "kms");
  const [isNone, isKey] = [undefined, "key"].map((policy) =>
    atom(resource, (value) => ownPolicyOf("kms:any", value as string) === policy),
  ) as [Formula, Formula];
  const isStar = atom(resource, (value) => value === "*");
  return {
    none: some(isStar, all(isKms, isNone)),
    resource: all(not(isKms), not(isStar)),
    key: all(isKms, isKey),
  };
}

interface Parts {
  action: Variable;
  resource: Variable;
  keys: ReadonlyMap<string, Variable>;
  requester: Requester;
}

/** Whether a statement of this effect is about the request, and reaches who asks that far. */
function applies(placed: Placed, effect: "Allow" | "Deny", least: Reach, parts: Parts): Formula {
  if ("why" in placed) return doubt(placed.why);
  const { statement } = placed;
  if (statement.effect !== effect) return never;
  const conditions = statement.conditions.map(({ key, isMet }) => {
    const variable = parts.keys.get(nameOf(key)) as Variable;
    return atom(variable, (value) => isMet((asked) => (nameOf(asked) === nameOf(key) ? value : undefined)));
  });
  return all(
    actionAtom(parts.action, placed),
    atom(parts.resource, (value) => resourceMet(statement, { resource: value as string, context: noKeys })),
    ...conditions,
    reach(statement.principals === undefined ? undefined : reachOf(statement.principals, parts.requester), least),
  );
}

function reach(reached: ReturnType<typeof reachOf> | undefined, least: Reach): Formula {
  if (reached === undefined) return all();
  const isFar = (far: Reach) => reaches.indexOf(far) >= reaches.indexOf(least);
  if (isFar(reached.sure)) return all();
  return isFar(reached.possible) ? doubt(reached.why ?? "it is not known whom a statement is about") : never;
}

/** Who asks is known, so that the variable has one kind. */
function doubt(why: string): Formula {
  return { variable: names.principal, sure: 0n, possible: 1n, why };
}

function actionAtom(action: Variable, placed: Placed): Formula {
  if ("why" in placed) return doubt(placed.why);
  return atom(action, (value) => actionMet(placed.statement, { action: value as string, context: noKeys }));
}

function overlap(one: Formula, other: Formula): boolean {
  const sets = [one, other].map((formula) => ("variable" in formula ? formula.possible : 0n)) as [bigint, bigint];
  return (sets[0] & sets[1]) !== 0n;
}

const anyPart = (except: string) => [
  { many: false, except },
  { many: true, except },
];
const actionForm: Language = [...anyPart(":"), { oneOf: ":" }, ...anyPart(":")];

function actionVariable(placed: readonly Placed[], { actions, notActions = [] }: Question): Variable | undefined {
  const texts = placed.flatMap((one) => ("why" in one ? [] : one.statement.actions.texts));
  const asked = [...actions, ...notActions, "kms:*", "sts:*"].map(lower);
  const languages = [...texts, ...asked].flatMap(like);
  // A role's trust policy has rules of its own.
  const isOne = (text: string) => oneAction.test(text) && serviceOf(text) !== "sts";
  return variableOf({ name: names.action, languages: [...languages, actionForm], within: isOne });
}

function resourceVariable(
  placed: readonly Placed[],
  { resources = [], notResources = [] }: Question,
): Variable | undefined {
  const texts = placed.flatMap((one) => ("why" in one ? [] : one.statement.resources.texts));
  const asked = [...resources, ...notResources, "arn:*:kms:*:*:key/*"];
  const languages = [...texts.flatMap((text) => [...like(text), ...likeArn(text)]), ...asked.flatMap(like)];
  const isOne = (text: string) => text === "*" || oneArn.test(text);
  const forms: Language[] = [[{ oneOf: "*" }], ...likeArn("arn:?*:?*:*:*:?*"), ...likeArn("arn:*:kms:*:*:key/*")];
  return variableOf({ name: names.resource, languages: [...languages, ...forms], within: isOne });
}

/** A variable for each key that a condition or the question names. */
function keyVariables(
  placed: readonly Placed[],
  { context = {} }: Question,
  requester: Requester,
  accountId: string,
): ReadonlyMap<string, Variable> | string {
  const conditions = placed.flatMap((one) => ("why" in one ? [] : one.statement.conditions));
  const wanted = new Map(Object.entries(context).map(([key, value]) => [nameOf(key), value]));
  const implied = contextOf({}, requester, accountId);
  const variables = new Map<string, Variable>();
  for (const name of new Set([...conditions.map(({ key }) => nameOf(key)), ...wanted.keys()])) {
    const value = wanted.has(name) ? undefined : implied(name.slice(keyPrefix.length));
    const own = conditions.filter(({ key }) => nameOf(key) === name);
    const asked = wanted.get(name);
    const variable =
      value === undefined || value instanceof Doubt
        ? keyVariable(name, own, [...(asked?.like ?? []), ...(asked?.notLike ?? [])])
        : { name, witnesses: [value] };
    if (variable === undefined) return tooMany(`values of ${name}`);
    variables.set(name, variable);
  }
  return variables;
}

function keyVariable(
  name: string,
  conditions: readonly Extract<Placed, { statement: unknown }>["statement"]["conditions"][number][],
  asked: readonly string[],
): Variable | undefined {
  const isCompared = (as: string) => conditions.some(({ compared }) => compared === as);
  const [isArn, isBoolean] = [isCompared("arn"), isCompared("boolean")];
  const languages = [...conditions.flatMap(languagesOf), ...asked.flatMap(like), ...(isArn ? likeArn("arn:*") : [])];
  return variableOf({
    name,
    languages,
    // What is no ARN, or no boolean, AWS has under no such key.
    within: (text) => (!isArn || oneArn.test(text)) && (!isBoolean || /^(true|false)$/i.test(text)),
    isOptional: true,
    isSet: conditions.some(({ isOfSet }) => isOfSet),
  });
}

function isWanted(
  variable: Variable | undefined,
  { like: wanted, notLike = [], presence = "required" }: Wanted,
): Formula {
  if (variable === undefined) return never;
  return atom(variable, (value) => {
    if (value === undefined) return presence !== "required";
    if (presence === "absent") return false;
    const values = [value].flat();
    const isLike = wanted === undefined || values.some((one) => isAny(wanted, one) === true);
    return isLike && !values.some((one) => isAny(notLike, one) === true);
  });
}

function within(value: Value, wanted: readonly string[], except: readonly string[] = []): Truth {
  return every([isAny(wanted, value as string), notTrue(isAny(except, value as string))], (truth) => truth);
}

function lower(text: string): string {
  return text.toLowerCase();
}

function isAny(patterns: readonly string[], text: string): Truth {
  return someTrue(patterns, (one) => matchesWild(pattern(one, "2012-10-17")(noKeys) as readonly Token[], text));
}

/** Names of keys ignore case. */
function nameOf(key: string): string {
  return `${keyPrefix}${key.toLowerCase()}`;
}

function requestOf(choice: Choice, variables: readonly Variable[], principal: string): AccessRequest {
  const value = (name: string) =>
    variables.find((variable) => variable.name === name)?.witnesses[choice.get(name) as number];
  const keys = variables.filter(({ name, witnesses }) => name.startsWith(keyPrefix) && witnesses.length > 1);
  const context = keys.flatMap(({ name }) => {
    const given = value(name);
    return given === undefined ? [] : [[name.slice(keyPrefix.length), given] as const];
  });
  const asking = value(`${keyPrefix}aws:principalarn`) ?? principal;
  return {
    principal: asking as string,
    action: value(names.action) as string,
    resource: value(names.resource) as string,
    context: Object.fromEntries(context),
  };
}

/** What is found by the formula must be found by the evaluator too. */
function unconfirmed(request: AccessRequest, policies: Policies, { attached }: Question): string | undefined {
  const { decision, why } = evaluator(policies)(request);
  const isConfirmed = decision === "allowed" || (attached === "anything" && decision === "implicitlyDenied");
  return isConfirmed ? undefined : (why ?? "the evaluator does not confirm what was found");
}
