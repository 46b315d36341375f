import { existsSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { GetRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { PrincipalArgs } from "../../components/principals";
import { said } from "./said";

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

/** Whose account it is. */
export interface Caller {
  arn: string;
  accountId: string;
  partition: string;
  credentials: Credentials;
  /** How a role's trust policy names the caller. */
  principal: PrincipalArgs;
}

/** Longer than a run takes: what can't be removed for want of credentials costs money. */
const neededMinutes = 35;

export async function callerOf(region: string, profile: string | undefined): Promise<Caller> {
  if (profile !== undefined) {
    requireProfile(profile);
    // The profile's account is meant, whatever the environment holds.
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"]) delete process.env[name];
  }
  try {
    const config = { region, maxAttempts: 2, ...(profile === undefined ? {} : { profile }) };
    const credentials = await new STSClient(config).config.credentials();
    const { Arn: arn, Account: accountId } = await new STSClient({ ...config, credentials }).send(
      new GetCallerIdentityCommand({}),
    );
    const partition = (arn as string).split(":")[1] as string;
    const caller = { arn: arn as string, accountId: accountId as string, partition, credentials };
    requireTime(credentials);
    return { ...caller, principal: await principalOf(caller.arn, (name) => arnOfRole(name, region, credentials)) };
  } catch (error) {
    throw new Error(inOneLine(error as Error & { code?: string }, region, profile));
  }
}

/**
 * The SDK would go on to other credentials, and so to another account, where a profile is not there. Both files name
 * profiles in square brackets: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
 */
function requireProfile(profile: string): void {
  const home = path.join(os.homedir(), ".aws");
  const files = [
    process.env.AWS_CONFIG_FILE ?? path.join(home, "config"),
    process.env.AWS_SHARED_CREDENTIALS_FILE ?? path.join(home, "credentials"),
  ];
  const headings = files
    .filter((file) => existsSync(file))
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/^\s*\[\s*(?:profile\s+)?([^\]]+?)\s*\]/gm)]);
  const known = [...new Set(headings.map(([, name]) => name as string))];
  if (!known.includes(profile)) {
    const others = known.length === 0 ? "none is there" : `there are ${known.join(", ")}`;
    throw new Error(`no profile "${profile}" in ${files.join(" and ")}: ${others}`);
  }
}

function requireTime({ expiration }: Credentials): void {
  if (expiration === undefined) return;
  const minutes = Math.floor((expiration.getTime() - Date.now()) / 60_000);
  if (minutes < neededMinutes) {
    throw new Error(`the credentials end in ${minutes} minutes, and a run may take ${neededMinutes}: renew them first`);
  }
}

/** An IAM user by its ARN; a session by the ARN of its role, which stands nowhere in the session's own ARN. */
export async function principalOf(arn: string, arnOfRole: (name: string) => Promise<string>): Promise<PrincipalArgs> {
  if (/:iam::\d{12}:user\//.test(arn)) return { arn };
  const [, partition, accountId, role] = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  if (role === undefined) throw new Unsuitable(`${arn} can't take roles: use an IAM user, or a session of a role`);
  if (role.startsWith("AWSReservedSSO_")) {
    // As users name the roles that IAM Identity Center makes: their path tells its region.
    return { arnPattern: `arn:${partition}:iam::${accountId}:role/aws-reserved/sso.amazonaws.com/*${role}` };
  }
  return { arn: await arnOfRole(role) };
}

class Unsuitable extends Error {}

async function arnOfRole(name: string, region: string, credentials: Credentials): Promise<string> {
  const { Role } = await new IAMClient({ region, credentials }).send(new GetRoleCommand({ RoleName: name }));
  return Role?.Arn as string;
}

function inOneLine(error: Error & { code?: string }, region: string, profile: string | undefined): string {
  const whose = profile === undefined ? "" : ` of profile "${profile}"`;
  const login = `"aws sso login${profile === undefined ? "" : ` --profile ${profile}`}"`;
  if (error instanceof Unsuitable || error.name === "Error") return error.message;
  if (error.name === "CredentialsProviderError" || error.name === "TokenProviderError") {
    return `no AWS credentials${whose} found: name a profile with --profile, run ${login}, or renew them`;
  }
  if (/^(Expired|TokenRefreshRequired)/.test(error.name)) {
    return `the AWS credentials${whose} have expired: run ${login}, or renew them`;
  }
  if (/^(InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch|AuthFailure)/.test(error.name)) {
    return `AWS refuses the credentials${whose} (${error.name}): check the access key`;
  }
  if (error.name.startsWith("AccessDenied")) {
    return `the credentials${whose} lack a permission: ${said(error)}: use those of an administrator`;
  }
  return `AWS can't be reached in ${region} (${error.code ?? error.name}): check the region and the network`;
}

/** For a command that runs as somebody: nothing of another profile is left in it. */
export function environmentOf({ accessKeyId, secretAccessKey, sessionToken }: Credentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    // Empty, not absent: it is laid over an environment that may have one.
    AWS_SESSION_TOKEN: sessionToken ?? "",
  };
}
