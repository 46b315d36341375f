import { createHash, randomBytes } from "node:crypto";
import {
  type Difference,
  type Instance,
  type Properties,
  type Provider,
  type ResourceId,
  type State,
  Unfinished,
  unknown,
  type Value,
} from "../provider";
import { type ApplyOptions, Cluster, ConditionNotMet, UnknownKind } from "./cluster";
import { ApiError, Connection } from "./connection";
import { autonamedAnnotation, differenceOf } from "./difference";
import { importedInputs, liveInputs } from "./liveInputs";
import {
  annotationOf,
  fieldManagerOf,
  idOf,
  isKnown,
  isMap,
  type KubernetesObject,
  metadataOf,
  nameOfId,
  namespaceOfId,
  objectOf,
  withApiVersionAndKind,
} from "./object";
import { awaitedConditions, timeoutOf } from "./waitFor";

type Olds = { inputs: Properties; outputs: Properties };

/** What only the server can say: not known in a preview. */
const unknownUntilCreated = { uid: unknown, creationTimestamp: unknown, resourceVersion: unknown } as const;
const secondsUntilDeleted = 300;
const secondsUntilReady = 600;
/** Their dependents are objects of their own, and gone before them. */
const kindsWithDependents = ["CronJob", "DaemonSet", "Deployment", "Job", "ReplicaSet", "StatefulSet"];

/** `pulumi-resource-kubernetes`, as far as this package and its tests need it: local/README.md says what differs. */
export class KubernetesProvider implements Provider {
  private readonly clusters = new WeakMap<Instance, Cluster>();

  async configure(instance: Instance): Promise<void> {
    // The kubeconfig of a cluster that the same program makes: previews of its objects do without the cluster.
    if (isKnown(instance.config)) this.clusters.set(instance, new Cluster(await Connection.open(instance)));
  }

  async check(
    _instance: Instance,
    resource: ResourceId,
    olds: Properties | undefined,
    news: Properties,
    randomSeed: Uint8Array,
  ): Promise<{ inputs: Properties }> {
    if (/(Patch|List)$|^kubernetes:(yaml|helm|kustomize)/.test(resource.type)) {
      throw new Error(`${resource.type} is not one of the kinds that the local Kubernetes provider serves`);
    }
    const inputs = withApiVersionAndKind(resource, withoutNulls(news));
    // What can't be read is refused before anything is created.
    awaitedConditions(inputs);
    const metadata = metadataOf(inputs);
    if (metadata.name !== undefined) return { inputs };
    const annotations = isMap(metadata.annotations) ? metadata.annotations : {};
    const name = inventedName(resource, olds, randomSeed);
    const named: Properties = { ...metadata, name, annotations: { ...annotations, [autonamedAnnotation]: "true" } };
    return { inputs: { ...inputs, metadata: named } };
  }

  async diff(
    { config, env }: Instance,
    _resource: ResourceId,
    id: string,
    olds: Olds,
    news: Properties,
  ): Promise<Difference> {
    return differenceOf(id, olds.inputs, news, {
      secrets: isOn(config.enableSecretMutable ?? env.PULUMI_K8S_ENABLE_SECRET_MUTABLE),
      configMaps: isOn(config.enableConfigMapMutable ?? env.PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE),
    });
  }

  async create(instance: Instance, resource: ResourceId, inputs: Properties, preview: boolean): Promise<State> {
    if (preview && !isKnown(inputs)) return previewed(inputs);
    const object = objectOf(inputs);
    return describing("creating", object, async () => {
      try {
        const cluster = this.clusterOf(instance);
        const existing = await cluster.read(object);
        if (existing && !isOurs(existing, resource) && !isOn(instance.config.upsertExistingObjects)) {
          throw new Error(`it exists already and is not managed by ${resource.name}: import it, or give another name`);
        }
        // One of ours is about to be replaced, and what can't be changed in place would be refused.
        if (preview && existing) return previewed(inputs);
        const live = await cluster.apply(object, applyOptions(instance, resource, inputs, preview));
        if (preview) return previewed(inputs, live);
        return await this.finished(cluster, inputs, live);
      } catch (error) {
        if (preview && mayComeWithTheProgram(error)) return previewed(inputs);
        throw error;
      }
    });
  }

