import { isDeepStrictEqual } from "node:util";
import { type Difference, type Properties, unknown, type Value } from "../provider";
import { annotationOf, isMap, metadataOf, namespaceOfId, objectOf } from "./object";

export const autonamedAnnotation = "pulumi.com/autonamed";

export interface Mutability {
  secrets: boolean;
  configMaps: boolean;
}

/**
 * Fields that can't be changed in place, by kind. The list is a part of pulumi-kubernetes' own,
 * https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/force_new_properties.go; what the API
 * server refuses beyond it is an error of the update.
 */
const immutableFields: { [groupAndKind: string]: string[] } = {
  "/ConfigMap": ["binaryData", "data", "immutable"],
  "/Secret": ["type", "stringData", "data", "immutable"],
  "/PersistentVolumeClaim": ["spec.accessModes", "spec.storageClassName", "spec.volumeName"],
  "apps/DaemonSet": ["spec.selector"],
  "apps/Deployment": ["spec.selector"],
  "apps/ReplicaSet": ["spec.selector"],
  "apps/StatefulSet": ["spec.selector", "spec.serviceName", "spec.podManagementPolicy", "spec.volumeClaimTemplates"],
  "batch/Job": ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
  "rbac.authorization.k8s.io/ClusterRoleBinding": ["roleRef"],
  "rbac.authorization.k8s.io/RoleBinding": ["roleRef"],
  "storage.k8s.io/StorageClass": ["parameters", "provisioner"],
};
const identityFields = ["kind", "metadata.name", "metadata.namespace"];

/** Compares inputs with inputs: what the cluster adds by itself is no difference. */
export function differenceOf(id: string, olds: Properties, news: Properties, mutable: Mutability): Difference {
  const before = withNamespaceOf(id, objectOf(olds));
  const after = withNamespaceOf(id, objectOf(news));
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !isDeepStrictEqual(before[name], after[name]),
  );
  const isMutable = after.kind === "Secret" ? mutable.secrets : after.kind === "ConfigMap" && mutable.configMaps;
  const fields = [...identityFields, ...(isMutable ? [] : (immutableFields[groupAndKind(after)] ?? []))];
  const replacing = fields.filter((field) => differsAt(field.split("."), before, after));
  if (groupOf(before) !== groupOf(after)) replacing.push("apiVersion");
  const isSameObject = !replacing.some((field) => identityFields.includes(field) || field === "apiVersion");
  return {
    changed,
    replace: [...new Set(replacing.map((field) => field.split(".")[0] as string))],
    // Two objects can't have one name at the same time. An invented name is invented anew.
    deleteBeforeReplace: replacing.length > 0 && isSameObject && annotationOf(news, autonamedAnnotation) !== "true",
  };
}

/** Absent, the namespace is the configured one. That of the existing object stays until the program names another. */
function withNamespaceOf(id: string, properties: Properties): Properties {
  const metadata = metadataOf(properties);
  const namespace = metadata.namespace ?? namespaceOfId(id);
  return { ...properties, metadata: namespace === undefined ? metadata : { ...metadata, namespace } };
}

function groupOf(properties: Properties): string {
  const apiVersion = String(properties.apiVersion);
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

function groupAndKind(properties: Properties): string {
  return `${groupOf(properties)}/${String(properties.kind)}`;
}

/**
 * The engine asks what would happen if all that depends on another resource changed, and sends whole inputs as unknown.
 * A field somewhere inside is then taken as unchanged: nothing says otherwise.
 */
function differsAt(path: string[], before: Value | undefined, after: Value | undefined): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return !isDeepStrictEqual(before, after);
  if (before === unknown || after === unknown) return false;
  return differsAt(rest, isMap(before) ? before[name] : undefined, isMap(after) ? after[name] : undefined);
}
