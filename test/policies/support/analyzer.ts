import * as grpc from "@grpc/grpc-js";
import { type Policies, PolicyPack } from "@pulumi/policy";
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Fixture } from "./fixture";
import { urnOf } from "./fixture";

/** What Pulumi's own server says of a resource: the engine prints it. */
export interface Violation {
  policy: string;
  level: "advisory" | "mandatory" | "disabled" | "remediate";
  message: string;
  urn: string;
}

type Handler = (call: { request: unknown }, callback: (error: Error | null, response: unknown) => void) => void;

// Not in the declarations.
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } = require("@pulumi/policy/server") as Record<
  "makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun" | "makeRemediateRpcFun",
  (pack: string, version: string, level: string, policies: Policies) => Handler
>;

/** The server's own handler of a pack's configuration, which it doesn't export. */
const configureHandler = captureConfigure();

function captureConfigure(): Handler {
  let captured: { configure: Handler } | undefined;
  const add = jest.spyOn(grpc.Server.prototype, "addService").mockImplementation((_, handlers) => {
    captured = handlers as unknown as typeof captured;
  });
  const bind = jest.spyOn(grpc.Server.prototype, "bindAsync").mockImplementation(() => {});
  new PolicyPack("test", { policies: [] });
  add.mockRestore();
  bind.mockRestore();
  if (captured === undefined) throw new Error("@pulumi/policy added no service");
  return captured.configure;
}

const levels = ["advisory", "mandatory", "disabled", "remediate"] as const;

/** Asks the rules of each resource, and then of the stack, as `pulumi preview` does. */
export async function analyze(
  policies: Policies,
  fixtures: readonly Fixture[],
  config: Record<string, object> = {},
): Promise<Violation[]> {
  await configure(policies, config);
  const found: Violation[] = [];
  for (const fixture of fixtures) {
    const request = resourceRequest(fixture, new proto.AnalyzeRequest());
    const { diagnosticsList } = await call(makeAnalyzeRpcFun("pack", "1.0.0", "advisory", policies), request);
    found.push(...diagnosticsList.map((diagnostic) => violation(diagnostic, urnOf(fixture))));
  }
  const stack = new proto.AnalyzeStackRequest();
  stack.setResourcesList(fixtures.map(stackResource));
  const { diagnosticsList } = await call(makeAnalyzeStackRpcFun("pack", "1.0.0", "advisory", policies), stack);
  return [...found, ...diagnosticsList.map((diagnostic) => violation(diagnostic, ""))];
}

/** The properties after a remediation as they go back to the engine, secrets in their envelopes; undefined: as they were. */
export async function remediate(
  policies: Policies,
  fixture: Fixture,
  config: Record<string, object> = {},
): Promise<unknown> {
  const enforced = policies.map((policy) => ({ ...policy, enforcementLevel: "remediate" as const }));
  await configure(enforced, config);
  const request = resourceRequest(fixture, new proto.AnalyzeRequest());
  const response = await answer<proto.RemediateResponse>(
    makeRemediateRpcFun("pack", "1.0.0", "advisory", enforced),
    request,
  );
  const [first] = response.getRemediationsList();
  return first?.getProperties()?.toJavaScript();
}

async function configure(policies: Policies, config: Record<string, object>): Promise<void> {
  const request = new proto.ConfigureAnalyzerRequest();
  for (const { name, enforcementLevel } of policies) {
    const one = new proto.PolicyConfig();
    one.setEnforcementlevel(levels.indexOf(enforcementLevel ?? "advisory") as 0);
    one.setProperties(Struct.fromJavaScript((config[name] ?? {}) as never));
    request.getPolicyconfigMap().set(name, one);
  }
  await answer(configureHandler, request);
}

async function call(handler: Handler, request: unknown): Promise<proto.AnalyzeResponse.AsObject> {
  return (await answer<proto.AnalyzeResponse>(handler, request)).toObject();
}

function answer<Response>(handler: Handler, request: unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    handler({ request }, (error, response) => (error ? reject(error) : resolve(response as Response)));
  });
}

function violation(diagnostic: proto.AnalyzeDiagnostic.AsObject, urn: string): Violation {
  const { policyname: policy, message, enforcementlevel, urn: told } = diagnostic;
  return { policy, level: levels[enforcementlevel] as Violation["level"], message, urn: told || urn };
}

function resourceRequest(fixture: Fixture, request: proto.AnalyzeRequest): proto.AnalyzeRequest {
  request.setType(fixture.type);
  request.setName(fixture.name);
  request.setUrn(urnOf(fixture));
  request.setProperties(Struct.fromJavaScript(fixture.inputs as never));
  request.setOptions(optionsOf(fixture));
  return request;
}

function stackResource(fixture: Fixture): proto.AnalyzerResource {
  const resource = new proto.AnalyzerResource();
  resource.setType(fixture.type);
  resource.setName(fixture.name);
  resource.setUrn(urnOf(fixture));
  resource.setProperties(Struct.fromJavaScript({ ...fixture.inputs, ...fixture.outputs } as never));
  resource.setOptions(optionsOf(fixture));
  if (fixture.parent !== undefined) resource.setParent(urnOf(fixture.parent));
  for (const [property, others] of Object.entries(fixture.refers)) {
    const dependencies = new proto.AnalyzerPropertyDependencies();
    dependencies.setUrnsList(others.map(urnOf));
    resource.getPropertydependenciesMap().set(property, dependencies);
  }
  return resource;
}

function optionsOf(fixture: Fixture): proto.AnalyzerResourceOptions {
  const options = new proto.AnalyzerResourceOptions();
  options.setProtect(fixture.isProtected);
  if (fixture.parent !== undefined) options.setParent(urnOf(fixture.parent));
  return options;
}
