import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import type * as pulumi from "@pulumi/pulumi";
import { InputError } from "../errors";
import { lookupOptions } from "../lookup";

export function wrongAccount(expected: string, actual: string): string {
  return (
    `aws.accountId: the credentials are of account ${actual}, not ${expected}: ` +
    "choose the profile or role of that account (AWS_PROFILE, assumeRoleArn), or correct accountId"
  );
}

/**
 * The account, once it is known that the credentials are its own. What is created waits for this, so that nothing is
 * made in a wrong account and no policy names one.
 */
export function verifiedAccount(accountId: string, options: pulumi.CustomResourceOptions): pulumi.Output<string> {
  const identity = getCallerIdentityOutput({}, lookupOptions(options));
  return identity.accountId.apply((actual) => {
    if (actual !== accountId) throw new InputError([wrongAccount(accountId, actual)]);
    return actual;
  });
}
