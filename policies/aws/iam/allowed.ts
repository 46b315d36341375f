import type { Values } from "../../value";
import { wildcard } from "../../wildcard";
import { holdsForOthers } from "../documents/narrow";
import { type Statement, statementsOf } from "../documents/statements";

/** Some actions that a statement allows on everything. */
export interface Wide {
  /** Of the statement. */
  path: string;
  allowed: string[];
}

/**
 * Which of these actions a resource's documents allow on everything, without a condition that narrows them and a denial
 * that takes them back. Administrators' statements have a rule of their own. What a condition or an exception names may not be
 * known yet, so a statement that isn't known in full is asked about at `up`.
 */
export function allowedEverywhere(type: string, inputs: Values, of: readonly string[]): Wide[] {
  const statements = statementsOf(type, inputs, "identity");
  const denials = statements.filter(isDenialOfAll);
  const left = of.filter((action) => !denials.some((denial) => isOf(denial, action)));
  return statements
    .filter((statement) => statement.effect === "Allow" && !statement.isPartial)
    .filter((statement) => isEverywhere(statement) && !isConstrained(statement) && !isEverything(statement))
    .map((statement) => ({ path: statement.path, allowed: left.filter((action) => isOf(statement, action)) }))
    .filter(({ allowed }) => allowed.length > 0);
}

function isDenialOfAll({ effect, resources, conditions, isPartial }: Statement): boolean {
  return effect === "Deny" && resources.includes("*") && Object.keys(conditions).length === 0 && !isPartial;
}

/** Whether a statement is about an action: its wildcards cover it, or its NotAction leaves it in. */
function isOf({ actions, notActions }: Statement, action: string): boolean {
  if (notActions.length > 0) return !notActions.some((pattern) => covers(pattern, action));
  return actions.some((pattern) => covers(pattern, action));
}

/** IAM's wildcards, whatever the case: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
export function covers(pattern: string, action: string): boolean {
  return wildcard(pattern, "i").test(action);
}

/** `Action: "*"`: that a statement allows everything is said once. */
export function isEverything({ actions }: Statement): boolean {
  return actions.some((action) => /^[*?]*\*[*?]*(:[*?]+)?$/.test(action));
}

/** Whether a statement reaches everything of a kind: `*`, `arn:aws:kms:*:*:key/*`, or NotResource. */
export function isEverywhere({ resources, notResources }: Statement): boolean {
  return notResources.length > 0 || resources.some(isAnything);
}

/** Services in whose ARNs the last part begins with a name of one's own, and not with a kind. */
const unkinded = /^(execute-api|s3|sns|sqs)$/;
/** A wildcard may go over the end of a kind: `secret*`. */
const openKind = /^(group|key|parameter|policy|role|secret|table|trail|user)(?=\*)/;

function isAnything(resource: string): boolean {
  const [, , service = "", , , ...last] = resource.split(":");
  // A wildcard goes over colons too: `arn:aws:kms:*`.
  if (last.length === 0) return resource.endsWith("*");
  const name = last.join(":");
  return /^[*?:/-]*\*[*?:/-]*$/.test(
    unkinded.test(service) ? name : name.replace(openKind, "").replace(/^[a-z-]+[:/]/i, ""),
  );
}

/** Conditions that every request of a caller meets, or that say nothing of what is reached. */
const idle =
  /^(aws:(currenttime|epochtime|multifactorauthage|multifactorauthpresent|principalaccount|principalisawsservice|principaltype|referer|requestedregion|securetransport|tokenissuetime|useragent)|kms:calleraccount|s3:(signatureversion|tlsversion)|secretsmanager:versionstage)$/i;
/** Always in a request, so that `IfExists` leaves nothing open. */
const alwaysThere = /^(aws:(principal(arn|orgid)|resource(account|orgid))|iam:passedtoservice)$/i;

/** Whether conditions keep a statement to some resources, callers or ways: what the published checks call constrained. */
export function isConstrained({ conditions }: Statement): boolean {
  return Object.entries(conditions).some(([operator, keys]) =>
    Object.entries(keys).some(([key, wanted]) => {
      if (idle.test(key) || wanted.some((value) => /^([*?]+|0\.0\.0\.0\/0|::\/0)$/.test(value))) return false;
      return !holdsForOthers(alwaysThere.test(key) ? operator.replace(/IfExists$/i, "") : operator);
    }),
  );
}
