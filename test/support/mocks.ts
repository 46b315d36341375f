import { createHash } from "node:crypto";
import vm from "node:vm";
import * as pulumi from "@pulumi/pulumi";
import * as registration from "@pulumi/pulumi/runtime/resource";
import * as settings from "@pulumi/pulumi/runtime/settings";
import * as state from "@pulumi/pulumi/runtime/state";
import type { ClusterNeed } from "../../components/binding/clusterNeeds";
import type { Arrival, Arriving } from "../../components/kubernetes/arrival";
import type { RolesQuestion } from "../../components/kubernetes/changedRoles";
import type { ClusterPlace } from "../../components/kubernetes/kubeconfig";
import type { ReloaderAnswer, ReloaderQuestion } from "../../components/kubernetes/reloader";
import { refusals } from "../../local/google/refusals";
import { googleId, googleOutputs } from "./googleOutputs";

/** What the cluster lacks is asked over the network: it has all, unless a test says otherwise. */
export const missingAt = jest.fn<Promise<string[]>, [ClusterPlace, readonly ClusterNeed[]]>().mockResolvedValue([]);
jest.mock("../../components/kubernetes/missing", () => ({
  missingAt: (place: ClusterPlace, needs: readonly ClusterNeed[]) => missingAt(place, needs),
}));
/** It has no Reloader, unless a test says otherwise. */
export const noReloader: ReloaderAnswer = { state: "absent", why: 'the cluster of context "test" has no Reloader' };
export const reloaderAt = jest
  .fn<Promise<ReloaderAnswer>, [ClusterPlace, ReloaderQuestion]>()
  .mockResolvedValue(noReloader);
jest.mock("../../components/kubernetes/reloader", () => ({
  reloaderAt: (place: ClusterPlace, question: ReloaderQuestion) => reloaderAt(place, question),
}));
/** Whatever its operators are to bring is there. */
export const arrived: Arrival = { isSynced: true, problem: undefined };
export const arrivalOf = jest.fn<Promise<Arrival>, [ClusterPlace, Arriving, number]>().mockResolvedValue(arrived);
jest.mock("../../components/kubernetes/arrival", () => ({
  arrivalOf: (place: ClusterPlace, object: Arriving, seconds: number) => arrivalOf(place, object, seconds),
}));
/** Nobody else has written what Pulumi made. */
export const rolesChangedByOthers = jest.fn<Promise<string[]>, [ClusterPlace, RolesQuestion]>().mockResolvedValue([]);
jest.mock("../../components/kubernetes/changedRoles", () => ({
  rolesChangedByOthers: (place: ClusterPlace, question: RolesQuestion) => rolesChangedByOthers(place, question),
}));
beforeEach(() => {
  rolesChangedByOthers.mockReset().mockResolvedValue([]);
  missingAt.mockReset().mockResolvedValue([]);
  reloaderAt.mockReset().mockResolvedValue(noReloader);
  arrivalOf.mockReset().mockResolvedValue(arrived);
});

// Not in the declarations.
const { LocalStore } = state as unknown as { LocalStore: new () => never };
const { waitForRPCs } = settings as unknown as { waitForRPCs(): Promise<void> };

/** The marks that Pulumi puts around a secret: https://www.pulumi.com/docs/iac/concepts/secrets/ */
const specialSigKey = "4dabf18193072939515e22adb298388d";
const secretSig = "1b47061264138c4ac30d75fd1eb44270";

/** A resource as the program asked the engine for it. */
export interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** The names of inputs that were secret. */
  secretInputs: string[];
  options: {
    parent: string;
    protect: boolean;
    retainOnDelete: boolean;
    /** Undefined: as the provider sees fit. */
    deleteBeforeReplace: boolean | undefined;
    ignoreChanges: string[];
    additionalSecretOutputs: string[];
    import: string;
    provider: string;
    /** The names of the resources that it waits for. */
    dependencies: string[];
    beforeCreate: string[];
    beforeUpdate: string[];
  };
}

/** An invoke as the program asked for it. */
export interface Called {
  token: string;
  inputs: Record<string, unknown>;
  provider: string;
}

export interface Run {
  resources: Registered[];
  calls: Called[];
  hooks: pulumi.ResourceHook[];
  /** What the program returned, with Outputs resolved. */
  result: any;
  /** Everything that was printed. */
  logs: string[];
  /** The lines of all that was thrown, at once or in an Output. */
  errors: string[];
  /** What is only looked at, `type name id` of each. */
  reads: string[];
  /** Every request to the engine. */
  requests: unknown[];
}

