import { type Formula, never } from "../../prover/formula";
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
   * What the request's keys must be; others are as one likes, but what follows from who asks. One of these that is named
   * here, `aws:PrincipalArn`, is as named: a policy that names principals by ARN still compares with who asks.
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
  return atom(action, (value) => isAny(actions, value as string) && !isAny(notActions, value as string));
}

export function isAskedResource(resource: Variable, { resources = ["*"], notResources = [] }: Question): Formula {
  return atom(resource, (value) => {
    const one = value as string;
    return isAnyArn(resources, one) && !isAnyArn(notResources, one) && !isAny(notResources, one);
  });
}

/** A key that no condition names has no variable but the question's. */
export function isWanted(key: Variable | undefined, wanted: Wanted): Formula {
  const { like: patterns = ["*"], notLike = [], presence = "required" } = wanted;
  if (key === undefined) return never;
  return atom(key, (value) => {
    if (value === undefined) return presence !== "required";
    const values = [value].flat();
    return (
      presence !== "absent" && values.some((one) => isAny(patterns, one)) && !values.some((one) => isAny(notLike, one))
    );
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

function isAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((one) => matchesWild(tokensOf(one), text));
}

function isAnyArn(patterns: readonly string[], resource: string): boolean {
  return patterns.some((one) => one === "*" || (resource !== "*" && matchesArn(tokensOf(one), resource) === true));
}

function tokensOf(text: string): readonly Token[] {
  return pattern(text, "2012-10-17")(() => undefined) as readonly Token[];
}
