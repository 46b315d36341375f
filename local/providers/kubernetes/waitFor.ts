import { type Properties, type Value } from "../provider";
import { annotationOf, isMap, type KubernetesObject } from "./object";

const waitForAnnotation = "pulumi.com/waitFor";
const skipAnnotation = "pulumi.com/skipAwait";

/** A condition in the status of an object, as `kubectl wait --for=condition=TYPE=STATUS` takes it. */
export interface StatusCondition {
  type: string;
  status: string;
}

/** A custom resource can follow its definition only when the API server serves it. */
export const established: StatusCondition = { type: "Established", status: "True" };

/**
 * What an object is waited for. The annotation holds one expression or a JSON list of them, as pulumi-kubernetes reads it:
 * https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/metadata/overrides.go
 */
export function awaitedConditions(inputs: Properties): StatusCondition[] {
  const ofKind = inputs.kind === "CustomResourceDefinition" ? [established] : [];
  const annotation = annotationOf(inputs, waitForAnnotation);
  if (typeof annotation !== "string" || annotation === "" || annotationOf(inputs, skipAnnotation) === "true") {
    return ofKind;
  }
  const expressions = expressionsOf(annotation);
  if (expressions.length === 0) throw new Error(`${waitForAnnotation}: at least one condition must be specified`);
  return [...ofKind, ...expressions.map(conditionOf)];
}

/** As pulumi-kubernetes does, what is no number counts as not given. */
export function timeoutOf(inputs: Properties, otherwise: number): number {
  const given = Number.parseInt(String(annotationOf(inputs, "pulumi.com/timeoutSeconds")), 10);
  return Number.isNaN(given) ? otherwise : given;
}

function expressionsOf(annotation: string): string[] {
  try {
    const parsed = JSON.parse(annotation) as unknown;
    if (Array.isArray(parsed) && parsed.every((one) => typeof one === "string")) return parsed;
  } catch {
    // One expression.
  }
  return [annotation];
}

function conditionOf(expression: string): StatusCondition {
  if (expression.startsWith("jsonpath=")) {
    throw new Error(
      `${waitForAnnotation}: the local Kubernetes provider waits for a condition only, not "${expression}"`,
    );
  }
  const [, type, status = "True"] = /^condition=([^=]+)(?:=(.*))?$/.exec(expression) ?? [];
  if (type === undefined) {
    throw new Error(`${waitForAnnotation}: expected a "jsonpath=" or "condition=" prefix, got "${expression}"`);
  }
  return { type, status };
}

/** What an object still lacks, in words; undefined when nothing. */
export function unmet(live: KubernetesObject, awaited: StatusCondition[]): string | undefined {
  return awaited.map((condition) => lackOf(live, condition)).find((lack) => lack !== undefined);
}

/** As `kubectl wait` decides: case is ignored, and a condition of an earlier generation does not count. */
function lackOf(live: KubernetesObject, { type, status }: StatusCondition): string | undefined {
  const objectStatus = isMap(live.status) ? live.status : {};
  const conditions = Array.isArray(objectStatus.conditions) ? objectStatus.conditions.filter(isMap) : [];
  const found = conditions.find((condition) => sameText(condition.type, type));
  if (found === undefined) return `it has no condition ${type}`;
  const observed = found.observedGeneration ?? objectStatus.observedGeneration;
  const { generation } = live.metadata;
  if (typeof observed === "number" && typeof generation === "number" && observed < generation) {
    return `${type} is that of generation ${observed}, and ${generation} is awaited`;
  }
  if (sameText(found.status, status)) return undefined;
  const details = [found.reason, found.message].filter((text) => typeof text === "string" && text !== "");
  return `${type} is ${String(found.status)}, not ${status}${details.length > 0 ? ` (${details.join(": ")})` : ""}`;
}

function sameText(value: Value | undefined, text: string): boolean {
  return typeof value === "string" && value.toLowerCase() === text.toLowerCase();
}
