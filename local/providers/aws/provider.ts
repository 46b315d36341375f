/** @pulumi/aws resources on the real Terraform AWS provider. */
import {
  type CheckFailure,
  type Difference,
  type Instance,
  type Properties,
  type Provider,
  type ResourceId,
  type State,
  Unfinished,
  type Value,
} from "../provider";
import { defaultsProperty, takesSameName, withName } from "./autoname";
import { globalServices } from "./exceptions";
import { pack, type TerraformObject, unpack } from "./msgpack";
import { dataSourceType, resourceType } from "./names";
import { changedFields } from "./plan";
import { TerraformPool } from "./pool";
import { type StoredState, TerraformResource } from "./resource";
import { importedInputs, outputsOf, refreshedInputs, stateOf, storedState } from "./state";
import { type Diagnostic, problem, type Terraform, type TerraformPaths } from "./terraform";
import { encodeObject, hasUnknown, InputError } from "./values";

interface Olds {
  inputs: Properties;
  outputs: Properties;
}

/** `id@region` imports from another region than the provider's, as in @pulumi/aws 7. */
const idInRegion = /^(.+)@([a-z]{2}(?:-[a-z]+)+-\d)$/;

export class AwsProvider implements Provider {
  private readonly pool: TerraformPool;

  constructor(paths: TerraformPaths) {
    this.pool = new TerraformPool(paths);
  }

  async configure(instance: Instance): Promise<void> {
    await this.pool.configured(instance, regionOf(instance));
  }

