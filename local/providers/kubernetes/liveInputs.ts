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
  const projected = project(objectOf(inputs), written, live) as Properties;
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

function project(input: Value, written: Value | undefined, live: Value): Value {
  if (isDeepStrictEqual(written, live)) return input;
  if (isMap(input) && isMap(live)) return projectMap(input, isMap(written) ? written : {}, live);
  if (Array.isArray(input) && Array.isArray(live)) {
    return projectList(input, Array.isArray(written) ? written : [], live);
  }
  return live;
}

function projectMap(
  input: { [key: string]: Value },
  written: { [key: string]: Value },
  live: { [key: string]: Value },
): Value {
  const present = Object.entries(input).flatMap(([name, value]): [string, Value][] => {
    const liveValue = live[name];
    if (liveValue !== undefined) return [[name, project(value, written[name], liveValue)]];
    // Empty lists and maps are the same as absent ones to the API server, which drops them.
    return isEmpty(value) && written[name] === undefined ? [[name, value]] : [];
  });
  return Object.fromEntries(present);
}

/**
 * As the official provider does, item by item in their order, and no more of them than the program gives: what somebody
 * appends is not seen. https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/util.go, pruneSlice
 */
function projectList(input: Value[], written: Value[], live: Value[]): Value {
  return input.slice(0, live.length).map((item, index) => project(item, written[index], live[index] as Value));
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
