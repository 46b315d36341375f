import { setTimeout as sleep } from "node:timers/promises";
import { LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import { CannotTry } from "./tries";
import { type Actor, sessionName, type World } from "./world";

/** As far as we look at it: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
interface TrailEvent {
  eventName: string;
  errorCode?: string;
  userIdentity: { sessionContext?: { sessionIssuer?: { arn?: string } } };
  requestParameters?: { secretId?: string; encryptionContext?: Record<string, string> };
}

/** Most events are there after five: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/how-cloudtrail-works.html */
const longestMinutes = 15;
const pause = 30_000;

type Seen = { holds: boolean; saw: string };

/** The key's policy and the alerts tell roles apart by their path. */
export async function issuerHasPath(world: World): Promise<Seen> {
  const { userIdentity } = await find(world, "a.admin", ({ eventName }) => eventName === "GetSecretValue");
  const arn = userIdentity.sessionContext?.sessionIssuer?.arn;
  return { holds: arn === world.a.roleArns.admin, saw: `sessionIssuer.arn is ${arn}` };
}

/** The alerts look for names and for ARNs. */
export async function secretIdIsAsSent(world: World): Promise<Seen> {
  const { requestParameters } = await find(world, "a.admin", ({ eventName }) => eventName === "GetSecretValue");
  const secretId = requestParameters?.secretId;
  return { holds: secretId === world.a.stored.name, saw: `requestParameters.secretId is ${secretId}` };
}

export async function denialHasCode(world: World): Promise<Seen> {
  const { errorCode } = await find(world, "a.member", ({ eventName }) => eventName === "GetSecretValue");
  return { holds: errorCode?.startsWith("AccessDenied") === true, saw: `errorCode is ${errorCode}` };
}

export async function decryptNamesSecret(world: World): Promise<Seen> {
  const { requestParameters, userIdentity } = await find(world, "a.admin", ({ eventName }) => eventName === "Decrypt");
  const secretArn = requestParameters?.encryptionContext?.SecretARN;
  const issuer = userIdentity.sessionContext?.sessionIssuer?.arn;
  return {
    holds: secretArn === world.a.stored.arn && issuer === world.a.roleArns.admin,
    saw: `SecretARN is ${secretArn}, sessionIssuer.arn is ${issuer}`,
  };
}

/** Looked for until this long after the run's first look: the next one need not wait as long again. */
const ends = new WeakMap<World, number>();

async function find(world: World, actor: Actor, wanted: (event: TrailEvent) => boolean): Promise<TrailEvent> {
  const end = ends.get(world) ?? Date.now() + longestMinutes * 60_000;
  ends.set(world, end);
  const attribute = { AttributeKey: "Username", AttributeValue: sessionName(world.site, actor) } as const;
  for (;;) {
    const { Events = [] } = await world.trail.send(new LookupEventsCommand({ LookupAttributes: [attribute] }));
    const events = Events.map(({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent as string) as TrailEvent);
    const found = events.find(wanted);
    if (found !== undefined) return found;
    if (Date.now() + pause > end) throw new CannotTry(`CloudTrail did not show it within ${longestMinutes} minutes`);
    await sleep(pause, undefined, { signal: world.site.interruption });
  }
}