  async check(
    instance: Instance,
    resource: ResourceId,
    olds: Properties | undefined,
    news: Properties,
    randomSeed: Uint8Array,
  ): Promise<{ inputs: Properties; failures?: CheckFailure[] }> {
    const { target } = await this.open(instance, resource, news);
    const inputs = withName(target.schema, target.typeName, resource, olds, news, randomSeed);
    try {
      return { inputs, failures: await target.objections(configuration(target, inputs)) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { inputs, failures: [{ property: error.property, reason: error.reason }] };
    }
  }

  async diff(instance: Instance, resource: ResourceId, id: string, olds: Olds, news: Properties): Promise<Difference> {
    const { target, region } = await this.open(instance, resource, news);
    const prior = priorState(resource, id, olds);
    if (region && typeof olds.outputs.region === "string" && region !== olds.outputs.region) {
      return { changed: ["region"], replace: ["region"] };
    }
    const plan = await target.plan(prior, configuration(target, news));
    const changed = changedFields(target.schema, prior.value, plan.planned);
    // What follows from a changed input (an ARN, all tags) is left out, unless there is nothing else to show.
    const asked = changed.filter(({ property }) => property in news || property in olds.inputs);
    const shown = asked.length > 0 ? asked : changed;
    const replace = changed.filter(({ name }) => plan.replacing.has(name));
    return {
      changed: shown.map(({ property }) => property),
      replace: replace.map(({ property }) => property),
      deleteBeforeReplace: replace.length > 0 && takesSameName(target.typeName, target.schema, olds.inputs, news),
    };
  }

  async create(instance: Instance, resource: ResourceId, inputs: Properties, preview: boolean): Promise<State> {
    const { target, region } = await this.open(instance, resource, inputs);
    return this.apply(target, region, null, inputs, preview);
  }

  async update(
    instance: Instance,
    resource: ResourceId,
    id: string,
    olds: Olds,
    news: Properties,
    preview: boolean,
  ): Promise<State> {
    const { target, region } = await this.open(instance, resource, news);
    return this.apply(target, region, priorState(resource, id, olds), news, preview);
  }

  async read(
    instance: Instance,
    resource: ResourceId,
    id: string,
    olds: Olds | undefined,
  ): Promise<(State & { inputs: Properties }) | undefined> {
    const prior = olds && storedState(olds.outputs);
    if (!olds || !prior) return this.import(instance, resource, id, olds?.inputs ?? {});
    const { target, region } = await this.open(instance, resource, { region: olds.outputs.region ?? null });
    const live = await target.read(prior);
    if (!live) return undefined;
    const inputs = refreshedInputs(target.schema, olds.inputs, prior.value, live.value);
    return { ...stateOf(target.schema, live, region), inputs };
  }

  async delete(instance: Instance, resource: ResourceId, id: string, olds: Olds): Promise<void> {
    const { target } = await this.open(instance, resource, { region: olds.outputs.region ?? null });
    await target.destroy(priorState(resource, id, olds));
  }

  async invoke(instance: Instance, token: string, args: Properties): Promise<Properties> {
    const { region: _, ...own } = args;
    const region = regionOf(instance, args.region);
    const terraform = await this.pool.configured(instance, region);
    const { dataSources } = await this.pool.schemas(terraform);
    const { typeName, schema } = dataSourceType(token, dataSources);
    const request = { type_name: typeName, config: { msgpack: pack(encodeObject(schema, own)) } };
    await succeed(terraform, "ValidateDataSourceConfig", request);
    const { state } = await succeed<{ state: { msgpack: Uint8Array } }>(terraform, "ReadDataSource", request);
    return outputsOf(schema, unpack(state.msgpack) as TerraformObject, region);
  }

  /** Ends the Terraform processes. */
  stop(): Promise<void> {
    return this.pool.stop();
  }

  private async apply(
    target: TerraformResource,
    region: string | undefined,
    prior: StoredState | null,
    inputs: Properties,
    preview: boolean,
  ): Promise<State> {
    const config = configuration(target, inputs);
    const plan = await target.plan(prior, config);
    if (preview) return { id: "", outputs: outputsOf(target.schema, plan.planned, region) };
    const { state, failure } = await target.apply(prior, plan, config);
    if (failure && !prior && state?.value.id) {
      // Its state claims what was planned: only the live object tells the next update what is missing.
      const live = await target.read(state).catch(() => undefined);
      throw new Unfinished(failure, stateOf(target.schema, live ?? state, region), inputs);
    }
    if (failure || !state) throw new Error(failure ?? `${target.typeName}: the provider returned no state`);
    return stateOf(target.schema, state, region);
  }

  private async import(instance: Instance, resource: ResourceId, id: string, olds: Properties) {
    const [, plainId = id, regionOfId] = idInRegion.exec(id) ?? [];
    const { target, region } = await this.open(instance, resource, { region: regionOfId ?? olds.region ?? null });
    const live = await target.import(plainId);
    if (!live) return undefined;
    const state = await withDefaults(target, live);
    const inputs = importedInputs(target.schema, state.value);
    return {
      ...stateOf(target.schema, state, region),
      inputs: regionOfId ? { ...inputs, region: regionOfId } : inputs,
    };
  }

  private async open(instance: Instance, resource: ResourceId, inputs: Properties) {
    const region = regionOf(instance, inputs.region);
    const terraform = await this.pool.configured(instance, region);
    const { resources } = await this.pool.schemas(terraform);
    const { typeName, schema } = resourceType(resource.type, resources);
    const target = new TerraformResource(terraform, typeName, schema);
    return { target, region: globalServices.test(typeName) ? undefined : region };
  }
}

function regionOf(instance: Instance, given?: Value): string | undefined {
  const candidates = [given, instance.config.region, instance.env.AWS_REGION, instance.env.AWS_DEFAULT_REGION];
  return candidates.find((candidate) => typeof candidate === "string" && candidate !== "") as string | undefined;
}

/** The region chose the provider, and the list of defaults is our own: neither is an input of the resource type. */
function configuration(target: TerraformResource, inputs: Properties): TerraformObject {
  const { region: _region, [defaultsProperty]: _defaults, ...own } = inputs;
  return encodeObject(target.schema, own);
}

function priorState(resource: ResourceId, id: string, olds: Olds): StoredState {
  const prior = storedState(olds.outputs);
  if (prior) return prior;
  throw new Error(`${resource.urn}: ${id} was not written by the local AWS provider: run \`pulumi refresh\` first`);
}

/**
 * An imported state lacks the settings that exist only in a configuration, such as the recovery window of a secret.
 * The official bridge fills in their defaults; the provider tells them where it plans no other change.
 */
async function withDefaults(target: TerraformResource, live: StoredState): Promise<StoredState> {
  const plan = await target.plan(live, encodeObject(target.schema, importedInputs(target.schema, live.value)));
  const missing = changedFields(target.schema, live.value, plan.planned).filter(
    ({ name }) => live.value[name] === null,
  );
  const planned = missing.map(({ name }) => [name, plan.planned[name] ?? null] as const);
  const defaults = Object.fromEntries(planned.filter(([, value]) => !hasUnknown(value)));
  return { ...live, value: { ...live.value, ...defaults } };
}

async function succeed<Answer extends object>(terraform: Terraform, method: string, request: object): Promise<Answer> {
  const answer = await terraform.call<Answer & { diagnostics: Diagnostic[] }>(method, request);
  const failure = problem(answer.diagnostics);
  if (failure) throw new Error(failure);
  return answer;
}