/** What components say of themselves, when it is new. */
export function notices(resources: readonly Registered[]): string[] {
  return resources.flatMap(({ inputs }) => (inputs.notices as string[] | undefined) ?? []);
}

export type Calls = { [token: string]: (inputs: Record<string, unknown>) => Record<string, unknown> };

export interface Setting {
  /** Answers of invokes by token; a call that isn't mocked throws. */
  calls?: Calls;
  preview?: boolean;
  /** What resources that are there already give back in place of their inputs, by name. */
  kept?: Record<string, Record<string, unknown>>;
  /** Whether hooks run before a resource is created, as by the engine. */
  hooks?: boolean;
  /** The stack's configuration, with the project's name before each key. */
  config?: Record<string, string>;
  /** Those of its keys that were set without --secret. */
  clear?: string[];
}

const defaultCalls: Calls = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "111122223333", arn: "", id: "", userId: "" }),
};

/** Runs a program against mocks and records what it asks for. Throws what the program throws. */
export async function run(program: () => unknown, setting: Setting = {}): Promise<Run> {
  const outcome = await attempt(program, setting);
  if (outcome.errors.length > 0) throw new Error(outcome.errors.join("\n"));
  return outcome;
}

let registeredHooks: pulumi.ResourceHook[] = [];

/** The hook of a rule that the program under test has registered. */
export function hookOf(rule: string): pulumi.ResourceHook {
  const found = registeredHooks.find(({ name }) => name.includes(`:${rule}:`));
  if (found === undefined) throw new Error(`no hook ${rule}`);
  return found;
}

/** The same for a program that is expected to fail. */
export async function attempt(program: () => unknown, setting: Setting = {}): Promise<Run> {
  const outcome: Run = {
    resources: [],
    calls: [],
    hooks: [],
    result: undefined,
    logs: [],
    errors: [],
    reads: [],
    requests: [],
  };
  registeredHooks = outcome.hooks;
  // A store of its own: what a failed program leaves unfinished would block the next one.
  await global.asyncLocalStorage.run(new LocalStore(), async () => {
    const restore = [recordLogs(outcome), recordHooks(outcome)];
    const failure = firstFailure(outcome);
    try {
      await mock(outcome, setting);
      const finished = pulumi.runtime
        .runInPulumiStack(async () => program())
        .then(async (result) => {
          await waitForRPCs();
          outcome.result = result;
        });
      await Promise.race([finished.catch((error) => failure.add(error)), failure.seen]);
      await new Promise(setImmediate); // what was rejected without a handler is told in the next turn
    } finally {
      for (const undo of [...restore, failure.stop]) undo();
    }
  });
  refuseWhatGoogleRefuses(outcome.resources);
  return outcome;
}

/** Whatever a test is about, what is made must be what Google's descriptions of its APIs allow. */
function refuseWhatGoogleRefuses(resources: readonly Registered[]): void {
  const refused = resources
    .filter(({ type }) => type.startsWith("gcp:"))
    .flatMap(({ type, name, inputs }) => refusals(type, inputs).map((problem) => `${type} ${name}: ${problem}`));
  if (refused.length > 0) throw new Error(`Google would refuse this:\n${refused.join("\n")}`);
}

async function mock(
  outcome: Run,
  { calls = {}, preview = false, config = {}, clear = [], kept = {}, hooks = false }: Setting,
): Promise<void> {
  const answers = { ...defaultCalls, ...calls };
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => ({
        id: id || (preview ? (undefined as unknown as string) : (googleId(type, inputs) ?? `${name}-id`)),
        // What has an id is there, and is read in previews too.
        state: { ...inputs, ...(preview && !id ? {} : computed(type, name, inputs)), ...kept[name] },
      }),
      call: ({ token, inputs, provider }) => {
        outcome.calls.push({ token, inputs, provider: provider ?? "" });
        const answer = answers[token];
        if (answer === undefined) throw new Error(`a call that no test expects: ${token}`);
        return answer(inputs);
      },
    },
    "project",
    "stack",
    preview,
  );
  const secretKeys = Object.keys(config).filter((key) => !clear.includes(key));
  pulumi.runtime.setAllConfig(config, secretKeys);
  recordRequests(outcome, hooks);
}

