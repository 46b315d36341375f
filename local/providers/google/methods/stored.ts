/** What is created, asked for, changed and deleted without rules of its own. */
import { alreadyExists, notFound } from "../errors";
import { projectOf } from "../projects";
import type { Resource } from "../state";
import type { Answer, Methods, Request, World } from "./method";

interface Kind {
  create: string;
  nameOf: (request: Request, resource: Resource, world: World) => string;
  /** What Google adds once. */
  adds?: Record<string, (world: World, name: string) => unknown>;
  update?: string;
  /** Of the body, where it is more than the resource itself. */
  inBody?: string;
  /** What must be there before. */
  within?: RegExp;
  /** Some things stay for good. */
  canBeDeleted?: false;
}

const kinds: Record<string, Kind> = {
  "cloudkms.projects.locations.keyRings": {
    create: "create",
    nameOf: ({ name, parameters }) => `${name}/keyRings/${parameters.keyRingId}`,
    canBeDeleted: false,
  },
  "cloudkms.projects.locations.keyRings.cryptoKeys": {
    create: "create",
    nameOf: ({ name, parameters }) => `${name}/cryptoKeys/${parameters.cryptoKeyId}`,
    within: /\/cryptoKeys\/.*$/,
    update: "patch",
    canBeDeleted: false,
  },
  "iam.policies": {
    create: "createPolicy",
    nameOf: ({ name, parameters }) => `${name}/${parameters.policyId}`,
    update: "update",
  },
  "iam.projects.serviceAccounts": {
    create: "create",
    inBody: "serviceAccount",
    nameOf: ({ name, body }) => `${name}/serviceAccounts/${body.accountId}@${projectOf(name)}.iam.gserviceaccount.com`,
    adds: { email: lastPart, uniqueId: ({ state }) => String(firstNumber + BigInt(state.nextNumber("uniqueIds"))) },
    update: "patch",
  },
  "logging.projects.sinks": {
    create: "create",
    nameOf: ({ name }, sink) => `${name}/sinks/${sink.name}`,
    adds: {
      name: lastPart,
      writerIdentity: ({ projects }, name) =>
        `serviceAccount:service-${projects.numberOf(projectOf(name))}@gcp-sa-logging.iam.gserviceaccount.com`,
    },
    update: "patch",
  },
  "monitoring.projects.alertPolicies": {
    create: "create",
    nameOf: ({ name }, _, world) => numbered(world, `${name}/alertPolicies`),
    update: "patch",
  },
  "monitoring.projects.notificationChannels": {
    create: "create",
    nameOf: ({ name }, _, world) => numbered(world, `${name}/notificationChannels`),
    update: "patch",
  },
  "pubsub.projects.topics": { create: "create", nameOf: ({ name }) => name, update: "patch", inBody: "topic" },
  "storage.buckets": {
    create: "insert",
    nameOf: (_, bucket) => `buckets/${bucket.name}`,
    adds: { name: lastPart, metageneration: () => "1" },
    update: "patch",
  },
};

export const storedMethods: Methods = {
  ...Object.fromEntries(Object.entries(kinds).flatMap(([family, kind]) => methodsOf(family, kind))),
  "storage.buckets.lockRetentionPolicy": (world, { name }) => {
    const bucket = at(world, name);
    const retentionPolicy = { ...(bucket.retentionPolicy as Resource), isLocked: true };
    return { resource: world.state.put(name, { ...bucket, retentionPolicy }) };
  },
};

function methodsOf(family: string, kind: Kind): [string, Methods[string]][] {
  return [
    [`${family}.${kind.create}`, (world, request) => create(kind, world, request)],
    [`${family}.get`, (world, { name }) => ({ resource: at(world, name) })],
    ...(kind.update === undefined
      ? []
      : ([[`${family}.${kind.update}`, (world, request) => update(kind, world, request)]] as [
          string,
          Methods[string],
        ][])),
    ...(kind.canBeDeleted === false ? [] : ([[`${family}.delete`, remove]] as [string, Methods[string]][])),
  ];
}

function create(kind: Kind, world: World, request: Request): Answer {
  const resource = resourceIn(kind, request);
  const name = kind.nameOf(request, resource, world);
  if (world.state.get(name) !== undefined) throw alreadyExists(name);
  if (kind.within !== undefined) at(world, name.replace(kind.within, ""));
  const adds = Object.entries(kind.adds ?? {}).map(([field, of]) => [field, of(world, name)]);
  return { resource: world.state.put(name, { ...resource, name, ...Object.fromEntries(adds) }), created: name };
}

function update(kind: Kind, world: World, request: Request): Answer {
  const old = at(world, request.name);
  const added = Object.fromEntries(["name", ...Object.keys(kind.adds ?? {})].map((field) => [field, old[field]]));
  return { resource: world.state.put(request.name, { ...resourceIn(kind, request), ...added }) };
}

function remove(world: World, { name }: Request): Answer {
  at(world, name);
  world.state.remove(name);
  return { resource: {} };
}

function resourceIn({ inBody }: Kind, { body }: Request): Resource {
  return inBody !== undefined && body[inBody] !== undefined ? (body[inBody] as Resource) : body;
}

function at({ state }: World, name: string): Resource {
  const resource = state.get(name);
  if (resource === undefined) throw notFound(name);
  return resource;
}

function lastPart(_: World, name: string): string {
  return name.split("/").at(-1) as string;
}

/** As many digits as Google gives. */
const firstNumber = 1_000_000_000_000_000_000n;

function numbered({ state }: World, collection: string): string {
  return `${collection}/${firstNumber + BigInt(state.nextNumber(collection))}`;
}
