import type { Statement } from "./statements";

/** Keys that narrow who may ask, or through what, with a value of the account's own. */
const narrowing =
  /^(aws:(principalorgid|principalorgpaths|principalarn|principalaccount|principaltag\/.+|userid|sourcearn|sourceaccount|sourceowner|sourceorgid|sourceorgpaths|sourcevpc|sourcevpce|sourceip|vpcsourceip|principalservicename)|kms:(calleraccount|viaservice)|sts:externalid)$/i;

/** A wildcard alone, every address, any organization, and ARNs of any account: those of S3 have none. */
const anyones = /^([*?]*|0\.0\.0\.0\/0|::\/0|o-\*.*|arn:[^:]*:(?!s3:)[^:]*:[^:]*:\*(:.*)?)$/;

/**
 * Whether a statement's conditions leave few of those that its principals name. `Null`, a wildcard alone, a denial of some
 * and whatever holds where the key is missing (`IfExists`) narrow nothing.
 */
export function isNarrowed({ conditions }: Statement): boolean {
  return Object.entries(conditions).some(
    ([operator, keys]) =>
      !holdsForOthers(operator) &&
      Object.entries(keys).some(([key, wanted]) => narrowing.test(key) && !wanted.some((value) => anyones.test(value))),
  );
}

/** Operators that hold for all but some, or where the key is missing. */
export function holdsForOthers(operator: string): boolean {
  return /^(ForAllValues:|null$)|not|ifexists$/i.test(operator);
}

/** Whether an Allow is for everybody, and nothing narrows it; what isn't wholly known yet is not said to be. */
export function letsEverybodyIn(statement: Statement): boolean {
  const { effect, isPartial } = statement;
  return effect === "Allow" && !isPartial && namesEverybody(statement) && !isNarrowed(statement);
}

/** `*`, `AWS: "*"`, or an ARN that any account may match. */
function namesEverybody({ principals }: Statement): boolean {
  return principals.some(
    ({ kind, name }) => (kind === "*" || kind === "AWS") && /^(\*|arn:[^:]*:iam::\*:.*)$/.test(name),
  );
}
