import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import type { AwsCloudPlace } from "../backend";
import { signInProblem, wrongAccount } from "./signIn";

/** How to sign in where the environment alone does not tell. */
export type SignIn = Pick<STSClientConfig, "credentials" | "profile">;

/** The provider takes keys from the environment before the profile that AWS_PROFILE names; the SDK by itself would not. */
export function signInOfEnvironment(): SignIn {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  return signInByKeys(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN) ?? {};
}

export function signInByKeys(
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
  sessionToken: string | undefined,
): SignIn | undefined {
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } };
}

/** Somebody waits for the answer, and a network that drops packets gives none. */
const impatient: STSClientConfig = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};

/**
 * Whether the credentials are there, valid, and of the right account: asked before the engine starts a provider, whose
 * own message would stand among others. Undefined: all is well.
 */
export async function accessProblem(access: AwsCloudPlace): Promise<string | undefined> {
  const { account, problem } = await identityOf(access);
  if (problem !== undefined) return problem;
  return account === access.accountId ? undefined : wrongAccount(access.accountId, account);
}

type Identity = { account: string; problem?: undefined } | { account?: undefined; problem: string };

/** Whose the credentials are, or in one line why they can't be used. */
export async function identityOf(access: AwsCloudPlace, signIn: SignIn = signInOfEnvironment()): Promise<Identity> {
  const config: STSClientConfig = { ...impatient, ...signIn, region: access.region };
  try {
    const credentials = access.assumeRoleArn === undefined ? undefined : await assume(access.assumeRoleArn, config);
    const { Account } = await new STSClient({ ...config, ...credentials }).send(new GetCallerIdentityCommand({}));
    return { account: Account ?? "unknown" };
  } catch (error) {
    return { problem: signInProblem(error as Error & { code?: string }, access) };
  }
}

async function assume(roleArn: string, config: STSClientConfig): Promise<Pick<STSClientConfig, "credentials">> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: "vantedge-secrets-preflight" });
  const { Credentials: given } = await new STSClient(config).send(command);
  return {
    credentials: {
      accessKeyId: given?.AccessKeyId as string,
      secretAccessKey: given?.SecretAccessKey as string,
      sessionToken: given?.SessionToken as string,
    },
  };
}
