import * as pulumi from "@pulumi/pulumi";
import { identityOf, type SignIn } from "./preflight";
import type { AwsHome } from "./signIn";

/**
 * Why the default provider can't sign in, in one line, found before the engine starts it: its own message is long, and
 * where AWS can't be reached it tries for minutes. Undefined where it can, or where only the provider itself knows.
 * Without an engine, in unit tests, nobody is asked.
 */
export async function defaultProviderProblem(home: AwsHome): Promise<string | undefined> {
  const signIn = defaultSignIn();
  if (signIn === undefined || pulumi.runtime.getEngine() === undefined) return undefined;
  return (await identityOf({ cloud: "aws", ...home }, signIn)).problem;
}

/** Settings of the provider that don't change who signs in, or that are understood below. */
const understood = [
  ...["region", "profile", "accessKey", "secretKey", "token"],
  ...["defaultTags", "ignoreTags", "allowedAccountIds", "forbiddenAccountIds"],
];

/** How the default provider signs in; undefined where a setting of its own or a proxy decides, which only it heeds. */
function defaultSignIn(): SignIn | undefined {
  const settings = Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith("aws:"));
  const proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
  if (!settings.every((key) => understood.includes(key.slice("aws:".length)))) return undefined;
  if (proxies.some((name) => process.env[name])) return undefined;
  const setting = (key: string) => pulumi.runtime.getConfig(`aws:${key}`);
  const profile = setting("profile");
  if (profile !== undefined) return { profile };
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  const ofSettings = keys(setting("accessKey"), setting("secretKey"), setting("token"));
  // The provider takes keys from the environment before the profile that AWS_PROFILE names; the SDK here would not.
  return ofSettings ?? keys(AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN) ?? {};
}

function keys(
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
  sessionToken: string | undefined,
): SignIn | undefined {
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } };
}
