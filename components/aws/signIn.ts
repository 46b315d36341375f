import type { AwsCloudPlace } from "../backend";

/** The account that credentials must be of, and a region of it. */
export type AwsHome = Pick<AwsCloudPlace, "accountId" | "region">;

export function wrongAccount(expected: string, actual: string): string {
  return (
    `aws.accountId: the credentials are of account ${actual}, not ${expected}: ` +
    "choose the profile or role of that account (AWS_PROFILE, assumeRoleArn), or correct accountId"
  );
}

/** The reason of a failed sign-in: AWS's name of the error, or the network's. */
export interface SignInFailure {
  name: string;
  code?: string;
}

/** The same in one line that says what to do. */
export function signInProblem(
  { name, code }: SignInFailure,
  { region, accountId, assumeRoleArn }: AwsHome & Pick<AwsCloudPlace, "assumeRoleArn">,
): string {
  const account = `AWS account ${accountId}`;
  switch (name) {
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
      return `AWS refuses the credentials for ${account} (${name}): check AWS_PROFILE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;
    case "AccessDenied":
    case "AccessDeniedException":
      return assumeRoleArn === undefined
        ? `the credentials may not ask who they are in ${account}: allow sts:GetCallerIdentity`
        : `the credentials may not take ${assumeRoleArn}: let the role's trust policy name them, and allow them sts:AssumeRole`;
    default:
      return `AWS can't be reached in ${region} (${code ?? name}): check the region, the network and AWS_ENDPOINT_URL`;
  }
}

const noCredentials =
  /No valid credential sources|no EC2 IMDS role|failed to (get|load) shared config|get credentials/i;
const networkReasons =
  /connection refused|no such host|i\/o timeout|deadline exceeded|network is unreachable|TLS|x509/i;
/** pkg/v3 resource/deploy/providers, in pulumi/pulumi. */
const noDefaultProvider = /Default provider for .* disabled/;
const takingRole = /IAM Role \((arn:[^)]+)\)/;

/** A failure as Terraform's AWS provider words it: https://github.com/hashicorp/aws-sdk-go-base/blob/main/internal/config/errors.go */
export function providersProblem(said: string, home: AwsHome): string {
  if (noDefaultProvider.test(said)) {
    return "the default provider of AWS is disabled (pulumi:disable-default-providers): give the component a provider";
  }
  const assumeRoleArn = takingRole.exec(said)?.[1];
  const known = assumeRoleArn === undefined ? home : { ...home, assumeRoleArn };
  const name = /\bapi error (\w+)/.exec(said)?.[1];
  if (name !== undefined) return signInProblem({ name }, known);
  if (assumeRoleArn !== undefined) return signInProblem({ name: "AccessDenied" }, known);
  if (noCredentials.test(said)) return signInProblem({ name: "CredentialsProviderError" }, home);
  return signInProblem({ name: networkReasons.exec(said)?.[0] ?? "no answer" }, home);
}
