/** https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets.versions */
import { GoogleError, invalid, notFound } from "../errors";
import type { Resource } from "../state";
import type { Answer, Method, Methods, Request, World } from "./method";
import { answered, refuseKeys, secretAt } from "./secrets";

const families = ["secretmanager.projects.secrets", "secretmanager.projects.locations.secrets"];

const methods: Methods = {
  addVersion,
  "versions.get": (world, { name }) => ({ resource: answered(world, versionAt(world, name)) }),
  "versions.access": access,
  "versions.enable": (world, request) => changeState(world, request, { state: "ENABLED" }),
  "versions.disable": (world, request) => changeState(world, request, { state: "DISABLED" }),
  "versions.destroy": destroy,
};

export const versionMethods: Methods = Object.fromEntries(
  Object.entries(methods).flatMap(([verb, method]: [string, Method]) =>
    families.map((family) => [`${family}.${verb}`, method]),
  ),
);

const payloadLimit = 64 * 1024;

function addVersion(world: World, { name: secret, body }: Request): Answer {
  refuseKeys(world, secret, secretAt(world, secret));
  const { data } = (body.payload ?? {}) as { data?: string };
  if (data === undefined || data === "") throw invalid("payload.data: must be given");
  if (Buffer.from(data, "base64").length > payloadLimit) throw invalid("payload.data: at most 64 KiB");
  const name = `${secret}/versions/${world.state.nextNumber(secret)}`;
  world.state.payloads.set(name, data);
  const version = world.state.put(name, { name, createTime: world.state.now(), state: "ENABLED" });
  return { resource: answered(world, version), created: name };
}

function access(world: World, { name }: Request): Answer {
  const version = versionAt(world, name);
  if (version.state !== "ENABLED") throw invalid(`[${version.name}] is in ${version.state} state.`);
  const data = world.state.payloads.get(version.name as string);
  if (data === undefined)
    throw new GoogleError(503, `[${version.name}]: values live as long as the local cloud's process`);
  return { resource: { name: answered(world, version).name, payload: { data } } };
}

function changeState(world: World, { name }: Request, change: Resource): Answer {
  const version = versionAt(world, name);
  if (version.state === "DESTROYED") throw invalid(`[${version.name}] is in DESTROYED state.`);
  return { resource: answered(world, world.state.put(version.name as string, { ...version, ...change })) };
}

/** With a delay it is disabled until then: https://cloud.google.com/secret-manager/docs/delay-destruction-of-secret-versions */
function destroy(world: World, request: Request): Answer {
  const delay = secretAt(world, request.name.replace(/\/versions\/.*$/, "")).versionDestroyTtl;
  if (typeof delay === "string") {
    const due = new Date(Date.now() + Number.parseInt(delay, 10) * 1000).toISOString();
    return changeState(world, request, { state: "DISABLED", scheduledDestroyTime: due });
  }
  const answer = changeState(world, request, { state: "DESTROYED", destroyTime: world.state.now() });
  world.state.payloads.delete(request.name);
  return answer;
}

/** By its number, by an alias, or the latest. */
function versionAt(world: World, name: string): Resource {
  const [secret = "", asked = ""] = name.split("/versions/");
  const aliases = (secretAt(world, secret).versionAliases ?? {}) as Record<string, string>;
  const latest = world.state.lastNumber(secret);
  if (asked === "latest" && latest === 0) throw new GoogleError(404, `[${secret}] not found or has no versions.`);
  const found = world.state.get(`${secret}/versions/${asked === "latest" ? latest : (aliases[asked] ?? asked)}`);
  if (found === undefined) throw notFound(name);
  return found;
}
