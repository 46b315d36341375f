import { type Requester, requesterOf } from "./requester";

/**
 * How far a policy reaches towards who asks. Named by account, they still need an Allow of their own; what is given to
 * a role, its boundary limits; what is given to a user, a session or everyone, nothing limits but an explicit Deny
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html).
 */
export const reaches = ["none", "account", "role", "direct"] as const;
export type Reach = (typeof reaches)[number];

/** At least, and at most; why the two differ where they do. */
export interface Reached {
  sure: Reach;
  possible: Reach;
  why?: string;
}

/** How far one name in a Principal element reaches. */
export type Principal = (requester: Requester) => Reached;

export type PrincipalElement = "*" | Readonly<Record<string, readonly string[]>>;

const exactly = (reach: Reach): Reached => ({ sure: reach, possible: reach });
const maybe = (why: string): Reached => ({ sure: "none", possible: "direct", why });
const everyone: Principal = () => exactly("direct");

export function reachOf(principals: readonly Principal[], requester: Requester): Reached {
  const found = principals.map((principal) => principal(requester));
  const why = found.find((reached) => reached.why !== undefined)?.why;
  const [sure, possible] = [furthest(found.map((one) => one.sure)), furthest(found.map((one) => one.possible))];
  return sure === possible || why === undefined ? { sure, possible } : { sure, possible, why };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
export function principals(element: PrincipalElement): Principal[] {
  if (element === "*") return [everyone];
  return Object.entries(element).flatMap(([kind, names]) => names.map((name) => principalOf(kind, name)));
}

/** Our policies never use it: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html */
export const notPrincipal: Principal = () => maybe("this evaluator doesn't know NotPrincipal");

function principalOf(kind: string, name: string): Principal {
  // Neither is who we decide about: users, roles and their sessions.
  if (kind === "Service" || kind === "Federated") return () => exactly("none");
  if (kind !== "AWS") return () => maybe(`this evaluator doesn't know principals of the kind ${kind}`);
  if (name === "*") return everyone;
  if (/^\d{12}$/.test(name)) return (requester) => account(name, requester);
  const named = requesterOf(name);
  if (named === undefined) return () => maybe("this evaluator doesn't know a principal by that name");
  return (requester) => (named.kind === "root" ? account(named.account, requester) : identity(named, requester));
}

function account(id: string, requester: Requester): Reached {
  return exactly(requester.account === id ? "account" : "none");
}

function identity(named: Requester, requester: Requester): Reached {
  if (named.arn === requester.arn) return exactly(named.kind === "role" ? "role" : "direct");
  const sameRole = named.role !== undefined && named.role === requester.role && named.account === requester.account;
  if (sameRole && named.kind === "role" && requester.kind === "session") return exactly("role");
  if (sameRole && named.kind === "session" && requester.kind === "role") {
    return maybe("one session of the role is named, and any of them may ask");
  }
  return exactly("none");
}

function furthest(found: readonly Reach[]): Reach {
  return found.reduce((far, reach) => (reaches.indexOf(reach) > reaches.indexOf(far) ? reach : far), "none");
}
