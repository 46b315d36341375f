import { type Applied, grantedBy } from "./grants";
import { type PlacedStatement, type Policies, type PolicyKind, readPolicies, type StatementPlace } from "./policies";
import { type AccessRequest, type Ask, readRequest } from "./request";
import { reached } from "./statement";

export interface Decision {
  /** `unknown`: it hangs on something that this evaluator doesn't judge; it never guesses. */
  decision: "allowed" | "explicitlyDenied" | "implicitlyDenied" | "unknown";
  /** The statements that decide; those in doubt where the decision is unknown. */
  by: StatementPlace[];
  /** With `unknown`: why, in one line. */
  why?: string;
}

/**
 * Decides as AWS does (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html):
 * reads the policies once, then answers any number of requests.
 */
export function evaluator(policies: Policies): (request: AccessRequest) => Decision {
  const read = readPolicies(policies);
  return (request) => {
    const ask = readRequest(request, policies.accountId);
    if (typeof ask === "string") return { decision: "unknown", by: [], why: ask };
    return decide(ask, read, ask.requester.account === policies.accountId, policies.boundary !== undefined);
  };
}

function decide(
  ask: Ask,
  policies: Record<PolicyKind, PlacedStatement[]>,
  sameAccount: boolean,
  hasBoundary: boolean,
): Decision {
  // No policy of an identity is about the root user.
  const isRoot = ask.requester.kind === "root";
  const own = ask.ownPolicy === undefined ? [] : policies[ask.ownPolicy];
  const about = (effect: "Allow" | "Deny") => ({
    identity: isRoot ? [] : applied(policies.identity, effect, ask),
    boundary: isRoot ? [] : applied(policies.boundary, effect, ask),
    resource: applied(own, effect, ask),
  });

  const denials = Object.values(about("Deny")).flat();
  const certain = denials.filter(({ sure }) => sure !== "none");
  if (certain.length > 0) return { decision: "explicitlyDenied", by: places(certain) };

  const grants = { ...about("Allow"), isRoot, isKey: ask.ownPolicy === "key", sameAccount, hasBoundary };
  const atMost = grantedBy(grants, "possible");
  if (atMost === undefined) return { decision: "implicitlyDenied", by: [] };
  const atLeast = grantedBy(grants, "sure");
  if (atLeast === undefined) return unknown(atMost.filter(({ sure, possible }) => sure !== possible));
  return denials.length > 0 ? unknown(denials) : { decision: "allowed", by: places(atLeast) };
}

/** The statements of one effect that are or may be about the request; what can't be read may be of either. */
function applied(statements: readonly PlacedStatement[], effect: "Allow" | "Deny", ask: Ask): Applied[] {
  return statements.flatMap((placed): Applied[] => {
    const { place } = placed;
    if ("why" in placed) return [{ place, sure: "none", possible: "direct", why: placed.why }];
    if (placed.statement.effect !== effect) return [];
    const reach = reached(placed.statement, ask);
    return reach.possible === "none" ? [] : [{ place, ...reach }];
  });
}

function places(statements: readonly Applied[]): StatementPlace[] {
  return statements.map(({ place }) => place);
}

function unknown(doubtful: readonly Applied[]): Decision {
  const { place, why } = doubtful[0] as Applied;
  return { decision: "unknown", by: places(doubtful), why: `${nameOf(place)}: ${why}` };
}

function nameOf({ policy, document, statement, sid }: StatementPlace): string {
  const which = policy === "identity" ? `identity policy ${document}` : `${policy} policy`;
  return statement === undefined ? which : `${which}, statement ${sid ?? statement}`;
}