/** What the cloud would add to a resource. */
function computed(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  switch (type) {
    case "aws:kms/key:Key":
      return { arn: `arn:aws:kms:${inputs.region}:111122223333:key/${name}`, keyId: name };
    case "aws:sns/topic:Topic":
      return { arn: `arn:aws:sns:${inputs.region}:111122223333:${inputs.name}` };
    case "aws:iam/role:Role":
      return { arn: `arn:aws:iam::111122223333:role${inputs.path}${inputs.name}` };
    case "aws:iam/policy:Policy":
      return { arn: `arn:aws:iam::111122223333:policy${inputs.path}${inputs.name}` };
    case "aws:resourceexplorer/view:View":
      return { arn: `arn:aws:resource-explorer-2:${inputs.region}:111122223333:view/${inputs.name}/view` };
    case "aws:secretsmanager/secret:Secret":
      return { arn: `arn:aws:secretsmanager:${inputs.region}:111122223333:secret:${inputs.name}-AbCdEf` };
    case "aws:secretsmanager/secretVersion:SecretVersion":
      return { versionId: `version-of-${name}` };
    case "gcp:logging/projectSink:ProjectSink":
      return { writerIdentity: `serviceAccount:${inputs.name}@gcp-sa-logging.iam.gserviceaccount.com` };
    case "gcp:monitoring/notificationChannel:NotificationChannel":
      return { name: `projects/${inputs.project}/notificationChannels/${name}` };
    default:
      return googleOutputs(type, inputs);
  }
}

type Struct = { toJavaScript(): Record<string, unknown> };
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getDeletebeforereplace(): boolean;
  getDeletebeforereplacedefined(): boolean;
  getIgnorechangesList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getImportid(): string;
  getProvider(): string;
  getDependenciesList(): string[];
  getHooks(): { getBeforeCreateList(): string[]; getBeforeUpdateList(): string[] } | undefined;
  getObject(): Struct;
}
interface ReadRequest {
  getType(): string;
  getName(): string;
  getId(): string;
  getProperties(): Struct;
}
interface Monitor {
  readResource(request: ReadRequest, callback: unknown): unknown;
  registerResource(request: RegisterRequest, callback: unknown): unknown;
  registerResourceOutputs(request: { getOutputs(): Struct }, callback: unknown): unknown;
  invoke(request: { getTok(): string; getArgs(): Struct }, callback: unknown): unknown;
}

/** Wraps the monitor, since mocks themselves see no options, and no outputs of components. */
function recordRequests(outcome: Run, withHooks: boolean): void {
  const monitor = settings.getMonitor() as unknown as Monitor;
  const { readResource, registerResource, registerResourceOutputs, invoke } = monitor;
  monitor.readResource = (request, callback) => {
    outcome.requests.push({ type: request.getType(), read: request.getProperties().toJavaScript() });
    outcome.reads.push(`${request.getType()} ${request.getName()} ${request.getId()}`);
    return readResource.call(monitor, request, callback);
  };
  monitor.registerResource = (request, callback) => {
    const object = request.getObject().toJavaScript();
    outcome.requests.push({ type: request.getType(), name: request.getName(), object });
    const create = () => {
      if (request.getType() !== "pulumi:pulumi:Stack") outcome.resources.push(registered(request, object));
      return registerResource.call(monitor, request, callback);
    };
    if (!withHooks) return create();
    const names = request.getHooks()?.getBeforeCreateList() ?? [];
    return runHooks(outcome.hooks, names, open(object) as object).then(create, callback as (error: unknown) => void);
  };
  monitor.registerResourceOutputs = (request, callback) => {
    outcome.requests.push({ outputs: request.getOutputs().toJavaScript() });
    return registerResourceOutputs.call(monitor, request, callback);
  };
  monitor.invoke = (request, callback) => {
    outcome.requests.push({ token: request.getTok(), arguments: request.getArgs().toJavaScript() });
    return invoke.call(monitor, request, callback);
  };
}

/** An error of a hook is told behind the hook's name: pkg/v3 resource/deploy/resource_hooks.go. */
async function runHooks(
  hooks: readonly pulumi.ResourceHook[],
  names: readonly string[],
  newInputs: object,
): Promise<void> {
  for (const { name, callback } of hooks.filter((hook) => names.includes(hook.name))) {
    try {
      await callback({ newInputs } as never);
    } catch (error) {
      throw saying(`before hook "${name}" failed: ${(error as Error).message}`);
    }
  }
}

