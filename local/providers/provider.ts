/**
 * What a local provider implements. `grpc.ts` serves it to the Pulumi engine as `pulumirpc.ResourceProvider`.
 *
 * Values are plain JSON with two exceptions, both handled at the boundary: an input that is not known yet in a preview
 * is the `unknown` symbol, and Pulumi's secret envelopes are removed on the way in. Every top-level output whose input
 * held a secret is wrapped again on the way out, and so is every name in `secretOutputs`.
 */
export const unknown: unique symbol = Symbol("unknown until the update");

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value } | typeof unknown;
export type Properties = { [key: string]: Value };

/** One configured instance of a provider: the engine configures one per provider resource of a program. */
export interface Instance {
  /** Provider configuration as the program gave it (parsed: objects and lists, not their JSON text). */
  config: Properties;
  /** The environment of the engine that configured it, as far as the plugin hands it on (AWS_*, KUBECONFIG, ...). */
  env: { [name: string]: string };
}

export interface ResourceId {
  urn: string;
  /** Type token, for example `aws:iam/role:Role`. */
  type: string;
  /** Logical name, the last part of the URN. */
  name: string;
  /** Names of the inputs that hold a secret. For those who write values elsewhere; nobody else need care. */
  secretInputs?: ReadonlySet<string>;
}

export interface State {
  id: string;
  outputs: Properties;
  /** Names of outputs to mark secret, besides those whose inputs were. */
  secretOutputs?: string[];
}

export interface Difference {
  /** Input properties that differ; empty means no change. */
  changed: string[];
  /** Those that force a replacement. */
  replace: string[];
  deleteBeforeReplace?: boolean;
}

/** A problem with the user's input: shown as one line, without a stack. `property` must not hold a secret. */
export interface CheckFailure {
  property: string;
  reason: string;
}

/** The object exists but was not finished: the engine keeps its state, and the next update mends it. */
export class Unfinished extends Error {
  constructor(
    message: string,
    readonly state: State,
    readonly inputs: Properties,
  ) {
    super(message);
  }
}

export interface Provider {
  /** Validates and configures; throws an Error whose message the engine shows. */
  configure(instance: Instance): Promise<void>;
  /** `olds` is undefined for a new resource. Returns the inputs with defaults (physical names) filled in. */
  check(
    instance: Instance,
    resource: ResourceId,
    olds: Properties | undefined,
    news: Properties,
    randomSeed: Uint8Array,
  ): Promise<{ inputs: Properties; failures?: CheckFailure[] }>;
  diff(
    instance: Instance,
    resource: ResourceId,
    id: string,
    olds: { inputs: Properties; outputs: Properties },
    news: Properties,
  ): Promise<Difference>;
  /** In a preview the outputs that cannot be known are `unknown`, and nothing is created. */
  create(instance: Instance, resource: ResourceId, inputs: Properties, preview: boolean): Promise<State>;
  update(
    instance: Instance,
    resource: ResourceId,
    id: string,
    olds: { inputs: Properties; outputs: Properties },
    news: Properties,
    preview: boolean,
  ): Promise<State>;
  /** Refresh, and import when `olds` is undefined. Undefined: the object is gone. */
  read(
    instance: Instance,
    resource: ResourceId,
    id: string,
    olds: { inputs: Properties; outputs: Properties } | undefined,
  ): Promise<(State & { inputs: Properties }) | undefined>;
  delete(
    instance: Instance,
    resource: ResourceId,
    id: string,
    olds: { inputs: Properties; outputs: Properties },
  ): Promise<void>;
  /** `token` as in `aws:kms/getKey:getKey`. */
  invoke(instance: Instance, token: string, args: Properties): Promise<Properties>;
}
