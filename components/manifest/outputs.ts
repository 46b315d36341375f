import * as pulumi from "@pulumi/pulumi";
import type { ManifestResources } from "./provision";

/** How much of what it provisions the root program shows: Pulumi prints all outputs of a stack after each run. */
export enum ShownOutputs {
  /** What people and workloads take up, without what is empty. */
  Short = "short",
  /** All: also what each role may do, the policies for deployers and emergencies, and what uses which secret. */
  Full = "full",
}

const { Short, Full } = ShownOutputs;

/** The outputs of each component that are shown, in their order, by how much is asked for. */
const shown = {
  auditTrails: { [Short]: ["trailArn", "bucketName", "keyArn", "alertTargetArns"], [Full]: [] },
  workspaces: {
    [Short]: [
      "keyArn",
      "roleArns",
      "rotatorRoleArn",
      "createCommand",
      "updateCommand",
      "namespace",
      "audited",
      "reducedGuarantees",
    ],
    [Full]: ["effectivePermissions", "deployerPolicy", "breakGlassPolicy"],
  },
  secrets: { [Short]: ["secretId", "versionId"], [Full]: [] },
  bindings: {
    [Short]: [
      "namespace",
      "env",
      "envFrom",
      "volumes",
      "volumeMounts",
      "imagePullSecrets",
      "tlsSecretNames",
      "podAnnotations",
      "workloadAnnotations",
      "serviceAccountName",
      "readerRoleArn",
      "readerServiceAccount",
      "ecsSecrets",
      "lambdaEnvironment",
      "cloudRunEnv",
      "restartedBy",
      "worstCaseStalenessSeconds",
    ],
    [Full]: ["versions", "uses", "estimatedApiCallsPerMonth", "estimatedMonthlyPrice"],
  },
} as const;

type Kind = keyof typeof shown;

/** The root program's outputs: by kind, then by name, `workspace/name` of what a workspace holds. */
export function outputsOf({ usedBy, ...resources }: ManifestResources, much: ShownOutputs): Record<Kind, object> {
  const outputs = mapValues(shown, (names, kind) =>
    mapValues(resources[kind] as Record<string, object>, (resource, key) => {
      const short = pick(resource, names[Short]);
      if (much === Short) return pulumi.output(short).apply(withoutEmpty);
      const uses = kind === "secrets" ? { usedBy: usedBy[key] } : {};
      return { ...short, ...pick(resource, names[Full]), ...uses };
    }),
  );
  return outputs as Record<Kind, object>;
}

function pick(resource: object, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, (resource as Record<string, unknown>)[name]]));
}

function withoutEmpty(outputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(outputs).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === "") return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function mapValues<Key extends string, From>(values: Record<Key, From>, map: (value: From, key: Key) => unknown) {
  const entries = Object.entries<From>(values) as [Key, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, map(value, key)]));
}