  async update(
    instance: Instance,
    resource: ResourceId,
    id: string,
    _olds: Olds,
    news: Properties,
    preview: boolean,
  ): Promise<State> {
    if (preview && !isKnown(news)) return previewed(news);
    const object = locatedBy(id, objectOf(news));
    return describing("updating", object, async () => {
      const cluster = this.clusterOf(instance);
      const live = await cluster.apply(object, applyOptions(instance, resource, news, preview));
      return preview ? stateOf(news, live) : this.finished(cluster, news, live);
    });
  }

  async read(
    instance: Instance,
    resource: ResourceId,
    id: string,
    olds: Olds | undefined,
  ): Promise<(State & { inputs: Properties }) | undefined> {
    const inputs = withApiVersionAndKind(resource, olds?.inputs ?? {});
    const object = locatedBy(id, inputs);
    return describing("reading", object, async () => {
      try {
        const live = await this.clusterOf(instance).read(object);
        if (live === undefined) return undefined;
        const isImport = olds === undefined || Object.keys(olds.inputs).length === 0;
        const liveNow = isImport ? importedInputs(live) : liveInputs(olds.inputs, olds.outputs, live);
        return { ...stateOf(liveNow, live), inputs: liveNow };
      } catch (error) {
        // Its definition is gone, and the object went with it.
        if (error instanceof UnknownKind) return undefined;
        throw error;
      }
    });
  }

  async delete(instance: Instance, resource: ResourceId, id: string, olds: Olds): Promise<void> {
    const { inputs } = olds;
    const object = locatedBy(id, withApiVersionAndKind(resource, inputs));
    const policy = annotationOf(inputs, "pulumi.com/deletionPropagationPolicy");
    const timeout = timeoutOf(inputs, secondsUntilDeleted);
    const defaultPolicy = kindsWithDependents.includes(object.kind) ? "Foreground" : "Background";
    await describing("deleting", object, async () => {
      try {
        const cluster = this.clusterOf(instance);
        const live = await cluster.read(object);
        if (live === undefined || isItsReplacement(live, resource, olds)) return;
        await cluster.delete(live, typeof policy === "string" ? policy : defaultPolicy, timeout);
      } catch (error) {
        if (!(error instanceof UnknownKind)) throw error;
      }
    });
  }

  async invoke(_instance: Instance, token: string): Promise<Properties> {
    throw new Error(`${token} is not one of the functions that the local Kubernetes provider serves`);
  }

  private clusterOf(instance: Instance): Cluster {
    const cluster = this.clusters.get(instance);
    if (cluster === undefined) throw new Error("the kubeconfig is not known yet");
    return cluster;
  }

  /** The object is there; what waits for it may go on when it holds its conditions. */
  private async finished(cluster: Cluster, inputs: Properties, live: KubernetesObject): Promise<State> {
    const seconds = timeoutOf(inputs, secondsUntilReady);
    try {
      return stateOf(inputs, await cluster.waitUntil(live, awaitedConditions(inputs), seconds));
    } catch (error) {
      // The wording of pulumi-kubernetes, and what it shows while it waits.
      const reported = `${live.kind} ${placeOf(live)} was written, but the Kubernetes API server reported that it failed to fully initialize or become live`;
      const last = error instanceof ConditionNotMet ? error.last : live;
      throw new Unfinished(`${reported}: ${explained(error)}`, stateOf(inputs, last), inputs);
    }
  }
}

/** The API server reads null as absent, and so does the comparison of inputs. */
function withoutNulls(properties: Properties): Properties {
  const entries = Object.entries(properties).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name, isMap(value) ? withoutNulls(value) : value]));
}