function registered(request: RegisterRequest, object: Record<string, unknown>): Registered {
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: open(object) as Record<string, unknown>,
    secretInputs: Object.keys(object).filter((key) => isSecret(object[key])),
    options: {
      parent: nameOf(request.getParent()),
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
      deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
      ignoreChanges: request.getIgnorechangesList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      import: request.getImportid(),
      provider: request.getProvider(),
      dependencies: request.getDependenciesList().map(nameOf),
      beforeCreate: request.getHooks()?.getBeforeCreateList() ?? [],
      beforeUpdate: request.getHooks()?.getBeforeUpdateList() ?? [],
    },
  };
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

/** The mock monitor takes no hooks. */
function recordHooks(outcome: Run): () => void {
  const exports = registration as { registerResourceHook(hook: pulumi.ResourceHook): Promise<void> };
  const original = exports.registerResourceHook;
  exports.registerResourceHook = async (hook) => {
    outcome.hooks.push(hook);
  };
  return () => {
    exports.registerResourceHook = original;
  };
}

/** Without an engine, Pulumi prints what it logs. */
function recordLogs(outcome: Run): () => void {
  const levels = ["log", "info", "warn", "error", "debug"] as const;
  const originals = levels.map((level) => [level, console[level]] as const);
  for (const level of levels) console[level] = (...parts: unknown[]) => outcome.logs.push(parts.map(String).join(" "));
  return () => {
    for (const [level, original] of originals) console[level] = original;
  };
}

/** Pulumi leaves errors in Outputs to the process; jest would take them for a failed test. */
function firstFailure(outcome: Run) {
  const real = vm.runInThisContext("process") as NodeJS.Process;
  const listeners = real.listeners("unhandledRejection");
  let tell: () => void;
  const seen = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const add = (error: unknown) => {
    const lines = error instanceof Error ? error.message.split("\n") : [String(error)];
    outcome.errors.push(...lines.filter((line) => !outcome.errors.includes(line)));
    tell();
  };
  real.removeAllListeners("unhandledRejection").on("unhandledRejection", add);
  const stop = () => {
    real.removeAllListeners("unhandledRejection");
    for (const listener of listeners) real.on("unhandledRejection", listener);
  };
  return { seen, add, stop };
}

function isSecret(value: unknown): value is { value: unknown } {
  return typeof value === "object" && value !== null && (value as Record<string, unknown>)[specialSigKey] === secretSig;
}

function open(value: unknown): unknown {
  if (isSecret(value)) return open(value.value);
  if (Array.isArray(value)) return value.map(open);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, open(inner)]));
}

/** Where a canary, or what tells it, stands outside of a secret envelope: must be nowhere. */
export function leaks({ requests, logs, errors }: Pick<Run, "requests" | "logs" | "errors">, canary: string): string[] {
  const hash = (encoding: "hex" | "base64") => createHash("sha256").update(canary).digest(encoding);
  const traces = [canary, Buffer.from(canary).toString("base64"), hash("hex"), hash("base64")];
  return find({ requests, logs, errors }, traces, "$");
}

function find(value: unknown, traces: string[], path: string): string[] {
  if (isSecret(value)) return [];
  if (typeof value === "string") return traces.some((trace) => value.includes(trace)) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    ...find(key, traces, `${path} key`),
    ...find(inner, traces, `${path}.${key}`),
  ]);
}

/** A failure of an invoke as the engine tells it: `details` is all that is left of it in the program. */
export function saying(details: string): Error {
  return Object.assign(new Error(details), { details });
}

/** The invokes besides the one by which every component knows the account. */
export function lookups(calls: Called[]): Called[] {
  return calls.filter(({ token }) => token !== "aws:index/getCallerIdentity:getCallerIdentity");
}

/** Those of a type, by name. */
export function named(resources: Registered[], type: string): Record<string, Registered> {
  return Object.fromEntries(resources.filter((one) => one.type === type).map((one) => [one.name, one]));
}

/** The one resource of a type and name. */
export function only(resources: Registered[], type: string, name?: string): Registered {
  const found = resources.filter((one) => one.type === type && (name === undefined || one.name === name));
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type} ${name ?? ""}, not one`);
  return found[0] as Registered;
}

/** `type name` of each, in order. */
export function summary(resources: Registered[]): string[] {
  return resources.map(({ type, name }) => `${type} ${name}`);
}
