import * as pulumi from "@pulumi/pulumi";
import { identityOf, type SignIn, signInByKeys, signInOfEnvironment } from "./preflight";
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

/** How the default provider signs in; undefined where only it knows. */
function defaultSignIn(): SignIn | undefined {
  if (!isPlain() || isInline()) return undefined;
  const setting = (key: string) => pulumi.runtime.getConfig(`aws:${key}`);
  const profile = setting("profile");
  if (profile !== undefined) return { profile };
  return signInByKeys(setting("accessKey"), setting("secretKey"), setting("token")) ?? signInOfEnvironment();
}

/**
 * Whether the Automation API runs the program in a process of its own, whose environment is not the engine's. A program
 * that Pulumi starts is told where the engine is (@pulumi/pulumi, cmd/run); a plugin for other languages has no stack.
 */
function isInline(): boolean {
  return pulumi.runtime.getStackResource() !== undefined && process.env.PULUMI_NODEJS_MONITOR === undefined;
}

/** Whether there is a default provider, and neither a setting of its own nor a proxy decides that only it heeds. */
function isPlain(): boolean {
  if (pulumi.runtime.getConfig("pulumi:disable-default-providers") !== undefined) return false;
  const settings = Object.keys(pulumi.runtime.allConfig()).filter((key) => key.startsWith("aws:"));
  const proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
  return (
    settings.every((key) => understood.includes(key.slice("aws:".length))) && !proxies.some((name) => process.env[name])
  );
}
