import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { KMSClient } from "@aws-sdk/client-kms";
import { ResourceExplorer2Client } from "@aws-sdk/client-resource-explorer-2";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Stack } from "@pulumi/pulumi/automation";
import type { RoleName } from "../../components/roles";
import type { Credentials } from "./account";
import type { Engine } from "./engine";
import type { Site } from "./site";
import type { LiveWorkspace } from "./workspaces";

/** Who does what is tried: the caller, or a role of one of the workspaces. */
export type Actor = "caller" | `${"a" | "b"}.${RoleName}`;

export interface Clients {
  secrets: SecretsManagerClient;
  kms: KMSClient;
}

/** What tries work on. */
export interface World {
  site: Site;
  a: LiveWorkspace;
  b: LiveWorkspace;
  engine: Engine;
  stack: Stack;
  credentialsOf(actor: Actor): Promise<Credentials>;
  clientsOf(actor: Actor): Promise<Clients>;
  /** As the caller. */
  trail: CloudTrailClient;
  explorer: ResourceExplorer2Client;
}

export function worldOf(site: Site, workspaces: Record<"a" | "b", LiveWorkspace>, engine: Engine, stack: Stack): World {
  const { region, caller } = site;
  const own = { region, credentials: caller.credentials };
  const credentialsOf = once((actor: Actor) => {
    if (actor === "caller") return Promise.resolve(caller.credentials);
    const [which, role] = actor.split(".") as ["a" | "b", RoleName];
    return takeRole(workspaces[which].roleArns[role] as string, sessionName(site, actor), site);
  });
  const clientsOf = once(async (actor: Actor) => {
    const config = { region, credentials: await credentialsOf(actor) };
    return { secrets: new SecretsManagerClient(config), kms: new KMSClient(config) };
  });
  return {
    site,
    ...workspaces,
    engine,
    stack,
    credentialsOf,
    clientsOf,
    trail: new CloudTrailClient(own),
    explorer: new ResourceExplorer2Client(own),
  };
}

/** CloudTrail knows a session by it. */
export function sessionName({ run }: Site, actor: Actor): string {
  return `${run}-${actor}`;
}

/**
 * A role that was just made can't be taken at once: IAM is consistent in the end. The SDK's own retries, which double
 * their pauses, wait for it: a refusal is marked as one that passes.
 */
async function takeRole(roleArn: string, session: string, { region, caller }: Site): Promise<Credentials> {
  const sts = new STSClient({ region, credentials: caller.credentials, maxAttempts: 12 });
  const whereRetriesSeeIt = { relation: "after", toMiddleware: "retryMiddleware", name: "roleIsNew" } as const;
  sts.middlewareStack.addRelativeTo(refusalPasses, whereRetriesSeeIt);
  const { Credentials: given } = await sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: session }));
  return {
    accessKeyId: given?.AccessKeyId as string,
    secretAccessKey: given?.SecretAccessKey as string,
    sessionToken: given?.SessionToken as string,
  };
}

function refusalPasses<Request, Answer>(next: (request: Request) => Promise<Answer>) {
  return async (request: Request): Promise<Answer> => {
    try {
      return await next(request);
    } catch (error) {
      const refusal = error as Error & { $retryable?: object };
      if (refusal.name.startsWith("AccessDenied")) refusal.$retryable = {};
      throw refusal;
    }
  };
}

/** The answer for each key is asked for once; a failure is not kept. */
function once<Key, Answer>(ask: (key: Key) => Promise<Answer>): (key: Key) => Promise<Answer> {
  const answers = new Map<Key, Promise<Answer>>();
  return (key) => {
    const known = answers.get(key) ?? ask(key);
    answers.set(key, known);
    known.catch(() => answers.delete(key));
    return known;
  };
}
