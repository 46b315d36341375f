import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { LoggedCall } from "../../../../local/providers/google/callLog";
import { GoogleProvider } from "../../../../local/providers/google/provider";
import { type Instance, type Properties, unknown } from "../../../../local/providers/provider";

const number = "123456789012";
const instance: Instance = { config: { project: "acme" }, env: {} };
const types = {
  alert: "gcp:monitoring/alertPolicy:AlertPolicy",
  bucket: "gcp:storage/bucket:Bucket",
  key: "gcp:kms/cryptoKey:CryptoKey",
  keyMember: "gcp:kms/cryptoKeyIAMMember:CryptoKeyIAMMember",
  identity: "gcp:projects/serviceIdentity:ServiceIdentity",
  member: "gcp:projects/iAMMember:IAMMember",
  regional: "gcp:secretmanager/regionalSecret:RegionalSecret",
  regionalVersion: "gcp:secretmanager/regionalSecretVersion:RegionalSecretVersion",
  ring: "gcp:kms/keyRing:KeyRing",
  role: "gcp:projects/iAMCustomRole:IAMCustomRole",
  secret: "gcp:secretmanager/secret:Secret",
  secretMember: "gcp:secretmanager/secretIamMember:SecretIamMember",
  sink: "gcp:logging/projectSink:ProjectSink",
  topic: "gcp:pubsub/topic:Topic",
  topicMember: "gcp:pubsub/topicIAMMember:TopicIAMMember",
  version: "gcp:secretmanager/secretVersion:SecretVersion",
} as const;
type Kind = keyof typeof types;

const agent = `serviceAccount:service-${number}@gcp-sa-secretmanager.iam.gserviceaccount.com`;
const secretId = "projects/acme/secrets/db";
const auto = { project: "acme", secretId: "db", replication: { auto: {} } };

let folder: string;
let provider: GoogleProvider;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "google-"));
  provider = started();
});
afterEach(async () => {
  await provider.stop();
  rmSync(folder, { recursive: true });
});

function started(): GoogleProvider {
  const [stateFile, logFile] = [path.join(folder, "state.json"), path.join(folder, "calls.jsonl")];
  return new GoogleProvider({ stateFile, logFile, projectNumber: number });
}

function resource(kind: Kind) {
  const type = types[kind];
  return { urn: `urn:pulumi:s::p::${type}::${kind}`, type, name: kind };
}

function create(kind: Kind, inputs: Properties) {
  return provider.create(instance, resource(kind), inputs, false);
}

function remove(kind: Kind, id: string, inputs: Properties) {
  return provider.delete(instance, resource(kind), id, { inputs, outputs: {} });
}

function version(more: Properties = {}) {
  return create("version", { secret: secretId, secretDataWo: "canary", secretDataWoVersion: 1, ...more });
}

function latest(secret = "db") {
  const args = { project: "acme", secret, fetchSecretData: false };
  return provider.invoke(instance, "gcp:secretmanager/getSecretVersion:getSecretVersion", args);
}

/** `method name` of each call, without the API's name. */
function calls(): string[] {
  const lines = readFileSync(path.join(folder, "calls.jsonl"), "utf8").trim().split("\n");
  return lines.map((line) => {
    const { method, name } = JSON.parse(line) as LoggedCall;
    return `${method.replace(/^\w+\.projects\./, "")} ${name}`;
  });
}

async function allowAgent(): Promise<string> {
  const ring = await create("ring", { location: "global", name: "r" });
  const key = await create("key", { keyRing: ring.id, name: "k" });
  await create("identity", { service: "secretmanager.googleapis.com" });
  const role = "roles/cloudkms.cryptoKeyEncrypterDecrypter";
  await create("keyMember", { cryptoKeyId: key.id, role, member: agent });
  return key.id;
}

test("what Google's description refuses is refused in the preview, with the field and without the value", async () => {
  const check = (inputs: Properties) =>
    provider.check(instance, resource("secret"), undefined, inputs, new Uint8Array());
  expect(await check(auto)).toEqual({ inputs: auto, failures: [] });
  const { failures } = await check({ ...auto, versionDestroyTtl: "canary" });
  expect(failures).toEqual([
    {
      property: "",
      reason: "secretmanager.projects.secrets.create: versionDestroyTtl: must be of the format google-duration",
    },
  ]);
  expect((await check({ ...auto, versionDestroyTtl: unknown })).failures).toEqual([]);
});

