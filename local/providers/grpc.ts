/** Serves a Provider to the Pulumi engine: pulumirpc.ResourceProvider. */
import type * as grpc from "@grpc/grpc-js";
import * as plugin from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pulumi from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { serviceError } from "./errors";
import type { Difference, Instance, Properties, Provider, ResourceId } from "./provider";
import { sdkSchema, sdkVersion } from "./sdk";
import { parseConfiguration, Secrets } from "./wire";

/** Pulumi's engine limits messages to 400 MB, and gRPC's default is 4. */
export const messageLimits = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** Who a call is for, as its metadata says. */
export interface Sessions {
  /** A new configured instance. */
  open(metadata: grpc.Metadata, config: Properties): Session;
  /** The instance that the call belongs to. */
  find(metadata: grpc.Metadata): Session;
  /** The package that is served. */
  packageName(metadata: grpc.Metadata): string;
}

export interface Session {
  provider: Provider;
  instance: Instance;
}

interface Call<Request> {
  request: Request;
  metadata: grpc.Metadata;
  secrets: Secrets;
}

type Work<Request, Answer> = (call: Call<Request>) => Answer | Promise<Answer>;

function unary<Request, Answer>(work: Work<Request, Answer>): grpc.handleUnaryCall<Request, Answer> {
  return async ({ request, metadata }, callback) => {
    const secrets = new Secrets();
    try {
      callback(null, await work({ request, metadata, secrets }));
    } catch (error) {
      callback(serviceError(error, secrets));
    }
  };
}

export function addProviders(server: grpc.Server, sessions: Sessions): void {
  server.addService(ResourceProviderService, {
    handshake: unary<pulumi.ProviderHandshakeRequest, pulumi.ProviderHandshakeResponse>(() =>
      new pulumi.ProviderHandshakeResponse().setAcceptSecrets(true),
    ),
    // The engine compares it with the version that the program's SDK asks for.
    getPluginInfo: unary<Empty, plugin.PluginInfo>(({ metadata }) =>
      new plugin.PluginInfo().setVersion(sdkVersion(sessions.packageName(metadata))),
    ),
    getSchema: unary<pulumi.GetSchemaRequest, pulumi.GetSchemaResponse>(({ metadata }) =>
      new pulumi.GetSchemaResponse().setSchema(sdkSchema(sessions.packageName(metadata))),
    ),
    attach: unary<plugin.PluginAttach, Empty>(() => new Empty()),
    cancel: unary<Empty, Empty>(() => new Empty()),
    checkConfig: unary(checkConfig),
    diffConfig: unary(diffConfig),
    configure: unary((call) => configure(sessions, call)),
    check: unary((call) => check(sessions.find(call.metadata), call)),
    diff: unary((call) => diff(sessions.find(call.metadata), call)),
    create: unary((call) => create(sessions.find(call.metadata), call)),
    read: unary((call) => read(sessions.find(call.metadata), call)),
    update: unary((call) => update(sessions.find(call.metadata), call)),
    delete: unary((call) => remove(sessions.find(call.metadata), call)),
    invoke: unary((call) => invoke(sessions.find(call.metadata), call)),
  });
}

function checkConfig({ request }: Call<pulumi.CheckRequest>): pulumi.CheckResponse {
  return new pulumi.CheckResponse().setInputs(request.getNews());
}

function diffConfig({ request, secrets }: Call<pulumi.DiffRequest>): pulumi.DiffResponse {
  const olds = secrets.openOld(request.getOldInputs() ?? request.getOlds());
  const news = secrets.open(request.getNews());
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  const changed = names.filter((name) => JSON.stringify(olds[name]) !== JSON.stringify(news[name]));
  return difference({ changed, replace: [] });
}

async function configure(sessions: Sessions, call: Call<pulumi.ConfigureRequest>): Promise<pulumi.ConfigureResponse> {
  const config = parseConfiguration(call.secrets.open(call.request.getArgs()));
  const { provider, instance } = sessions.open(call.metadata, config);
  await provider.configure(instance);
  return new pulumi.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
}

