import { type Context, contextOf } from "./context";
import { type Requester, requesterOf } from "./requester";

/** Who wants to do what with which resource. */
export interface AccessRequest {
  /** ARN of a user, a role, one session of a role, or an account's root user. */
  principal: string;
  /** For example `secretsmanager:GetSecretValue`. */
  action: string;
  /** The ARN of one resource, or `*` for an action that has none. */
  resource: string;
  /**
   * The request's keys, whatever their case; what isn't here is missing. `aws:PrincipalArn` (but a session's),
   * `aws:PrincipalAccount`, `aws:ResourceAccount` and `kms:CallerAccount` follow from the request.
   */
  context?: Readonly<Record<string, string | readonly string[]>>;
}

/** A request in the form in which statements are matched. */
export interface Ask {
  requester: Requester;
  /** In lower case. */
  action: string;
  resource: string;
  /** Whose own policy has a say beside the identity's: the resource's or the key's; of KMS, keys alone have one. */
  ownPolicy: "resource" | "key" | undefined;
  context: Context;
}

/** In lower case. */
export const oneAction = /^[a-z0-9-]+:[a-z0-9]+$/;
export const oneArn = /^arn:[^:*?]+:[^:*?]+:[^:*?]*:(?<account>[^:*?]*):[^*?]+$/;
const keyArn = /^arn:[^:]+:kms:[^:]*:[^:]*:key\//;

/** The request, or in one line why it is none that can be decided. */
export function readRequest(request: AccessRequest, accountId: string): Ask | string {
  const { principal, resource } = request;
  const requester = requesterOf(principal);
  if (requester === undefined) return "the principal is not the ARN of one user, role, session or root user";
  const action = request.action.toLowerCase();
  if (!oneAction.test(action)) return "the action is not one service:Name";
  // A role's trust policy has rules of its own.
  if (serviceOf(action) === "sts") return "this evaluator doesn't decide who may take a role";
  const account = oneArn.exec(resource)?.groups?.["account"];
  if (resource !== "*" && account === undefined) return "the resource is neither one ARN nor *";
  if (account && account !== accountId) return "the resource is not in the account whose policies are given";
  const context = contextOf(request.context ?? {}, requester, accountId);
  return { requester, action, resource, ownPolicy: ownPolicyOf(action, resource), context };
}

export function serviceOf(action: string): string {
  return action.slice(0, action.indexOf(":"));
}

/** Whose own policy has a say in an action on a resource. */
export function ownPolicyOf(action: string, resource: string): Ask["ownPolicy"] {
  if (resource === "*") return undefined;
  if (serviceOf(action) !== "kms") return "resource";
  return keyArn.test(resource) ? "key" : undefined;
}
