import * as pulumi from "@pulumi/pulumi";

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
    ignoreChanges: string[];
    additionalSecretOutputs: string[];
    import: string;
    provider: string;
    beforeCreate: string[];
  };
}

export type Calls = { [token: string]: (inputs: Record<string, unknown>) => Record<string, unknown> };

const defaultCalls: Calls = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "111122223333", arn: "", id: "", userId: "" }),
};

/**
 * Runs a program against mocks and records what it registers. Any call that isn't mocked throws. The recorder wraps the
 * monitor, since mocks themselves see no options.
 */
export async function run(
  program: () => unknown,
  { calls = {}, preview = false }: { calls?: Calls; preview?: boolean } = {},
): Promise<{ resources: Registered[]; wire: string }> {
  const answers = { ...defaultCalls, ...calls };
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => ({
        id: preview ? (undefined as unknown as string) : (id ?? `${name}-id`),
        state: preview ? inputs : { ...inputs, ...computed(type, name, inputs) },
      }),
      call: ({ token, inputs }) => {
        const answer = answers[token];
        if (answer === undefined) throw new Error(`a call that no test expects: ${token}`);
        return answer(inputs);
      },
    },
    "project",
    "stack",
    preview,
  );
  const recorder = record();
  try {
    await pulumi.runtime.runInPulumiStack(async () => {
      await program();
    });
    await (pulumi.runtime as unknown as { waitForRPCs?: () => Promise<void> }).waitForRPCs?.();
  } finally {
    recorder.stop();
  }
  return { resources: recorder.resources, wire: JSON.stringify(recorder.requests) };
}

/** What the cloud would add to a resource. */
function computed(type: string, name: string, inputs: Record<string, unknown>): Record<string, unknown> {
  switch (type) {
    case "aws:kms/key:Key":
      return { arn: `arn:aws:kms:${inputs.region}:111122223333:key/${name}`, keyId: name };
    case "aws:iam/role:Role":
      return { arn: `arn:aws:iam::111122223333:role${inputs.path}${inputs.name}` };
    case "aws:secretsmanager/secret:Secret":
      return { arn: `arn:aws:secretsmanager:${inputs.region}:111122223333:secret:${inputs.name}-AbCdEf` };
    case "aws:secretsmanager/secretVersion:SecretVersion":
      return { versionId: `version-of-${name}` };
    default:
      return {};
  }
}

type RegisterRequest = {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getIgnorechangesList(): string[];
  getAdditionalsecretoutputsList(): string[];
  getImportid(): string;
  getProvider(): string;
  getHooks(): { getBeforeCreateList(): string[] } | undefined;
  getObject(): { toJavaScript(): Record<string, unknown> };
};

function record() {
  const { MockMonitor } = require("@pulumi/pulumi/runtime/mocks");
  const original = MockMonitor.prototype.registerResource;
  const resources: Registered[] = [];
  const requests: unknown[] = [];
  MockMonitor.prototype.registerResource = function (request: RegisterRequest, callback: unknown) {
    const object = request.getObject().toJavaScript();
    requests.push({ type: request.getType(), name: request.getName(), object });
    if (request.getType() !== "pulumi:pulumi:Stack") {
      resources.push({
        type: request.getType(),
        name: request.getName(),
        inputs: open(object) as Record<string, unknown>,
        secretInputs: Object.keys(object).filter((key) => isSecret(object[key])),
        options: {
          parent: request.getParent().split("::").at(-1) ?? "",
          protect: request.getProtect(),
          retainOnDelete: request.getRetainondelete(),
          ignoreChanges: request.getIgnorechangesList(),
          additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
          import: request.getImportid(),
          provider: request.getProvider(),
          beforeCreate: request.getHooks()?.getBeforeCreateList() ?? [],
        },
      });
    }
    return original.call(this, request, callback);
  };
  return {
    resources,
    requests,
    stop: () => {
      MockMonitor.prototype.registerResource = original;
    },
  };
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

/** Where a canary stands outside of a secret envelope: must be nowhere. */
export function leaks(wire: string, canary: string): string[] {
  return find(JSON.parse(wire), canary, "$");
}

function find(value: unknown, canary: string, path: string): string[] {
  if (isSecret(value)) return [];
  if (typeof value === "string") return value.includes(canary) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => find(inner, canary, `${path}.${key}`));
}

/** The one resource of a type and name. */
export function only(resources: Registered[], type: string, name?: string): Registered {
  const found = resources.filter(
    (resource) => resource.type === type && (name === undefined || resource.name === name),
  );
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type} ${name ?? ""}, not one`);
  return found[0] as Registered;
}