test("what was not known in the preview is refused before a call is made", async () => {
  await expect(create("secret", { ...auto, expireTime: "tomorrow" })).rejects.toThrow("google-datetime");
  await expect(create("secret", { ...auto, unheard: 1 })).rejects.toThrow("unheard: Google's provider sends no such");
  expect(() => calls()).toThrow("ENOENT");
});

test("a preview makes nothing, and knows what it is given only", async () => {
  const { id, outputs } = await provider.create(instance, resource("version"), { secretDataWo: "canary" }, true);
  expect([id, outputs]).toEqual(["", { name: unknown, version: unknown, createTime: unknown, destroyTime: unknown }]);
  expect(() => calls()).toThrow("ENOENT");
});

test("a secret is known by its project's id, and answers with the number, as Google does", async () => {
  const made = await create("secret", auto);
  expect(made.id).toBe(secretId);
  expect(made.outputs).toMatchObject({ ...auto, name: `projects/${number}/secrets/db` });
  const { id } = await create("version", { secret: made.outputs.name as string, secretDataWo: "canary" });
  expect(id).toBe(`projects/${number}/secrets/db/versions/1`);
  expect(calls()).toEqual(["secrets.create projects/acme", `secrets.addVersion ${secretId}`]);
});

test("an id is taken once", async () => {
  await create("secret", auto);
  await expect(create("secret", auto)).rejects.toThrow(`Error 409: [${secretId}] already exists.`);
  await remove("secret", secretId, auto);
  await create("secret", auto);
});

test("versions and members need their secret", async () => {
  await expect(version()).rejects.toThrow(`Error 404: [${secretId}] not found.`);
  const grant = {
    project: "acme",
    secretId: "db",
    role: "roles/secretmanager.secretAccessor",
    member: "user:a@acme.example",
  };
  await expect(create("secretMember", grant)).rejects.toThrow(`Error 404: [${secretId}] not found.`);
  await expect(latest()).rejects.toThrow("404");
  await create("secret", auto);
  await expect(latest()).rejects.toThrow("404");
});

test("versions count by secret, each made later than the one before, and the newest is the latest", async () => {
  await create("secret", auto);
  const made = [await version(), await version(), await version()];
  expect(made.map(({ outputs }) => outputs.version)).toEqual(["1", "2", "3"]);
  const times = made.map(({ outputs }) => outputs.createTime as string);
  expect([...new Set(times)].sort()).toEqual(times);
  expect(await latest()).toMatchObject({ version: "3", createTime: times[2], enabled: true, secretData: "" });
  await create("secret", { ...auto, secretId: "other" });
  expect((await version({ secret: "projects/acme/secrets/other" })).outputs.version).toBe("1");
});

test("a secret that is made again counts from 1 again, at another time", async () => {
  await create("secret", auto);
  const first = await version();
  await remove("secret", secretId, auto);
  await create("secret", auto);
  const second = await version();
  expect(second.outputs.version).toBe("1");
  expect(second.outputs.createTime).not.toBe(first.outputs.createTime);
});

test("another number of the value replaces a version, and the new one can be there before the old one goes", async () => {
  const olds = {
    inputs: { secret: secretId, secretDataWo: "a", secretDataWoVersion: 1, deletionPolicy: "ABANDON" },
    outputs: {},
  };
  const diff = (news: Properties) =>
    provider.diff(instance, resource("version"), "id", olds, { ...olds.inputs, ...news });
  expect(await diff({ secretDataWoVersion: 2 })).toEqual({
    changed: ["secretDataWoVersion"],
    replace: ["secretDataWoVersion"],
    deleteBeforeReplace: false,
  });
  // Nobody knows what it was.
  expect(await diff({ secretDataWo: "b" })).toMatchObject({ changed: [], replace: [] });
  expect(await diff({ deletionPolicy: "DISABLE" })).toMatchObject({ changed: ["deletionPolicy"], replace: [] });
});

test("a secret that Google can't change as asked has to go before a new one comes", async () => {
  const olds = { inputs: auto, outputs: {} };
  const news = { ...auto, replication: { userManaged: { replicas: [{ location: "europe-west3" }] } } };
  const diff = await provider.diff(instance, resource("secret"), secretId, olds, news);
  expect(diff).toEqual({ changed: ["replication"], replace: ["replication"], deleteBeforeReplace: true });
});

test.each([
  ["ABANDON", true, []],
  ["DISABLE", false, ["secrets.versions.disable"]],
  ["DELETE", undefined, ["secrets.versions.destroy"]],
])("a version that goes with %s", async (deletionPolicy, enabled, made) => {
  await create("secret", auto);
  const { id, outputs } = await version({ deletionPolicy });
  const before = calls().length;
  await remove("version", id, { secret: secretId, deletionPolicy });
  expect(calls().slice(before)).toEqual(made.map((method) => `${method} ${secretId}/versions/1`));
  const left = await provider.read(instance, resource("version"), id, { inputs: { secret: secretId }, outputs });
  expect(left?.outputs.enabled).toBe(enabled);
});

