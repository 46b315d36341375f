import type { Actor, Home, Kind } from "./cast";
import type { ResourcePolicies } from "./documents";
import type { Request } from "./simulate";

/** A request in the words of the rules, as the one who calls sees it: "own" is what belongs to the caller's workspace. */
export type Facts = Record<string, string>;

/** What there is in the account. */
export interface World {
  /** The workspace that requests are about, and another one. */
  homes: readonly [Home, Home];
  resources: ResourcePolicies;
  /** The secrets that the workloads are bound to, by ARN. */
  bound: string[];
  /** Roles of no workspace that a key's policy lets decrypt: break glass, deployers that read. */
  readers: string[];
  /** Roles of no workspace that a lockdown lets change a secret's policy and tags. */
  keepers: string[];
}

export const validation = "RequestToValidateKeyAccess";
const tagKey = "vantedge-workspace";

export function factsOf(request: Request, actor: Actor, world: World): Facts {
  const same = { account: yes(request.resource === "*" || request.resource.split(":")[4] === actor.account) };
  if (request.resource.includes(":secret:")) return { ...same, ...secretFacts(request, actor, world) };
  if (request.resource.includes(":kms:")) return { ...same, ...keyFacts(request, actor, world) };
  if (request.resource.includes(":function:")) {
    return { ...same, runs: own(isFunctionOf(request.resource, actor.home)) };
  }
  const group = /:log-group:\/aws\/lambda\/(vantedge-[^:]*)/.exec(request.resource)?.[1];
  return group === undefined ? same : { ...same, log: own(group.startsWith(`vantedge-${actor.home?.workspace}-`)) };
}

function secretFacts({ resource, context }: Request, { home, kind, arn }: Actor, world: World): Facts {
  const holder = world.homes.find((one) => isNamed(resource, one));
  const within = (kinds: Kind[]) => holder?.workspace === home?.workspace && kinds.includes(kind);
  const name = context["secretsmanager:Name"];
  const stored = context[`aws:ResourceTag/${tagKey}`];
  const asked = context[`aws:RequestTag/${tagKey}`];
  const isOwnKey = (arn: string) => home?.keyArns.includes(arn) ?? false;
  const untagged = [context["aws:TagKeys"] ?? []].flat();
  return {
    secret: own(home !== undefined && isSecretOf(resource, home)),
    marked: yes(home !== undefined && stored === home.workspace),
    bound: yes(world.bound.includes(resource)),
    rotated: whose(context["secretsmanager:resource/AllowRotationLambdaArn"], (arn) => isFunctionOf(arn, home)),
    name: whose(name, (text) => home !== undefined && text.startsWith(`${home.prefix}/${home.workspace}/`)),
    tag: whose(asked, (text) => text === home?.workspace),
    keyArn: whose(context["secretsmanager:KmsKeyArn"], isOwnKey),
    keyId: whose(context["secretsmanager:KmsKeyId"], isOwnKey),
    replicas: yes(context["secretsmanager:AddReplicaRegions"] !== undefined),
    untags: own(untagged.some((key) => key.startsWith("vantedge-"))),
    function: whose(context["secretsmanager:RotationLambdaARN"], (arn) => isFunctionOf(arn, home)),
    public: String(context["secretsmanager:BlockPublicPolicy"]) === "true" ? "never" : "maybe",
    // What a lockdown looks at.
    locked: yes(holder !== undefined),
    reader: yes(within(reading)),
    keeper: yes(within(["owner"]) || world.keepers.includes(arn)),
    force: yes(context["secretsmanager:ForceDeleteWithoutRecovery"] === "true"),
  };
}

/** The kinds that read values in their workspace. */
const reading: Kind[] = ["admin", "owner", "workload", "rotator"];

function keyFacts({ resource, context }: Request, { home, arn, kind }: Actor, world: World): Facts {
  const via = context["kms:ViaService"] as string | undefined;
  const keeper = world.homes.find(({ keyArns }) => keyArns.includes(resource));
  const secret = context["kms:EncryptionContext:SecretARN"] as string | undefined;
  const version = context["kms:EncryptionContext:SecretVersionId"];
  const reads = home?.workspace === keeper?.workspace && reading.includes(kind);
  return {
    key: own(home?.keyArns.includes(resource) ?? false),
    via: viaOf(via, keeper),
    ours: viaOf(via, home),
    // For whose secret: one of the caller's workspace, and one of the key's.
    for:
      secret === validation
        ? "validation"
        : own(secret !== undefined && home !== undefined && isSecretOf(secret, home)),
    in:
      secret === validation
        ? "validation"
        : own(secret !== undefined && keeper !== undefined && isSecretOf(secret, keeper)),
    bound: yes(secret !== undefined && world.bound.includes(secret)),
    // Of what function are the environment variables that the key decrypts.
    variables: whose(context["kms:EncryptionContext:aws:lambda:FunctionArn"], (arn) => isFunctionOf(arn, home)),
    version: version === validation ? "validation" : "stored",
    reader: yes((keeper !== undefined && reads) || world.readers.includes(arn)),
    guarded: yes(keeper !== undefined),
    managed: viaOf(via, world.homes[0]) === "secrets" ? "open" : "closed",
  };
}

/** The prefix is the authority: the name's first two parts, in a region and the account of the workspace. */
function isSecretOf(arn: string, home: Home): boolean {
  const [, , , region, holder] = arn.split(":") as string[];
  return isNamed(arn, home) && holder === home.account && home.regions.includes(region as string);
}

function isNamed(arn: string, { prefix, workspace }: Home): boolean {
  const [first, second, ...rest] = (arn.split(":")[6] as string).split("/");
  return first === prefix && second === workspace && rest.length > 0;
}

function isFunctionOf(arn: string, home: Home | undefined): boolean {
  const [, , , region, , , name] = arn.split(":") as string[];
  return home !== undefined && home.regions.includes(region as string) && isNameOf(name as string, home);
}

function isNameOf(functionName: string, { workspace }: Home): boolean {
  return functionName.startsWith(`vantedge-${workspace}-`);
}

function viaOf(service: string | undefined, home: Home | undefined): string {
  if (service === undefined) return "nothing";
  const regions = home?.regions ?? [];
  return regions.some((region) => service === `secretsmanager.${region}.amazonaws.com`) ? "secrets" : "other";
}

function whose(value: string | string[] | undefined, isOwn: (text: string) => boolean): string {
  return value === undefined ? "none" : own(isOwn(String(value)));
}

function own(is: boolean): string {
  return is ? "own" : "other";
}

function yes(is: boolean): string {
  return is ? "yes" : "no";
}
