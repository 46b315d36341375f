/** https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets, and projects.locations.secrets */
import { alreadyExists, GoogleError, invalid, notFound } from "../errors";
import type { Resource } from "../state";
import { agentMay, requireAgent } from "./agents";
import type { Answer, Method, Methods, Request, World } from "./method";

const families = ["secretmanager.projects.secrets", "secretmanager.projects.locations.secrets"];

/** Of global and of regional secrets: the location is in their names. */
export const secretMethods: Methods = Object.fromEntries(
  Object.entries({ create, get, patch, delete: remove }).flatMap(([verb, method]: [string, Method]) =>
    families.map((family) => [`${family}.${verb}`, method]),
  ),
);

interface Settings extends Resource {
  replication?: {
    automatic?: { customerManagedEncryption?: Encryption };
    userManaged?: { replicas?: { location: string; customerManagedEncryption?: Encryption }[] };
  };
  customerManagedEncryption?: Encryption;
  topics?: { name: string }[];
  rotation?: { rotationPeriod?: string; nextRotationTime?: string };
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  expireTime?: string;
  ttl?: string;
}

interface Encryption {
  kmsKeyName: string;
}

const secretIds = /^[a-zA-Z0-9_-]{1,255}$/;

function create(world: World, { name: parent, parameters: { secretId = "" }, body }: Request): Answer {
  const name = `${parent}/secrets/${secretId}`;
  if (!secretIds.test(secretId)) throw invalid(`secretId must match ${secretIds.source}`);
  if (world.state.get(name) !== undefined) throw alreadyExists(name);
  refuseMoments(body);
  refuseSettings(world, name, body);
  const secret = world.state.put(name, { ...body, name, createTime: world.state.now() });
  return { resource: answered(world, secret), created: name };
}

function get(world: World, { name }: Request): Answer {
  return { resource: answered(world, secretAt(world, name)) };
}

function patch(world: World, { name, parameters, body }: Request): Answer {
  const fields = (parameters.updateMask ?? "").split(",");
  if (fields.includes("replication")) throw invalid("replication can't be changed");
  const kept = Object.entries(secretAt(world, name)).filter(([field]) => !fields.includes(field));
  const given = Object.entries(body).filter(([field]) => fields.includes(field));
  refuseMoments(Object.fromEntries(given));
  const changed = Object.fromEntries([...kept, ...given]);
  refuseSettings(world, name, changed);
  return { resource: answered(world, world.state.put(name, changed)) };
}

function remove(world: World, { name }: Request): Answer {
  secretAt(world, name);
  world.state.remove(name);
  return { resource: {} };
}

export function secretAt({ state }: World, name: string): Settings {
  const secret = state.get(name);
  if (secret === undefined) throw notFound(name);
  return secret;
}

/** Answers have the project's number, whatever was asked for. */
export function answered({ projects }: World, resource: Resource): Resource {
  return { ...resource, name: projects.byNumber(resource.name as string) };
}

/** What the description of the API says in words only. */
function refuseSettings(world: World, name: string, settings: Settings): void {
  const { replication, customerManagedEncryption, rotation, topics = [], labels = {}, annotations = {} } = settings;
  const regional = name.includes("/locations/");
  if (regional && replication !== undefined) throw invalid("replication: a regional secret has none");
  if (!regional && customerManagedEncryption !== undefined)
    throw invalid("customerManagedEncryption: a global secret has it in its replication");
  if (!regional && Object.keys(replication ?? {}).length !== 1)
    throw invalid("replication: must be automatic or userManaged");
  if (rotation !== undefined && topics.length === 0) throw invalid("rotation: topics must be set");
  if (rotation?.rotationPeriod !== undefined && rotation.nextRotationTime === undefined)
    throw invalid("rotation.nextRotationTime: must be set with rotationPeriod");
  if (settings.expireTime !== undefined && settings.ttl !== undefined) throw invalid("expireTime: not with ttl");
  refuseLabels(labels);
  if (Buffer.byteLength(Object.entries(annotations).flat().join("")) > 16 * 1024)
    throw invalid("annotations: at most 16 KiB in all");
  refuseKeys(world, name, settings);
  for (const topic of topics) requireAgent(world, name, world.projects.byId(topic.name), "roles/pubsub.publisher");
}

const farthest = 3_153_600_000;

/** When they are set; what is kept may have passed since. */
function refuseMoments({ rotation, expireTime }: Settings): void {
  refuseMoment("rotation.nextRotationTime", rotation?.nextRotationTime, 300);
  refuseMoment("expireTime", expireTime, 60);
}

function refuseMoment(field: string, moment: string | undefined, nearest: number): void {
  if (moment === undefined) return;
  const seconds = (Date.parse(moment) - Date.now()) / 1000;
  if (seconds < nearest || seconds > farthest)
    throw invalid(`${field}: must be ${nearest} to ${farthest} seconds in the future`);
}

/** https://cloud.google.com/secret-manager/docs/creating-and-managing-labels */
function refuseLabels(labels: Record<string, string>): void {
  const entries = Object.entries(labels);
  if (entries.length > 64) throw invalid("labels: at most 64");
  for (const [key, value] of entries) {
    if (!/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key))
      throw invalid(`labels: the key ${key} is no label's`);
    if (!/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(value)) throw invalid(`labels.${key}: the value is no label's`);
  }
}

const useOfKey = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

/** Keys are where the values are, and Secret Manager may use them: https://cloud.google.com/secret-manager/docs/cmek */
export function refuseKeys(world: World, name: string, settings: Settings): void {
  for (const { kmsKeyName, location } of keysOf(name, settings)) {
    const key = world.projects.byId(kmsKeyName);
    if (key.split("/")[3] !== location) throw invalid(`the key ${key} must be in the location ${location}`);
    if (world.state.get(key) === undefined || !agentMay(world, name, key, useOfKey))
      throw new GoogleError(
        403,
        `Permission 'cloudkms.cryptoKeyVersions.useToEncrypt' denied on resource '${key}' (or it may not exist).`,
      );
  }
}

function keysOf(name: string, { replication, customerManagedEncryption: own }: Settings) {
  const automatic = replication?.automatic?.customerManagedEncryption;
  const replicas = replication?.userManaged?.replicas ?? [];
  return [
    ...(automatic === undefined ? [] : [{ ...automatic, location: "global" }]),
    ...replicas.flatMap(({ location, customerManagedEncryption: key }) =>
      key === undefined ? [] : [{ ...key, location }],
    ),
    ...(own === undefined ? [] : [{ ...own, location: name.split("/")[3] as string }]),
  ];
}