test("a destroyed version of a secret with a delay is disabled until then", async () => {
  await create("secret", { ...auto, versionDestroyTtl: "86400s" });
  const { id, outputs } = await version();
  await remove("version", id, { secret: secretId });
  const left = await provider.read(instance, resource("version"), id, { inputs: { secret: secretId }, outputs });
  expect(left?.outputs.enabled).toBe(false);
});

test("the look-up calls a disabled version enabled, as Google's provider does; the resource knows better", async () => {
  await create("secret", auto);
  const { id } = await version({ deletionPolicy: "DISABLE" });
  await remove("version", id, { secret: secretId, deletionPolicy: "DISABLE" });
  const before = calls().length;
  expect(await latest()).toMatchObject({ version: "1", enabled: true });
  const seen = await provider.read(instance, resource("version"), id, undefined);
  expect(seen?.outputs).toMatchObject({ version: "1", enabled: false });
  expect(calls().slice(before)).toEqual(
    ["latest", "1"].map((asked) => `secrets.versions.get ${secretId}/versions/${asked}`),
  );
});

test("protected secrets stay", async () => {
  await create("secret", { ...auto, deletionProtection: true });
  await expect(remove("secret", secretId, { ...auto, deletionProtection: true })).rejects.toThrow(
    "deletionProtection=false",
  );
  await expect(remove("secret", secretId, { ...auto, deletionPolicy: "PREVENT" })).rejects.toThrow("deletionPolicy");
  await remove("secret", secretId, { ...auto, deletionPolicy: "ABANDON" });
  await expect(create("secret", auto)).rejects.toThrow("409");
});

test("a change tells Google what changed, and nothing of what the provider keeps to itself", async () => {
  await create("secret", { ...auto, labels: { a: "b" } });
  const update = (olds: Properties, news: Properties) =>
    provider.update(instance, resource("secret"), secretId, { inputs: olds, outputs: {} }, news, false);
  await update({ ...auto, deletionProtection: true }, { ...auto, deletionProtection: false });
  expect(calls()).toEqual(["secrets.create projects/acme"]);
  await update({ ...auto, labels: { a: "b" } }, { ...auto, annotations: { c: "d" } });
  expect(calls().at(-1)).toBe(`secrets.patch ${secretId}`);
  const read = await provider.read(instance, resource("secret"), secretId, undefined);
  expect(read?.inputs).toEqual({ ...auto, annotations: { c: "d" } });
});

test("a key is used where it is, by an agent that may, and that was asked for", async () => {
  const encrypted = (kmsKeyName: string) => ({
    ...auto,
    replication: { auto: { customerManagedEncryption: { kmsKeyName } } },
  });
  const elsewhere = "projects/acme/locations/europe-west3/keyRings/r/cryptoKeys/k";
  await expect(create("secret", encrypted(elsewhere))).rejects.toThrow("must be in the location global");
  const key = "projects/acme/locations/global/keyRings/r/cryptoKeys/k";
  await expect(create("secret", encrypted(key))).rejects.toThrow("useToEncrypt");
  expect(await allowAgent()).toBe(key);
  await create("secret", encrypted(key));
  const regional = {
    project: "acme",
    location: "europe-west3",
    secretId: "r",
    customerManagedEncryption: { kmsKeyName: key },
  };
  await expect(create("regional", regional)).rejects.toThrow("must be in the location europe-west3");
});

test("the agent of Secret Manager is nobody before it was asked for", async () => {
  const ring = await create("ring", { location: "global", name: "r" });
  const key = await create("key", { keyRing: ring.id, name: "k" });
  const grant = { cryptoKeyId: key.id, role: "roles/cloudkms.cryptoKeyEncrypterDecrypter", member: agent };
  await expect(create("keyMember", grant)).rejects.toThrow(`${agent} does not exist.`);
  const { outputs } = await create("identity", { service: "secretmanager.googleapis.com" });
  expect(outputs).toMatchObject({ member: agent, email: agent.slice("serviceAccount:".length) });
  await create("keyMember", grant);
});

