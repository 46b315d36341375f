/**
 * A provider for any package that has no real one here: it accepts every input, gives it back as an output with the
 * id and ARN that a cloud would add, and keeps the objects in a file. It validates nothing and enforces nothing.
 */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import {
  type Difference,
  type Instance,
  type Properties,
  type Provider,
  type ResourceId,
  type State,
  unknown,
} from "./provider";
import { account, defaultRegion, invent } from "./simulated/inventions";
import { Store } from "./simulated/store";

interface Olds {
  inputs: Properties;
  outputs: Properties;
}

/** Inputs that no cloud lets an object change, whatever its type. */
const immutable = new Set([
  ...["accountId", "bucket", "name", "namePrefix", "policyArn", "region", "role", "secretId", "secretStringWoVersion"],
]);

/** Types that their cloud lets a program leave without a name. */
const autonamed =
  /^aws:(?:cloudtrail|cloudwatch|iam|secretsmanager|sns|sqs)\/(?:trail|eventRule|logGroup|policy|role|rolePolicy|secret|topic|queue):/;

/** What functions return that name no object. */
const results: { [token: string]: (instance: Instance) => Properties } = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => {
    return { accountId: account, arn: `arn:aws:iam::${account}:root`, id: account, userId: account };
  },
  "aws:index/getPartition:getPartition": () => ({ dnsSuffix: "amazonaws.com", id: "aws", partition: "aws" }),
  "aws:index/getRegion:getRegion": ({ config, env }) => {
    const region = config.region ?? env.AWS_REGION ?? defaultRegion;
    return { id: region, name: region, region };
  },
  "aws:secretsmanager/getSecrets:getSecrets": () => ({ arns: [], names: [] }),
};

export class SimulatedProvider implements Provider {
  private readonly store: Store;

  constructor(file: string | undefined) {
    this.store = new Store(file);
  }

  async configure(): Promise<void> {
    this.store.count("configure");
  }

  async check(
    _: Instance,
    resource: ResourceId,
    olds: Properties | undefined,
    news: Properties,
    randomSeed: Uint8Array,
  ): Promise<{ inputs: Properties }> {
    this.store.count("check");
    if (!autonamed.test(resource.type) || news.name !== undefined || news.namePrefix !== undefined)
      return { inputs: news };
    const digits = createHash("sha256").update(randomSeed).update(resource.urn).digest("hex").slice(0, 7);
    return { inputs: { ...news, name: olds?.name ?? `${resource.name}-${digits}` } };
  }

  async diff(_: Instance, __: ResourceId, ___: string, olds: Olds, news: Properties): Promise<Difference> {
    this.store.count("diff");
    const names = new Set([...Object.keys(olds.inputs), ...Object.keys(news)]);
    const changed = [...names].filter((name) => !isDeepStrictEqual(olds.inputs[name] ?? null, news[name] ?? null));
    return { changed, replace: changed.filter((name) => immutable.has(name)) };
  }

  async create(instance: Instance, resource: ResourceId, inputs: Properties, preview: boolean): Promise<State> {
    this.store.count(preview ? "previewCreate" : "create");
    let attempt = 1;
    let invention = this.invent(instance, resource, inputs, attempt);
    while (!preview && this.store.get(invention.id)) {
      attempt += 1;
      invention = this.invent(instance, resource, inputs, attempt);
    }
    if (preview) return { id: "", outputs: { ...unknowns(invention.outputs), ...inputs } };
    const outputs = { ...invention.outputs, ...inputs };
    this.keep(resource, invention.id, inputs, outputs);
    return { id: invention.id, outputs };
  }

  async update(
    _: Instance,
    resource: ResourceId,
    id: string,
    olds: Olds,
    news: Properties,
    preview: boolean,
  ): Promise<State> {
    this.store.count(preview ? "previewUpdate" : "update");
    const invented = Object.entries(olds.outputs).filter(([name]) => !(name in olds.inputs));
    const outputs = { ...Object.fromEntries(invented), ...news };
    if (!preview) this.keep(resource, id, news, outputs);
    return { id, outputs };
  }

  async read(_: Instance, __: ResourceId, id: string, olds: Olds | undefined) {
    this.store.count("read");
    const object = this.store.get(id);
    // The engine's copy has the secrets; the file's is for imports.
    return object && { id, inputs: olds?.inputs ?? object.inputs, outputs: olds?.outputs ?? object.outputs };
  }

  async delete(_: Instance, __: ResourceId, id: string): Promise<void> {
    this.store.count("delete");
    this.store.remove(id);
  }

  /** The object that a function such as `aws:kms/getAlias:getAlias` describes; as in a cloud, it is an error if none is. */
  async invoke(instance: Instance, token: string, args: Properties): Promise<Properties> {
    this.store.count("invoke");
    const type = token.replace(
      /\/get(\w)(\w*):get/,
      (_, first: string, rest: string) => `/${first.toLowerCase()}${rest}:`,
    );
    const asked = Object.entries(args);
    const found = this.store.find(type, ({ outputs }) =>
      asked.every(([name, value]) => isDeepStrictEqual(outputs[name], value)),
    );
    if (found) return { ...found[1].outputs, id: found[0] };
    if (token === "aws:secretsmanager/getSecretVersions:getSecretVersions") return this.secretVersions(args);
    const result = results[token];
    if (result === undefined) throw new Error(`${token}: no such object`);
    return { id: token, ...result(instance), ...args };
  }

  private secretVersions({ secretId, ...args }: Properties): Properties {
    const [arn, secret] =
      this.store.find("aws:secretsmanager/secret:Secret", ({ outputs: { name, arn } }) =>
        [name, arn].includes(secretId),
      ) ?? [];
    if (arn === undefined) throw new Error("getSecretVersions: no such secret");
    const current = this.store.find(
      "aws:secretsmanager/secretVersion:SecretVersion",
      ({ outputs }) => outputs.secretId === arn,
    );
    const versions =
      current === undefined ? [] : [{ versionId: current[1].outputs.versionId, versionStages: ["AWSCURRENT"] }];
    return { ...args, id: arn, arn, name: secret?.outputs.name, secretId, versions } as Properties;
  }

  async stop(): Promise<void> {
    this.store.flush();
  }

  private invent(instance: Instance, resource: ResourceId, inputs: Properties, attempt: number) {
    const name = [inputs.name, inputs.bucket, inputs.secretId, resource.name].find(
      (given) => typeof given === "string",
    );
    const defaults = { region: instance.env.AWS_REGION ?? defaultRegion, ...instance.config };
    return invent(resource.type, resource.urn, String(name), { ...defaults, ...inputs }, attempt);
  }

  private keep(resource: ResourceId, id: string, inputs: Properties, outputs: Properties): void {
    const { type, urn } = resource;
    this.store.put(id, { type, urn, inputs, outputs }, resource.secretInputs ?? new Set());
  }
}

function unknowns(outputs: Properties): Properties {
  return Object.fromEntries(Object.keys(outputs).map((name) => [name, unknown]));
}
