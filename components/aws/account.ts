import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";
import type { Home } from "../backend";
import { sameError } from "../errors";
import { answerTo, lookupOptions } from "../lookup";
import { oncePerProvider } from "../oncePerProvider";
import { waitingUntil } from "../options";
import { defaultProviderProblem } from "./defaultProvider";
import { unknownRegions } from "./regions";
import { type AwsHome, providersProblem, wrongAccount } from "./signIn";

/** The account of a workspace or a trail. */
export function homeOf({ accountId, region }: Pick<Home, "accountId" | "region">): AwsHome {
  return { accountId: accountId as string, region: region as string };
}

/**
 * The account, once it is known that the credentials are its own. What is created waits for this, so that nothing is
 * made in a wrong account and no policy names one.
 */
export function verifiedAccount(home: AwsHome, options: pulumi.CustomResourceOptions): pulumi.Output<string> {
  return pulumi.output(accountOf(home, options));
}

export async function reachable(home: Home, options: pulumi.CustomResourceOptions): Promise<void> {
  await accountOf(homeOf(home), options);
}

/** Options for what is made and asked only once that is known. */
export function inAccount<Options extends Pick<pulumi.CustomResourceOptions, "parent" | "dependsOn">>(
  home: Home,
  options: Options,
): Options {
  return waitingUntil(options, reachable(home, options));
}

const once = oncePerProvider<string>("aws:index/getCallerIdentity:getCallerIdentity");

function accountOf(home: AwsHome, options: pulumi.CustomResourceOptions): Promise<string> {
  const ask = (isDefaultProvider: boolean) => askedAccount(home, isDefaultProvider, options);
  return once(options, `${home.accountId} ${home.region}`, ask);
}

async function askedAccount(
  home: AwsHome,
  isDefaultProvider: boolean,
  options: pulumi.CustomResourceOptions,
): Promise<string> {
  // A reference may be written out by hand, and a misspelt region shows as a host that gives no answer.
  const [unknown] = unknownRegions([{ path: ["aws", "region"], name: home.region }]);
  if (unknown !== undefined) throw sameError(`aws.region: ${unknown.message}`);
  const problem = isDefaultProvider ? await defaultProviderProblem(home) : undefined;
  if (problem !== undefined) throw sameError(problem);
  const asked = getCallerIdentity({}, lookupOptions(options));
  const { accountId } = await answerTo(asked, (said) => providersProblem(said, home));
  if (accountId !== home.accountId) throw sameError(wrongAccount(home.accountId, accountId));
  return accountId;
}
