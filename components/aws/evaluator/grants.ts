import type { StatementPlace } from "./policies";
import { type Reach, type Reached, reaches } from "./principals";

/** A statement that is, or may be, about the request. */
export interface Applied extends Reached {
  place: StatementPlace;
}

/** The Allow statements about a request, and what else says which of them are needed. */
export interface Grants {
  identity: readonly Applied[];
  boundary: readonly Applied[];
  /** Of the resource's own policy, or the key's. */
  resource: readonly Applied[];
  isRoot: boolean;
  isKey: boolean;
  sameAccount: boolean;
  hasBoundary: boolean;
}

/**
 * The statements that together grant the request, where nothing denies it; undefined: they don't. By what is sure, or
 * by what is possible. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html, for
 * other accounts .../reference_policies_evaluation-logic-cross-account.html, for keys
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export function grantedBy(grants: Grants, by: "sure" | "possible"): readonly Applied[] | undefined {
  const reaching = (applied: readonly Applied[], least: Reach) =>
    applied.filter((one) => reaches.indexOf(one[by]) >= reaches.indexOf(least));
  const toAccount = reaching(grants.resource, "account");
  const toRole = reaching(grants.resource, "role");
  const direct = reaching(grants.resource, "direct");
  const { isRoot, isKey, sameAccount } = grants;

  // The root user may do all in its account, but a key obeys its own policy alone.
  if (isRoot && sameAccount && !isKey) return [];
  if (isRoot) return nonEmpty(toAccount);

  const own = reaching(grants.identity, "direct");
  const within = reaching(grants.boundary, "direct");
  const isWithin = !grants.hasBoundary || within.length > 0;
  const ownGrant = own.length > 0 && isWithin ? [...own, ...within] : undefined;

  // Another account's principal needs both sides.
  if (!sameAccount) return ownGrant && toAccount.length > 0 ? [...ownGrant, ...toAccount] : undefined;
  if (direct.length > 0) return direct;
  if (toRole.length > 0 && isWithin) return [...toRole, ...within];
  if (isKey) return ownGrant && toAccount.length > 0 ? [...ownGrant, ...toAccount] : undefined;
  return ownGrant;
}

function nonEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined;
}
