import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, type Connection } from "./connection";
import { isMap, type KubernetesObject } from "./object";
import { type StatusCondition, unmet } from "./waitFor";

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** The API server does not know the kind: its CustomResourceDefinition is missing, or comes with the same program. */
export class UnknownKind extends Error {}

export interface ApplyOptions {
  fieldManager: string;
  /** Take fields over from other managers. */
  force: boolean;
  dryRun: boolean;
}

/** The time is over, and the object is as it is. */
export class ConditionNotMet extends Error {
  constructor(
    lack: string,
    readonly last: KubernetesObject,
  ) {
    super(`timed out waiting for the condition: ${lack}`);
  }
}

/** Objects of any kind, custom ones included. */
export class Cluster {
  private readonly resources = new Map<string, Promise<ApiResource[]>>();

  constructor(private readonly connection: Connection) {}

  /** Creates the object or changes it: server-side apply. */
  async apply(object: KubernetesObject, { fieldManager, force, dryRun }: ApplyOptions): Promise<KubernetesObject> {
    const { path, located } = await this.locate(object);
    return this.connection.send<KubernetesObject>({
      method: "PATCH",
      path,
      query: { fieldManager, force: String(force), ...(dryRun && { dryRun: "All" }) },
      // JSON is YAML.
      contentType: "application/apply-patch+yaml",
      body: located,
    });
  }

  /** The object as it is now, or undefined. */
  async read(object: KubernetesObject): Promise<KubernetesObject | undefined> {
    const { path } = await this.locate(object);
    try {
      return await this.connection.send<KubernetesObject>({ method: "GET", path });
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return undefined;
      throw error;
    }
  }

  /** Deletes the object that was read and waits until it is gone. */
  async delete(live: KubernetesObject, propagationPolicy: string, seconds: number): Promise<void> {
    const { path } = await this.locate(live);
    const { uid } = live.metadata;
    await this.sendDelete(path, { propagationPolicy, preconditions: { uid } });
    const end = performance.now() + seconds * 1000;
    for (let pause = 50; ; pause = Math.min(pause * 2, 1000)) {
      const left = await this.read(live);
      // One of the same name that came after it is not it.
      if (left === undefined || left.metadata.uid !== uid) return;
      if (performance.now() > end) throw new Error(`it is not gone after ${seconds} s${reasonToStay(left)}`);
      await sleep(pause);
    }
  }

  private async sendDelete(path: string, options: object): Promise<void> {
    try {
      await this.connection.send({ method: "DELETE", path, body: options });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 404) throw error;
    }
  }

  /** Returns the object once its status holds the conditions. One that is gone meanwhile has none. */
  async waitUntil(live: KubernetesObject, awaited: StatusCondition[], seconds: number): Promise<KubernetesObject> {
    const end = performance.now() + seconds * 1000;
    let last = live;
    for (let pause = 100; ; pause = Math.min(pause * 1.5, 1000)) {
      const lack = unmet(last, awaited);
      if (lack === undefined) return last;
      if (performance.now() > end) throw new ConditionNotMet(lack, last);
      await sleep(pause);
      last = (await this.read(live)) ?? { ...live, status: {} };
    }
  }

  /** Where the object is. One that belongs in a namespace and names none is in that of the configuration. */
  private async locate(object: KubernetesObject): Promise<{ path: string; located: KubernetesObject }> {
    const { apiVersion, kind, metadata } = object;
    const resource = await this.resourceOf(apiVersion, kind);
    const namespace = resource.namespaced ? (metadata.namespace ?? this.connection.namespace) : undefined;
    const { namespace: _given, ...others } = metadata;
    const segments = [
      ...(namespace === undefined ? [] : ["namespaces", encodeURIComponent(namespace)]),
      resource.name,
      encodeURIComponent(metadata.name),
    ];
    return {
      path: `${versionPath(apiVersion)}/${segments.join("/")}`,
      located: { ...object, metadata: namespace === undefined ? others : { ...others, namespace } } as KubernetesObject,
    };
  }

  private async resourceOf(apiVersion: string, kind: string): Promise<ApiResource> {
    const isIt = (resource: ApiResource) => resource.kind === kind && !resource.name.includes("/");
    const known = (await this.resources.get(apiVersion))?.find(isIt);
    if (known) return known;
    // Asked again for each kind that is not there: a definition may have come since.
    const list = this.resourcesOf(apiVersion);
    this.resources.set(apiVersion, list);
    const found = (await list).find(isIt);
    if (found === undefined) throw new UnknownKind(`the cluster knows no ${kind} of ${apiVersion}`);
    return found;
  }

  private async resourcesOf(apiVersion: string): Promise<ApiResource[]> {
    try {
      const path = versionPath(apiVersion);
      return (await this.connection.send<{ resources: ApiResource[] }>({ method: "GET", path })).resources;
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return [];
      this.resources.delete(apiVersion);
      throw error;
    }
  }
}

function versionPath(apiVersion: string): string {
  return `${apiVersion.includes("/") ? "/apis" : "/api"}/${apiVersion}`;
}

function reasonToStay({ metadata, kind, spec }: KubernetesObject): string {
  const ofNamespace = kind === "Namespace" && isMap(spec) ? spec.finalizers : [];
  const finalizers = [metadata.finalizers, ofNamespace].flat().filter((name) => typeof name === "string");
  return finalizers.length > 0 ? `: it waits for its finalizers ${finalizers.join(", ")}` : "";
}
