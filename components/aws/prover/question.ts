import type { Formula } from "../../prover/formula";
import type { Language } from "../../prover/language";
import { atom, type Variable } from "../../prover/variables";
import { matchesArn, matchesWild, pattern, type Token } from "../evaluator/patterns";
import { like, likeArn } from "./languages";

/** Is there a request like this that is allowed? All texts are patterns as in IAM's `StringLike`. */
export interface Question {
  /** At least one of them, and none of `notActions`. */
  actions: readonly string[];
  notActions?: readonly string[];
  /** Of ARNs, part by part. `*` is any resource, and that of actions that have none. @default ["*"] */
  resources?: readonly string[];
  /** Part by part or as a whole. */
  notResources?: readonly string[];
  /**
   * The keys that the request must or must not have. Others are free, except those that follow from the principal. A key
   * of the principal that stands here, such as `aws:PrincipalArn`, is as it stands; a policy that names principals by ARN
   * still compares with the principal itself.
   */
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

/** The same with actions in lower case, as requests are decided. */
export function normalized(question: Question): Question {
  const lower = (texts: readonly string[]) => texts.map((text) => text.toLowerCase());
  return { ...question, actions: lower(question.actions), notActions: lower(question.notActions ?? []) };
}

export function isAskedAction(action: Variable, { actions, notActions = [] }: Question): Formula {
  const [isOne, isExcepted] = [anyOf(actions), anyOf(notActions)];
  return atom(action, (value) => isOne(value as string) && !isExcepted(value as string));
}

export function isAskedResource(resource: Variable, { resources = ["*"], notResources = [] }: Question): Formula {
  const [isOne, isExcepted, isExceptedAsWhole] = [anyArnOf(resources), anyArnOf(notResources), anyOf(notResources)];
  return atom(resource, (value) => {
    const one = value as string;
    return isOne(one) && !isExcepted(one) && !isExceptedAsWhole(one);
  });
}

export function isWanted(
  key: Variable,
  { like: patterns = ["*"], notLike = [], presence = "required" }: Wanted,
): Formula {
  const [isOne, isExcepted] = [anyOf(patterns), anyOf(notLike)];
  return atom(key, (value) => {
    if (value === undefined) return presence !== "required";
    const values = [value].flat();
    return presence !== "absent" && values.some(isOne) && !values.some(isExcepted);
  });
}

/** The languages by which a question tells requests apart. */
export function askedActions({ actions, notActions = [] }: Question): Language[] {
  return [...actions, ...notActions].flatMap(like);
}

export function askedResources({ resources = [], notResources = [] }: Question): Language[] {
  return [...[...resources, ...notResources].flatMap(likeArn), ...notResources.flatMap(like)];
}

export function askedValues({ like: patterns = [], notLike = [] }: Wanted): Language[] {
  return [...patterns, ...notLike].flatMap(like);
}

/** Patterns are read once, and asked of every kind. */
function anyOf(patterns: readonly string[]): (text: string) => boolean {
  const wanted = patterns.map(tokensOf);
  return (text) => wanted.some((tokens) => matchesWild(tokens, text));
}

function anyArnOf(patterns: readonly string[]): (resource: string) => boolean {
  if (patterns.includes("*")) return () => true;
  const wanted = patterns.map(tokensOf);
  return (resource) => resource !== "*" && wanted.some((tokens) => matchesArn(tokens, resource) === true);
}

function tokensOf(text: string): readonly Token[] {
  return pattern(text, "2012-10-17")(() => undefined) as readonly Token[];
}
