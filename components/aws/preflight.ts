import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import type { AwsCloudPlace } from "../backend";
import { wrongAccount } from "./account";

/**
 * Whether the credentials are there, valid, and of the right account: asked before the engine starts a provider, whose
 * own message would stand among others. Undefined: all is well.
 */
export async function accessProblem(access: AwsCloudPlace): Promise<string | undefined> {
  const config: STSClientConfig = { region: access.region, maxAttempts: 2 };
  try {
    const credentials = access.assumeRoleArn === undefined ? undefined : await assume(access.assumeRoleArn, config);
    const identity = await new STSClient({ ...config, ...credentials }).send(new GetCallerIdentityCommand({}));
    return identity.Account === access.accountId
      ? undefined
      : wrongAccount(access.accountId, identity.Account ?? "unknown");
  } catch (error) {
    return explain(error as Error & { code?: string }, access);
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

function explain(error: Error & { code?: string }, { region, accountId, assumeRoleArn }: AwsCloudPlace): string {
  const account = `AWS account ${accountId}`;
  switch (error.name) {
    case "CredentialsProviderError":
      return `no AWS credentials found for ${account}: run "aws sso login" or "aws configure", or set AWS_PROFILE`;
    case "ExpiredToken":
    case "ExpiredTokenException":
    case "TokenRefreshRequired":
      return `the AWS credentials for ${account} have expired: run "aws sso login", or renew them`;
    case "InvalidClientTokenId":
    case "UnrecognizedClientException":
    case "SignatureDoesNotMatch":
    case "AuthFailure":
      return `AWS refuses the credentials for ${account} (${error.name}): check AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;
    case "AccessDenied":
    case "AccessDeniedException":
      return assumeRoleArn === undefined
        ? `the credentials may not ask who they are in ${account}: allow sts:GetCallerIdentity`
        : `the credentials may not take ${assumeRoleArn}: let the role's trust policy name them, and allow them sts:AssumeRole`;
    default:
      return `AWS can't be reached in ${region} (${error.code ?? error.name}): check the region, the network and AWS_ENDPOINT_URL`;
  }
}
