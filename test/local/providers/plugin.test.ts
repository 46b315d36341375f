/** The whole way of a call: generated client, plugin process, gRPC server, provider. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import * as grpc from "@grpc/grpc-js";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pulumi from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { addProviders, messageLimits, type Session } from "../../../local/providers/grpc";
import { type Provider, Unfinished } from "../../../local/providers/provider";

const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const urn = "urn:pulumi:stack::project::parent:m:T$aws:kms/key:Key::the::name";

const provider = {
  configure: jest.fn(async () => {}),
  check: jest.fn(),
  diff: jest.fn(),
  create: jest.fn(),
  update: jest.fn(),
  read: jest.fn(),
  delete: jest.fn(),
  invoke: jest.fn(),
} satisfies Provider;

const sessions = new Map<string, Session>();
const header = (metadata: grpc.Metadata, name: string) => String(metadata.get(name)[0]);
const server = new grpc.Server(messageLimits);
const plugins: ChildProcess[] = [];
const clients: ResourceProviderClient[] = [];
let address: string;

beforeAll(async () => {
  addProviders(server, {
    open(metadata, config) {
      const session = { provider, instance: { config, env: JSON.parse(header(metadata, "vantedge-environment-bin")) } };
      sessions.set(header(metadata, "vantedge-instance"), session);
      return session;
    },
    find: (metadata) => sessions.get(header(metadata, "vantedge-instance")) as Session,
    packageName: (metadata) => header(metadata, "vantedge-package"),
  });
  const port = await new Promise((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  address = `127.0.0.1:${port}`;
});

afterAll(async () => {
  for (const client of clients) client.close();
  for (const plugin of plugins) plugin.kill();
  server.forceShutdown();
});

function start(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  const file = path.join(__dirname, "../../../local/providers/plugin.js");
  const plugin = spawn(process.execPath, [file, ...args], { env, stdio: ["pipe", "pipe", "pipe"] });
  plugins.push(plugin);
  return plugin;
}

async function connect(args = ["aws"], env: NodeJS.ProcessEnv = {}): Promise<ResourceProviderClient> {
  const plugin = start(args, { VANTEDGE_LOCAL_PROVIDERS: address, ...env });
  if (!plugin.stdout) throw new Error("the plugin has no standard output");
  const [port] = await once(createInterface(plugin.stdout), "line");
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), messageLimits);
  clients.push(client);
  return client;
}

type Method<Request, Answer> = (
  request: Request,
  done: (error: grpc.ServiceError | null, answer: Answer) => void,
) => unknown;

function call<Request, Answer>(client: object, method: Method<Request, Answer>, request: Request): Promise<Answer> {
  return new Promise((resolve, reject) =>
    method.call(client, request, (error, answer) => (error ? reject(error) : resolve(answer))),
  );
}

function configure(client: ResourceProviderClient, config: { [name: string]: string }) {
  const request = new pulumi.ConfigureRequest().setArgs(Struct.fromJavaScript(config));
  return call<pulumi.ConfigureRequest, pulumi.ConfigureResponse>(client, client.configure, request);
}

function create(client: ResourceProviderClient, properties: object) {
  const request = new pulumi.CreateRequest().setUrn(urn).setProperties(Struct.fromJavaScript({ ...properties }));
  return call<pulumi.CreateRequest, pulumi.CreateResponse>(client, client.create, request);
}

test("two providers of one program keep their own configuration, and get the AWS variables and Google projects only", async () => {
  const secretEnv = { AWS_ACCESS_KEY_ID: "key", PULUMI_CONFIG_PASSPHRASE: "canary", GOOGLE_CREDENTIALS: "{}" };
  const [east, west] = [
    await connect(["aws"], secretEnv),
    await connect(["aws"], { AWS_PROFILE: "other", GOOGLE_PROJECT: "acme" }),
  ];
  const answer = await configure(east, { region: "us-east-1", assumeRoles: '[{"roleArn":"a"}]', version: "7" });
  await configure(west, { region: "eu-west-1" });
  expect(answer.getAcceptsecrets() && answer.getSupportspreview()).toBe(true);

  provider.create.mockImplementation(async (instance) => ({ id: "i", outputs: { seen: { ...instance } } }));
  expect((await create(east, {})).getProperties()?.toJavaScript()).toEqual({
    seen: { config: { region: "us-east-1", assumeRoles: [{ roleArn: "a" }] }, env: { AWS_ACCESS_KEY_ID: "key" } },
  });
  expect((await create(west, {})).getProperties()?.toJavaScript()).toEqual({
    seen: { config: { region: "eu-west-1" }, env: { AWS_PROFILE: "other", GOOGLE_PROJECT: "acme" } },
  });
});

test("a resource is known by its type and name, and its secrets stay secret", async () => {
  const client = await connect();
  await configure(client, {});
  provider.create.mockImplementation(async (_, __, inputs) => ({ id: "i", outputs: inputs }));
  const answer = await create(client, { value: secret("canary"), large: "x".repeat(5_000_000) });
  expect(answer.getProperties()?.toJavaScript()).toMatchObject({ value: secret("canary") });
  const [, resource, inputs] = provider.create.mock.lastCall ?? [];
  expect(resource).toEqual({ urn, type: "aws:kms/key:Key", name: "the::name", secretInputs: new Set(["value"]) });
  expect(inputs.value).toBe("canary");
});

test("an error is its message, without a secret and without a stack", async () => {
  const client = await connect();
  await configure(client, {});
  provider.create.mockRejectedValue(new Error("the value 'canary' is refused"));
  await expect(create(client, { value: secret("canary") })).rejects.toMatchObject({
    code: grpc.status.UNKNOWN,
    details: "the value '[secret]' is refused",
  });
});

test("an object that was not finished comes with its state", async () => {
  const client = await connect();
  await configure(client, {});
  provider.create.mockRejectedValue(new Unfinished("no policy", { id: "i", outputs: { arn: "a" } }, { name: "n" }));
  const error: grpc.ServiceError = await create(client, {}).catch((caught) => caught);
  const bytes = error.metadata.get("grpc-status-details-bin")[0];
  const [detail] = Status.deserializeBinary(new Uint8Array(bytes as Buffer)).getDetailsList();
  const failure = detail?.unpack(pulumi.ErrorResourceInitFailed.deserializeBinary, "pulumirpc.ErrorResourceInitFailed");
  expect(failure?.getId()).toBe("i");
  expect(failure?.getReasonsList()).toEqual(["no policy"]);
  expect(failure?.getProperties()?.toJavaScript()).toEqual({ arn: "a" });
});

test("a failed check names the property in its text: the engine would print the value of one in its field", async () => {
  const client = await connect();
  await configure(client, {});
  provider.check.mockResolvedValue({ inputs: {}, failures: [{ property: "policy", reason: "canary is no JSON" }] });
  const request = new pulumi.CheckRequest().setUrn(urn).setNews(Struct.fromJavaScript({ policy: secret("canary") }));
  const answer = await call<pulumi.CheckRequest, pulumi.CheckResponse>(client, client.check, request);
  const failures = answer.getFailuresList().map((failure) => failure.toObject());
  expect(failures).toEqual([{ property: "", reason: "policy: [secret] is no JSON" }]);
});

test("version and schema are those of the package's SDK, simulated or not", async () => {
  const client = await connect(["simulated", "gcp"]);
  const info = await call<Empty, PluginInfo>(client, client.getPluginInfo, new Empty());
  expect(info.getVersion()).toBe(require("@pulumi/gcp/package.json").version);
  const request = new pulumi.GetSchemaRequest();
  const answer = await call<typeof request, pulumi.GetSchemaResponse>(client, client.getSchema, request);
  expect(JSON.parse(answer.getSchema())).toMatchObject({ name: "gcp", version: info.getVersion() });
});

test("a plugin whose engine is gone ends", async () => {
  await connect();
  const plugin = plugins.at(-1);
  plugin?.stdin?.end();
  expect(plugin && (await once(plugin, "exit"))).toEqual([0, null]);
});

test.each([
  [
    "nobody answers",
    ["aws"],
    { VANTEDGE_LOCAL_PROVIDERS: "127.0.0.1:1" },
    /^the local providers do not answer at 127.0.0.1:1 \(ECONNREFUSED\): start the local cloud\n$/,
  ],
  ["no address is given", ["aws"], {}, /^usage: .* node plugin.js \[simulated\] PACKAGE: start the local cloud\n$/],
])("where %s, one line says so", async (_, args, env, message) => {
  const plugin = start(args, env);
  let text = "";
  plugin.stderr?.on("data", (data) => {
    text += data;
  });
  expect(await once(plugin, "close")).toEqual([1, null]);
  expect(text).toMatch(message);
});