async function check(
  { provider, instance }: Session,
  { request, secrets }: Call<pulumi.CheckRequest>,
): Promise<pulumi.CheckResponse> {
  const inputs = secrets.openOld(request.getOlds());
  const olds = Object.keys(inputs).length > 0 ? inputs : undefined;
  const news = secrets.open(request.getNews());
  const answer = await provider.check(instance, idOf(request, secrets), olds, news, request.getRandomseed_asU8());
  // Not in the failure's own field: the engine prints the value of a property named there, even where it is secret.
  const failures = (answer.failures ?? []).map(({ property, reason }) =>
    new pulumi.CheckFailure().setReason(secrets.censor(property ? `${property}: ${reason}` : reason)),
  );
  return new pulumi.CheckResponse().setInputs(secrets.seal(answer.inputs)).setFailuresList(failures);
}

async function diff(
  { provider, instance }: Session,
  { request, secrets }: Call<pulumi.DiffRequest>,
): Promise<pulumi.DiffResponse> {
  const olds = { inputs: secrets.openOld(request.getOldInputs()), outputs: secrets.openOld(request.getOlds()) };
  const news = secrets.open(request.getNews());
  const found = await provider.diff(instance, idOf(request, secrets), request.getId(), olds, news);
  // The engine reset ignored inputs to their old values already; here it is about objects that were changed elsewhere.
  const ignored = new Set(request.getIgnorechangesList());
  return difference({
    ...found,
    changed: found.changed.filter((name) => !ignored.has(name)),
    replace: found.replace.filter((name) => !ignored.has(name)),
  });
}

async function create(
  { provider, instance }: Session,
  { request, secrets }: Call<pulumi.CreateRequest>,
): Promise<pulumi.CreateResponse> {
  const inputs = secrets.open(request.getProperties());
  const state = await provider.create(instance, idOf(request, secrets), inputs, request.getPreview());
  return new pulumi.CreateResponse().setId(state.id).setProperties(secrets.seal(state.outputs, state.secretOutputs));
}

async function update(
  { provider, instance }: Session,
  { request, secrets }: Call<pulumi.UpdateRequest>,
): Promise<pulumi.UpdateResponse> {
  const olds = { inputs: secrets.openOld(request.getOldInputs()), outputs: secrets.openOld(request.getOlds()) };
  const news = secrets.open(request.getNews());
  const id = request.getId();
  const state = await provider.update(instance, idOf(request, secrets), id, olds, news, request.getPreview());
  return new pulumi.UpdateResponse().setProperties(secrets.seal(state.outputs, state.secretOutputs));
}

async function read(
  { provider, instance }: Session,
  { request, secrets }: Call<pulumi.ReadRequest>,
): Promise<pulumi.ReadResponse> {
  const olds = { inputs: secrets.open(request.getInputs()), outputs: secrets.open(request.getProperties()) };
  const isNew = Object.keys({ ...olds.inputs, ...olds.outputs }).length === 0;
  const state = await provider.read(instance, idOf(request, secrets), request.getId(), isNew ? undefined : olds);
  // An empty id tells the engine that the object is gone.
  if (!state) return new pulumi.ReadResponse();
  return new pulumi.ReadResponse()
    .setId(state.id)
    .setInputs(secrets.seal(state.inputs))
    .setProperties(secrets.seal(state.outputs, state.secretOutputs));
}

async function remove(
  { provider, instance }: Session,
  { request, secrets }: Call<pulumi.DeleteRequest>,
): Promise<Empty> {
  const olds = { inputs: secrets.openOld(request.getOldInputs()), outputs: secrets.openOld(request.getProperties()) };
  await provider.delete(instance, idOf(request, secrets), request.getId(), olds);
  return new Empty();
}

async function invoke(
  { provider, instance }: Session,
  { request, secrets }: Call<pulumi.InvokeRequest>,
): Promise<pulumi.InvokeResponse> {
  const result = await provider.invoke(instance, request.getTok(), secrets.openOld(request.getArgs()));
  return new pulumi.InvokeResponse().setReturn(secrets.seal(result));
}

function idOf(request: { getUrn(): string }, secrets: Secrets): ResourceId {
  const urn = request.getUrn();
  // urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME, where the name may hold "::" itself.
  const [, , types = "", ...name] = urn.split("::");
  return { urn, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::"), secretInputs: secrets.names };
}

function difference({ changed, replace, deleteBeforeReplace = false }: Difference): pulumi.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = pulumi.DiffResponse.DiffChanges;
  return new pulumi.DiffResponse()
    .setChanges(changed.length + replace.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDiffsList(changed)
    .setReplacesList(replace)
    .setDeletebeforereplace(deleteBeforeReplace);
}