test.each([
  [{ expireTime: "2199-01-01T00:00:00Z" }, "expireTime: must be 60 to 3153600000 seconds in the future"],
  [{ expireTime: "2020-01-01T00:00:00Z" }, "expireTime: must be 60"],
  [{ rotation: { nextRotationTime: "2020-01-01T00:00:00Z" } }, "rotation.nextRotationTime: must be 300"],
])("moments that Google refuses: %j", async (settings, problem) => {
  await expect(
    create("secret", { ...auto, topics: [{ name: "projects/acme/topics/t" }], ...settings }),
  ).rejects.toThrow(problem);
});

test("reminders need a topic on which the agent may publish", async () => {
  const topic = await create("topic", { name: "t" });
  const rotation = { rotationPeriod: "86400s", nextRotationTime: "2099-01-01T00:00:00Z" };
  const reminded = { ...auto, rotation, topics: [{ name: topic.id }] };
  await expect(create("secret", { ...auto, rotation })).rejects.toThrow("topics must be set");
  await expect(create("secret", reminded)).rejects.toThrow("pubsub.topics.publish");
  await create("identity", { service: "secretmanager.googleapis.com" });
  await create("topicMember", { topic: topic.id, role: "roles/pubsub.publisher", member: agent });
  await create("secret", reminded);
});

test("regional secrets are apart from global ones, and their values are read back", async () => {
  const regional = { project: "acme", location: "europe-west3", secretId: "db" };
  const { id } = await create("regional", regional);
  expect(id).toBe("projects/acme/locations/europe-west3/secrets/db");
  await create("regionalVersion", { secret: id, secretData: "canary" });
  expect(calls().slice(1)).toEqual([
    `locations.secrets.addVersion ${id}`,
    `locations.secrets.versions.access ${id}/versions/1`,
  ]);
  const args = { project: "acme", location: "europe-west3", secret: "db" };
  const token = "gcp:secretmanager/getRegionalSecretVersion:getRegionalSecretVersion";
  expect(await provider.invoke(instance, token, args)).toMatchObject({ version: "1", secretData: "canary" });
  await expect(latest()).rejects.toThrow("404");
});

test("values are in no file, and nobody gets one who does not say why", async () => {
  await create("secret", auto);
  const made = await version();
  expect(made.outputs).not.toHaveProperty("secretDataWo");
  const token = "gcp:secretmanager/getSecretVersion:getSecretVersion";
  await expect(provider.invoke(instance, token, { secret: secretId })).rejects.toThrow("fetchSecretData must be false");
  await provider.stop();
  for (const file of ["state.json", "calls.jsonl"]) {
    const text = readFileSync(path.join(folder, file), "utf8");
    expect(text).not.toContain("canary");
    expect(text).not.toContain(Buffer.from("canary").toString("base64"));
  }
});

test("what there is outlives the process", async () => {
  await create("secret", auto);
  await version();
  await provider.stop();
  provider = started();
  expect((await version()).outputs.version).toBe("2");
});

test("custom roles: an id is taken for good, and a role that was deleted is taken back", async () => {
  const inputs = { roleId: "reader_v1", title: "Reader", permissions: ["secretmanager.secrets.get"], stage: "GA" };
  const { id } = await create("role", inputs);
  expect(id).toBe("projects/acme/roles/reader_v1");
  await expect(create("role", inputs)).rejects.toThrow("already exists and must be imported");
  await remove("role", id, inputs);
  const before = calls().length;
  await create("role", { ...inputs, permissions: [] });
  expect(calls().slice(before)).toEqual(["get", "undelete", "patch"].map((verb) => `roles.${verb} ${id}`));
});

test("only roles that are there are bound", async () => {
  const grant = (role: string) => ({ role, member: "group:a@acme.example" });
  const custom = "projects/acme/roles/reader_v1";
  await expect(create("member", grant(custom))).rejects.toThrow("does not exist in the resource's hierarchy");
  await create("role", { roleId: "reader_v1", title: "Reader", permissions: [] });
  await create("member", grant(custom));
  await remove("role", custom, {});
  const later = { role: custom, member: "group:b@acme.example" };
  await expect(create("member", later)).rejects.toThrow("does not exist in the resource's hierarchy");
  await create("member", grant("roles/secretmanager.admin"));
  await create("member", grant("organizations/1234/roles/reader_v1"));
  await expect(create("member", grant("projects/other/roles/reader_v1"))).rejects.toThrow("hierarchy");
  await expect(create("member", { role: "roles/viewer", member: "a@acme.example" })).rejects.toThrow("Invalid member");
});

