import { createHash } from "node:crypto";
import { type Properties, type ResourceId, unknown, type Value } from "../provider";

/** The parts of a Kubernetes object that this provider looks into; the rest is carried as it is. */
export type KubernetesObject = Properties & {
  apiVersion: string;
  kind: string;
  metadata: Properties & { name: string; namespace?: string };
};

export function isMap(value: Value | undefined): value is { [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function metadataOf(properties: Properties): { [key: string]: Value } {
  return isMap(properties.metadata) ? properties.metadata : {};
}

export function annotationOf(properties: Properties, name: string): Value | undefined {
  const { annotations } = metadataOf(properties);
  return isMap(annotations) ? annotations[name] : undefined;
}

export function isKnown(value: Value): boolean {
  if (value === unknown) return false;
  if (Array.isArray(value)) return value.every(isKnown);
  return !isMap(value) || Object.values(value).every(isKnown);
}

/**
 * `apiVersion` and `kind` are inputs in every SDK; a YAML program may leave them out, and then the type token says them:
 * `kubernetes:core/v1:Secret`, `kubernetes:rbac.authorization.k8s.io/v1:Role`.
 */
export function withApiVersionAndKind(resource: ResourceId, inputs: Properties): Properties {
  const [, module = "", kind = ""] = resource.type.split(":");
  return { ...inputs, apiVersion: inputs.apiVersion ?? module.replace(/^core\//, ""), kind: inputs.kind ?? kind };
}

/** The id of pulumi-kubernetes: NAMESPACE/NAME, or NAME alone for an object that is in no namespace. */
export function idOf(object: KubernetesObject): string {
  const { name, namespace }: Properties = object.metadata;
  // In a preview a name may come from a resource that is not there yet; the engine then takes no id.
  if (typeof name !== "string" || typeof namespace === "symbol") return "";
  return namespace === undefined ? name : `${namespace}/${name}`;
}

export function namespaceOfId(id: string): string | undefined {
  return id.includes("/") ? id.slice(0, id.indexOf("/")) : undefined;
}

export function nameOfId(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}

/** The object to send. `stringData` is write-only sugar of the API: as `data` its fields have an owner, and are pruned. */
export function objectOf(inputs: Properties): KubernetesObject {
  const { stringData, ...object } = inputs;
  // `check` has seen to it that kind, version and name are there.
  if (inputs.kind !== "Secret" || !isMap(stringData)) return inputs as KubernetesObject;
  const data = { ...(isMap(object.data) ? object.data : {}), ...encoded(stringData) };
  return { ...(object as KubernetesObject), data };
}

function encoded(stringData: { [key: string]: Value }): Properties {
  const encode = (value: Value) => (value === unknown ? unknown : Buffer.from(String(value)).toString("base64"));
  return Object.fromEntries(Object.entries(stringData).map(([key, value]) => [key, encode(value)]));
}

export function decoded(value: Value): Value {
  return typeof value === "string" ? Buffer.from(value, "base64").toString() : value;
}

/** Field manager of one resource: another resource that describes the same object is another manager. */
export function fieldManagerOf(resource: ResourceId): string {
  return `pulumi-kubernetes-${createHash("sha256").update(resource.urn).digest("hex").slice(0, 8)}`;
}
