import type { Statement } from "./statements";

/** Keys that narrow who may ask, or through what, with a value of the account's own. */
const narrowing =
  /^(aws:(principalorgid|principalorgpaths|principalarn|principalaccount|principaltag\/.+|userid|sourcearn|sourceaccount|sourceorgid|sourceorgpaths|sourcevpc|sourcevpce|sourceip|vpcsourceip|principalserviceName)|kms:(calleraccount|viaservice)|sts:externalid)$/i;

/**
 * Whether a statement's conditions leave few of those that its principals name. `Null`, a wildcard alone, a denial of some
 * and whatever holds where the key is missing (`IfExists`) narrow nothing.
 */
export function isNarrowed({ conditions }: Statement): boolean {
  return Object.entries(conditions).some(([operator, keys]) => {
    if (/^(ForAllValues:|null$)|not|ifexists$/i.test(operator)) return false;
    return Object.entries(keys).some(
      ([key, wanted]) =>
        narrowing.test(key) && !wanted.some((value) => /^[*?]*$/.test(value) || /^(0\.0\.0\.0|::)\/0$/.test(value)),
    );
  });
}

/** `*`, `AWS: "*"`, or an ARN that any account may match. */
export function namesEverybody({ principals }: Statement): boolean {
  return principals.some(
    ({ kind, name }) => (kind === "*" || kind === "AWS") && /^(\*|arn:[^:]*:iam::\*:.*)$/.test(name),
  );
}
