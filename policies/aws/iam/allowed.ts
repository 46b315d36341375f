import { wildcard } from "../../wildcard";
import type { Statement } from "../documents/statements";

/** Which of these actions a statement allows: its wildcards cover them, or its NotAction leaves them in. */
export function allowedOf({ effect, actions, notActions }: Statement, of: readonly string[]): string[] {
  if (effect !== "Allow") return [];
  const named = of.filter((action) => actions.some((pattern) => covers(pattern, action)));
  if (notActions.length === 0) return named;
  return of.filter((action) => !notActions.some((pattern) => covers(pattern, action)));
}

/** IAM's wildcards, whatever the case: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
export function covers(pattern: string, action: string): boolean {
  return wildcard(pattern, "i").test(action);
}

/** How the last part of an ARN begins where it is of any resource: a bucket's ARN has a name there, not a kind. */
const kinds = "alias|cluster|db|function|group|instance|key|log-group|parameter|policy|role|secret|table|trail|user";
const anything = new RegExp(`^(\\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:((${kinds})[:/])?\\*(/\\*)?)$`);

/** Whether a statement reaches everything of a kind: `*`, `arn:aws:kms:*:*:key/*`, or NotResource. */
export function isEverywhere({ resources, notResources }: Statement): boolean {
  return notResources.length > 0 || resources.some((resource) => anything.test(resource));
}

/** Conditions that every request meets, or that say nothing of what is reached. */
const idle =
  /^aws:(securetransport|multifactorauthpresent|multifactorauthage|currenttime|epochtime|requestedregion|useragent)$/i;

/** Whether conditions keep a statement to some resources, callers or ways: what the published checks call constrained. */
export function isConstrained({ conditions }: Statement): boolean {
  return Object.entries(conditions).some(([operator, keys]) => {
    if (/^null$/i.test(operator)) return false;
    return Object.entries(keys).some(
      ([key, wanted]) => !idle.test(key) && !wanted.every((value) => /^[*?]+$/.test(value)),
    );
  });
}
