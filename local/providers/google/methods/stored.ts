/** What is created, asked for, changed and deleted without rules of its own. */
import { createHash } from "node:crypto";
import { alreadyExists, notFound } from "../errors";
import { projectOf } from "../projects";
import type { Resource } from "../state";
import type { Answer, Methods, Request, World } from "./method";

interface Kind {
  create: string;
  nameOf: (request: Request, resource: Resource) => string;
  /** What Google adds. */
  adds?: (world: World, name: string) => Resource;
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
    adds: (_, name) => ({ email: name.split("/").at(-1), uniqueId: digitsOf(name) }),
    update: "patch",
  },
  "logging.projects.sinks": {
    create: "create",
    nameOf: ({ name }, sink) => `${name}/sinks/${sink.name}`,
    adds: ({ projects }, name) => ({
      name: name.split("/").at(-1),
      writerIdentity: `serviceAccount:service-${projects.numberOf(projectOf(name))}@gcp-sa-logging.iam.gserviceaccount.com`,
    }),
    update: "patch",
  },
  "monitoring.projects.alertPolicies": {
    create: "create",
    nameOf: (request, policy) => numbered("alertPolicies", request, policy),
    update: "patch",
  },
  "monitoring.projects.notificationChannels": {
    create: "create",
    nameOf: (request, channel) => numbered("notificationChannels", request, channel),
    update: "patch",
  },
  "pubsub.projects.topics": { create: "create", nameOf: ({ name }) => name, update: "patch", inBody: "topic" },
  "storage.buckets": {
    create: "insert",
    nameOf: (_, bucket) => `buckets/${bucket.name}`,
    adds: (_, name) => ({ name: name.split("/").at(-1), metageneration: "1" }),
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
  const name = kind.nameOf(request, resource);
  if (world.state.get(name) !== undefined) throw alreadyExists(name);
  if (kind.within !== undefined) at(world, name.replace(kind.within, ""));
  return { resource: put(kind, world, name, resource), created: name };
}

function update(kind: Kind, world: World, request: Request): Answer {
  at(world, request.name);
  return { resource: put(kind, world, request.name, resourceIn(kind, request)) };
}

function remove(world: World, { name }: Request): Answer {
  at(world, name);
  world.state.remove(name);
  return { resource: {} };
}

function resourceIn({ inBody }: Kind, { body }: Request): Resource {
  return inBody !== undefined && body[inBody] !== undefined ? (body[inBody] as Resource) : body;
}

function put({ adds = () => ({}) }: Kind, world: World, name: string, resource: Resource): Resource {
  return world.state.put(name, { ...resource, name, ...adds(world, name) });
}

function at({ state }: World, name: string): Resource {
  const resource = state.get(name);
  if (resource === undefined) throw notFound(name);
  return resource;
}

/** Google numbers these. Here the number comes from what makes two of them differ. */
function numbered(collection: string, { name }: Request, { displayName }: Resource): string {
  return `${name}/${collection}/${digitsOf(`${name}/${collection}/${displayName}`)}`;
}

function digitsOf(text: string): string {
  return BigInt(`0x${createHash("sha256").update(text).digest("hex").slice(0, 15)}`)
    .toString()
    .padStart(19, "1")
    .slice(0, 19);
}