test("a member is added to the policy that is there, and nobody else goes with it", async () => {
  const role = "roles/secretmanager.viewer";
  const condition = { title: "until", expression: 'request.time < timestamp("2030-01-01T00:00:00Z")' };
  const [one, other, late] = [
    { role, member: "user:a@acme.example" },
    { role, member: "user:b@acme.example" },
    { role, member: "user:a@acme.example", condition },
  ];
  const made = [await create("member", one), await create("member", other), await create("member", late)];
  expect(new Set(made.map(({ id }) => id)).size).toBe(3);
  await remove("member", made[0]?.id as string, one);
  const left = async (inputs: Properties) =>
    (await provider.read(instance, resource("member"), "id", { inputs, outputs: {} })) !== undefined;
  expect([await left(one), await left(other), await left(late)]).toEqual([false, true, true]);
  const broken = { ...late, condition: { ...condition, expression: "request.time < (" } };
  await expect(create("member", broken)).rejects.toThrow("must be an expression of CEL");
});

test("projects have the numbers that the environment gives them", async () => {
  const getProject = (projectId: string, env: Instance["env"]) =>
    provider.invoke({ ...instance, env }, "gcp:organizations/getProject:getProject", { projectId });
  const env = { VANTEDGE_SIMULATED_PROJECTS: "acme=1111,other=2222" };
  expect(await getProject("acme", env)).toMatchObject({ projectId: "acme", number: "1111" });
  expect(await getProject("other", env)).toMatchObject({ number: "2222" });
  expect(await getProject("acme", {})).toMatchObject({ number });
  await expect(getProject("acme", { VANTEDGE_SIMULATED_PROJECTS: "acme" })).rejects.toThrow("must be ID=NUMBER");
  const token = "gcp:projects/getProject:getProject";
  expect(await provider.invoke({ ...instance, env }, token, { filter: "projectId:other" })).toMatchObject({
    projects: [{ projectId: "other", number: "2222" }],
  });
});

test("key rings and keys stay in Google's cloud for good", async () => {
  const { id } = await create("ring", { location: "global", name: "r" });
  await remove("ring", id, { location: "global", name: "r" });
  await expect(create("ring", { location: "global", name: "r" })).rejects.toThrow("409");
});

test("a sink has its writer, and a locked bucket is locked by a call of its own", async () => {
  const sink = await create("sink", { name: "s", destination: "storage.googleapis.com/acme-logs" });
  expect(sink).toMatchObject({
    id: "projects/acme/sinks/s",
    outputs: { writerIdentity: `serviceAccount:service-${number}@gcp-sa-logging.iam.gserviceaccount.com` },
  });
  const retentionPolicy = { retentionPeriod: "86400", isLocked: true };
  const bucket = await create("bucket", { name: "acme-logs", location: "EU", retentionPolicy });
  expect(bucket).toMatchObject({ id: "acme-logs", outputs: { url: "gs://acme-logs" } });
  expect(calls().slice(1)).toEqual([
    "storage.buckets.insert projects/acme",
    "storage.buckets.lockRetentionPolicy buckets/acme-logs",
  ]);
});

test("alerts of one name are two, and each is changed and deleted by itself", async () => {
  const inputs = { displayName: "reads", combiner: "OR", conditions: [] };
  const [one, other] = [await create("alert", inputs), await create("alert", inputs)];
  expect(one.id).toMatch(/^projects\/acme\/alertPolicies\/\d{19}$/);
  expect(other.id).not.toBe(one.id);
  const olds = { inputs, outputs: one.outputs };
  const news = { ...inputs, combiner: "AND" };
  const updated = await provider.update(instance, resource("alert"), one.id, olds, news, false);
  expect(updated.outputs).toMatchObject({ name: one.id, combiner: "AND" });
  await remove("alert", one.id, news);
  const left = async (id: string) => provider.read(instance, resource("alert"), id, { inputs, outputs: {} });
  expect([await left(one.id), await left(other.id)]).toEqual([undefined, expect.objectContaining({ id: other.id })]);
});

test("what Pulumi's provider names is named, the same in every run", async () => {
  const check = () => provider.check(instance, resource("topic"), undefined, {}, new Uint8Array([1]));
  expect((await check()).inputs.name).toMatch(/^topic-[0-9a-f]{7}$/);
  expect(await check()).toEqual(await check());
});

test("what is not simulated is refused, and not pretended", async () => {
  const strange = { ...resource("secret"), type: "gcp:compute/instance:Instance" };
  await expect(provider.create(instance, strange, {}, false)).rejects.toThrow("is not simulated");
  await expect(provider.invoke(instance, "gcp:compute/getImage:getImage", {})).rejects.toThrow("is not simulated");
  await expect(provider.read(instance, resource("sink"), "id", undefined)).rejects.toThrow("can't be imported");
});
