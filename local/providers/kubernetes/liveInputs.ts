import { isDeepStrictEqual } from "node:util";
import type { Properties, Value } from "../provider";
import { decoded, isMap, type KubernetesObject, metadataOf, objectOf } from "./object";

/** Fields that the API server sets. */
const serverFields = ["status"];
const serverMetadata = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "ownerReferences",
  "resourceVersion",
  "selfLink",
  "uid",
];

/**
 * The last inputs with the values that the live object has now. Fields that the inputs don't name are left out: other
 * managers may own them. A field that is as the last write left it (`written`) keeps the value of the inputs, so that
 * defaults and canonical forms of the API server ("1000m" becomes "1") are no drift.
 */
export function liveInputs(inputs: Properties, written: Properties, live: KubernetesObject): Properties {
  const lists = associativeListsOf(live);
  const projected = project(objectOf(inputs), written, live, lists) as Properties;
  return isMap(inputs.stringData) ? withStringData(inputs.stringData, inputs.data, projected) : projected;
}

/** What an import takes over: all that is not the server's. */
export function importedInputs(live: KubernetesObject): Properties {
  const metadata = without(metadataOf(live), serverMetadata);
  return { ...without(live, serverFields), metadata };
}

function without(properties: Properties, names: string[]): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)));
}

function project(input: Value, written: Value | undefined, live: Value, lists: AssociativeLists | undefined): Value {
  if (isDeepStrictEqual(written, live)) return input;
  if (isMap(input) && isMap(live)) return projectMap(input, isMap(written) ? written : {}, live, lists);
  if (Array.isArray(input) && Array.isArray(live)) {
    return projectList(input, Array.isArray(written) ? written : [], live, lists);
  }
  return live;
}

function projectMap(
  input: { [key: string]: Value },
  written: { [key: string]: Value },
  live: { [key: string]: Value },
  lists: AssociativeLists | undefined,
): Value {
  const present = Object.entries(input).flatMap(([name, value]): [string, Value][] => {
    const liveValue = live[name];
    if (liveValue !== undefined) return [[name, project(value, written[name], liveValue, lists?.fields[name])]];
    // Empty lists and maps are the same as absent ones to the API server, which drops them.
    return isEmpty(value) && written[name] === undefined ? [[name, value]] : [];
  });
  return Object.fromEntries(present);
}

function projectList(input: Value[], written: Value[], live: Value[], lists: AssociativeLists | undefined): Value {
  const keys = lists?.keys;
  if (keys === undefined) {
    if (input.length !== live.length) return live;
    return input.map((item, index) => project(item, written[index], live[index] as Value, lists));
  }
  // Items that others added are theirs; those of the inputs that are gone are gone.
  return input.flatMap((item) => {
    const liveItem = live.find((candidate) => sameKeys(item, candidate, keys));
    if (liveItem === undefined) return [];
    const writtenItem = written.find((candidate) => sameKeys(liveItem, candidate, keys));
    return [project(item, writtenItem, liveItem, lists)];
  });
}

/** A key that the inputs leave to its default ("protocol" of a port) agrees with any. */
function sameKeys(item: Value, candidate: Value, keys: string[]): boolean {
  if (!isMap(item) || !isMap(candidate)) return isDeepStrictEqual(item, candidate);
  return keys.every((key) => item[key] === undefined || isDeepStrictEqual(item[key], candidate[key]));
}

function isEmpty(value: Value): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function withStringData(
  stringData: { [key: string]: Value },
  data: Value | undefined,
  projected: Properties,
): Properties {
  const live = isMap(projected.data) ? projected.data : {};
  const own = isMap(data) ? data : {};
  const strings = Object.entries(live).filter(([key]) => key in stringData);
  const others = Object.entries(live).filter(([key]) => !(key in stringData) && key in own);
  const { data: _merged, ...rest } = projected;
  return {
    ...rest,
    ...(data !== undefined && { data: Object.fromEntries(others) }),
    stringData: Object.fromEntries(strings.map(([key, value]) => [key, decoded(value)])),
  };
}

/** By which keys the items of a list are told apart; undefined for a list that is one value. */
interface AssociativeLists {
  keys?: string[];
  fields: { [name: string]: AssociativeLists };
}

/**
 * Only the schema of a kind says which lists are maps, and the API server tells it through the owners of their items:
 * `k:{"name":"app"}` for an item by key, `v:"x"` for an item of a set.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
function associativeListsOf(live: KubernetesObject): AssociativeLists {
  const found: AssociativeLists = { fields: {} };
  const { managedFields } = live.metadata;
  for (const manager of Array.isArray(managedFields) ? managedFields : []) {
    if (isMap(manager) && isMap(manager.fieldsV1)) collect(manager.fieldsV1, found);
  }
  return found;
}

function collect(fields: { [name: string]: Value }, into: AssociativeLists): void {
  for (const [name, children] of Object.entries(fields)) {
    if (name.startsWith("k:")) {
      into.keys = Object.keys(JSON.parse(name.slice(2)) as object);
      if (isMap(children)) collect(children, into);
    } else if (name.startsWith("v:")) {
      into.keys = [];
    } else if (name.startsWith("f:")) {
      const field = name.slice(2);
      into.fields[field] ??= { fields: {} };
      if (isMap(children)) collect(children, into.fields[field]);
    }
  }
}