/** Name of an object that the program leaves without one: it keeps the one that it has. */
function inventedName(resource: ResourceId, olds: Properties | undefined, randomSeed: Uint8Array): Value {
  const old = olds && annotationOf(olds, autonamedAnnotation) === "true" ? metadataOf(olds).name : undefined;
  return old ?? `${resource.name.toLowerCase()}-${eightDigits(randomSeed)}`;
}

function eightDigits(randomSeed: Uint8Array): string {
  // The engine's seed makes a preview and its update agree.
  const bytes = randomSeed.length > 0 ? createHash("sha256").update(randomSeed).digest() : randomBytes(4);
  return bytes.toString("hex").slice(0, 8);
}

function isOn(setting: unknown): boolean {
  return setting === true || setting === "true" || setting === "1";
}

function locatedBy(id: string, object: Properties): KubernetesObject {
  const namespace = namespaceOfId(id);
  const metadata = { ...metadataOf(object), name: nameOfId(id), ...(namespace !== undefined && { namespace }) };
  return { ...object, metadata } as KubernetesObject;
}

function applyOptions(
  { config, env }: Instance,
  resource: ResourceId,
  inputs: Properties,
  dryRun: boolean,
): ApplyOptions {
  const force = annotationOf(inputs, "pulumi.com/patchForce") ?? config.enablePatchForce;
  return {
    fieldManager: fieldManagerOf(resource),
    force: isOn(force ?? env.PULUMI_K8S_ENABLE_PATCH_FORCE),
    dryRun,
  };
}

function isOurs(existing: KubernetesObject, resource: ResourceId): boolean {
  const { managedFields } = existing.metadata;
  const manager = fieldManagerOf(resource);
  return Array.isArray(managedFields) && managedFields.some((entry) => isMap(entry) && entry.manager === manager);
}

/**
 * After an update that failed in the middle of a replacement, the engine creates the new object first and then deletes
 * the old one, which has the same name and is gone: what is there now must stay.
 */
function isItsReplacement(live: KubernetesObject, resource: ResourceId, { outputs }: Olds): boolean {
  const { uid } = metadataOf(outputs);
  return uid !== undefined && live.metadata.uid !== uid && isOurs(live, resource);
}

/** A preview runs before the namespace or the definition that the same program makes is there. */
function mayComeWithTheProgram(error: unknown): boolean {
  return (
    error instanceof UnknownKind || (error instanceof ApiError && error.code === 404 && error.about === "namespaces")
  );
}

function stateOf(inputs: Properties, live: KubernetesObject): State {
  const { managedFields: _managers, ...metadata } = live.metadata;
  const outputs = { ...live, metadata };
  if (live.kind !== "Secret") return { id: idOf(live), outputs };
  const { stringData } = inputs;
  return {
    id: idOf(live),
    outputs: stringData === undefined ? outputs : { ...outputs, stringData },
    secretOutputs: ["data", "stringData"],
  };
}

function previewed(inputs: Properties, live?: KubernetesObject): State {
  const { id, outputs, ...state } = stateOf(inputs, live ?? objectOf(inputs));
  const metadata = { ...metadataOf(outputs), ...unknownUntilCreated };
  return { id, ...state, outputs: { ...outputs, metadata } };
}

/** Errors say what was done to which object. */
async function describing<T>(doing: string, object: KubernetesObject, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Unfinished) throw error;
    throw new Error(`${doing} ${object.kind} ${placeOf(object)}: ${explained(error)}`);
  }
}

function placeOf({ metadata }: KubernetesObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

function explained(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ApiError)) return message;
  if (error.code === 401) return `${message}: the cluster does not accept the credentials of the kubeconfig`;
  if (error.code === 404 && error.about === "namespaces") return `${message}: create the namespace first`;
  if (error.reason === "Conflict") {
    return `${message}: someone else changed these fields; the annotation pulumi.com/patchForce: "true" takes them back`;
  }
  return message;
}
