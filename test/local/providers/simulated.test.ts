import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { unknown } from "../../../local/providers/provider";
import { SimulatedProvider } from "../../../local/providers/simulated";

const instance = { config: { project: "acme" }, env: { AWS_REGION: "eu-west-1" } };
const secretType = "aws:secretsmanager/secret:Secret";
const resource = (type: string, name: string, secretInputs: string[] = []) => {
  return { urn: `urn:pulumi:s::p::${type}::${name}`, type, name, secretInputs: new Set(secretInputs) };
};

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "simulated-"));
  file = path.join(folder, "state.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a new object has its inputs as outputs, and the id and ARN of its cloud, the same in every run", async () => {
  const create = () =>
    new SimulatedProvider(undefined).create(instance, resource(secretType, "db"), { name: "app/db" }, false);
  const state = await create();
  expect(state.id).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:app\/db-[0-9a-f]{6}$/);
  expect(state.outputs).toEqual({ name: "app/db", arn: state.id });
  expect(await create()).toEqual(state);
});

test("a preview creates nothing and knows no ARN", async () => {
  const provider = new SimulatedProvider(file);
  const state = await provider.create(instance, resource(secretType, "db"), { name: "app/db" }, true);
  expect(state).toEqual({ id: "", outputs: { name: "app/db", arn: unknown } });
  await provider.stop();
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ objects: {}, operations: { previewCreate: 1 } });
});

test("a changed name replaces, anything else updates, nothing changed is no change", async () => {
  const diff = (news: object) => {
    const olds = { inputs: { name: "a", description: "x" }, outputs: {} };
    return new SimulatedProvider(undefined).diff(instance, resource(secretType, "db"), "id", olds, { ...news });
  };
  expect(await diff({ name: "a", description: "x" })).toEqual({ changed: [], replace: [] });
  expect(await diff({ name: "a" })).toEqual({ changed: ["description"], replace: [] });
  expect(await diff({ name: "b", description: "x" })).toEqual({ changed: ["name"], replace: ["name"] });
});

test("an object and its replacement live beside each other", async () => {
  const provider = new SimulatedProvider(undefined);
  const create = () => provider.create(instance, resource("aws:iam/role:Role", "r"), { name: "r" }, false);
  const [first, second] = [await create(), await create()];
  expect(second.id).not.toBe(first.id);
  await provider.delete(instance, resource("aws:iam/role:Role", "r"), first.id);
  const olds = { inputs: {}, outputs: {} };
  expect(await provider.read(instance, resource("aws:iam/role:Role", "r"), first.id, olds)).toBeUndefined();
  expect(await provider.read(instance, resource("aws:iam/role:Role", "r"), second.id, olds)).toBeDefined();
});

test("objects outlive the process, operations are counted, and no secret is written", async () => {
  const version = resource("aws:secretsmanager/secretVersion:SecretVersion", "v", ["secretString"]);
  const first = new SimulatedProvider(file);
  const { id, outputs } = await first.create(instance, version, { secretId: "s", secretString: "canary" }, false);
  await first.stop();
  const digest = () => JSON.parse(readFileSync(file, "utf8")).objects[id].digests.secretString;
  const before = digest();

  const second = new SimulatedProvider(file);
  const olds = { inputs: { secretId: "s", secretString: "canary" }, outputs };
  expect(await second.read(instance, version, id, olds)).toEqual({ id, inputs: olds.inputs, outputs });
  await second.update(instance, version, id, olds, { secretId: "s", secretString: "canary two" }, false);
  await second.stop();
  expect(digest()).not.toBe(before);
  const text = readFileSync(file, "utf8");
  expect(text).not.toContain("canary");
  expect(JSON.parse(text).operations).toEqual({ create: 1, read: 1, update: 1 });
});

test("functions describe an object that exists, and fail as a cloud does where none is", async () => {
  const provider = new SimulatedProvider(undefined);
  const { id } = await provider.create(instance, resource(secretType, "db"), { name: "app/db" }, false);
  const find = (name: string) => provider.invoke(instance, "aws:secretsmanager/getSecret:getSecret", { name });
  expect(await find("app/db")).toMatchObject({ id, arn: id, name: "app/db" });
  await expect(find("other")).rejects.toThrow("no such object");
  const versions = (secretId: string) =>
    provider.invoke(instance, "aws:secretsmanager/getSecretVersions:getSecretVersions", { secretId });
  expect(await versions("app/db")).toMatchObject({ arn: id, versions: [] });
  await expect(versions("other")).rejects.toThrow("no such secret");
  expect(await provider.invoke(instance, "aws:index/getRegion:getRegion", {})).toMatchObject({ region: "eu-west-1" });
});
