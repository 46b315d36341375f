import type * as pulumi from "@pulumi/pulumi";
import type { Fault } from "../backend";
import { backendOf } from "../backends";
import { bindingShape } from "../checks/binding";
import { check, refuse } from "../checks/check";
import type { DeploymentBindingArgs } from "../deploymentBinding";
import { type KnownSecret, secretsAmong } from "../knownSecrets";
import { samenessFaults } from "../podIdentities";
import { originOf, type SecretOrigin } from "../versionId";
import { type WorkspaceRef, withDefaults } from "../workspaceRef";
import type { BindingApiVersionsArgs, BindingValueArgs } from "./args";
import { brokenCombinations } from "./combinations";
import { contentFaults } from "./content";
import { type DeliveredSecret, deliveredSecrets } from "./delivered";
import { Delivery, Freshness, RestartedBy } from "./deliveries";
import { outsideFaults } from "./outside";
import { type BindingReaderArgs, isReadFor } from "./readerArgs";
import { type BindingReferences, type BindingUse, distinctSecrets, referencesOf, usesOf } from "./references";
import { estimateOf } from "./staleness";
import { type KindDefaults, kindDefaults, WorkloadKind } from "./workloadKinds";
import { rollsOut, Workload } from "./workloads";

/** A binding with every default filled in. */
export interface BindingSpec {
  workspace: WorkspaceRef;
  bindingName: string;
  kind: WorkloadKind;
  defaults: KindDefaults;
  workload: Workload;
  delivery: Delivery;
  freshness: Freshness;
  restartedBy: RestartedBy;
  references: BindingReferences;
  uses: BindingUse[];
  /** What lies in Kubernetes Secrets, whatever brings it there. */
  delivered: DeliveredSecret[];
  /** What the program knows of the bound secrets, by name. */
  values: Record<string, BindingValueArgs>;
  /** Where their values come from, as far as that is known. */
  origins: Record<string, SecretOrigin | undefined>;
  refreshSeconds: number;
  maxStalenessSeconds: number | undefined;
  keepOnDestroy: boolean;
  expectedPods: number;
  apiVersions: Required<BindingApiVersionsArgs>;
  /** Who reads in place of pods: the workload is outside of Kubernetes. */
  reader: BindingReaderArgs | undefined;
}

/** The newest that operators serve, in one place: external-secrets 0.17 to 2.x, secrets-store-csi-driver 1.x. */
const defaultApiVersions = {
  externalSecrets: "external-secrets.io/v1",
  secretsStore: "secrets-store.csi.x-k8s.io/v1",
  secretSync: "secret-sync.gke.io/v1",
};

/** Checks all that is plain, and fills in the defaults. Throws every problem at once. */
export function bindingSpec(
  name: string,
  args: DeploymentBindingArgs,
  dependsOn: pulumi.ComponentResourceOptions["dependsOn"],
): BindingSpec {
  const bindingName = args.bindingName ?? name;
  check("DeploymentBinding", name, bindingShape, { ...args, bindingName });
  const values = knownValues(args, secretsAmong(dependsOn));
  const origins = Object.fromEntries(
    Object.entries(values).map(([secret, { versionId }]) => [secret, originOf(versionId)]),
  );
  const spec = resolvedBinding({ ...args, bindingName, values }, origins);
  refuse("DeploymentBinding", name, [
    ...contentFaults(spec),
    ...settingFaults(spec, args),
    ...clusterFaults(spec.workspace),
  ]);
  return spec;
}

/** What `values` says, and what is known of the Secrets that the binding waits for. */
function knownValues(
  { workspace, values = {} }: DeploymentBindingArgs,
  secrets: readonly KnownSecret[],
): Record<string, BindingValueArgs> {
  const mine = secrets.filter((secret) => secret.workspace === workspace.name);
  const known = mine.map(({ secretName, versionId }) => [secretName, { versionId, ...values[secretName] }]);
  return { ...values, ...Object.fromEntries(known) };
}

/** Fills in the defaults. */
export function resolvedBinding(
  args: DeploymentBindingArgs & { bindingName: string },
  origins: Record<string, SecretOrigin | undefined>,
): BindingSpec {
  const kind = args.kind ?? WorkloadKind.Application;
  const defaults = kindDefaults[kind];
  const references = referencesOf(args);
  const choices = {
    uses: usesOf(references),
    origins,
    workload: args.workload ?? Workload.Deployment,
    delivery: args.delivery ?? Delivery.ExternalSecrets,
    restartedBy: args.restartedBy ?? RestartedBy.Pulumi,
    reader: args.reader,
  };
  return {
    ...choices,
    workspace: withDefaults(args.workspace),
    bindingName: args.bindingName,
    kind,
    defaults,
    freshness: args.freshness ?? usualFreshness(choices),
    references,
    delivered: args.reader === undefined ? deliveredSecrets(references) : [],
    values: args.values ?? {},
    refreshSeconds: args.refreshSeconds ?? defaults.refreshSeconds,
    maxStalenessSeconds: args.maxStalenessSeconds,
    keepOnDestroy: args.keepOnDestroy ?? false,
    expectedPods: args.expectedPods ?? 1,
    apiVersions: { ...defaultApiVersions, ...args.apiVersions },
  };
}

type Choices = Pick<BindingSpec, "uses" | "origins" | "workload" | "delivery" | "restartedBy" | "reader">;

/**
 * Values that the program writes are pinned, so that they roll out in the same `pulumi up`. What changes elsewhere is
 * delivered as it is, and so is everything to pods that a change does not replace.
 */
function usualFreshness({ uses, origins, workload, delivery, restartedBy, reader }: Choices): Freshness {
  if (reader !== undefined && !isReadFor(reader)) return Freshness.Latest;
  if (delivery === Delivery.Native) return Freshness.Pinned;
  if (delivery === Delivery.Csi || delivery === Delivery.GkeSync) return Freshness.Latest;
  if (restartedBy === RestartedBy.Reloader || !rollsOut(workload)) return Freshness.Latest;
  const secrets = distinctSecrets(uses.filter(({ as }) => as !== "read"));
  const stays = (name: string) =>
    ["written", "pinned", "given"].includes(origins[name]?.origin ?? "elsewhere") && !origins[name]?.disablesPrevious;
  return secrets.every(stays) ? Freshness.Pinned : Freshness.Latest;
}

/** What would not work as the binding is set. */
export function settingFaults(spec: BindingSpec, args: Partial<DeploymentBindingArgs>): Fault[] {
  const outside = spec.reader === undefined ? [] : outsideFaults(args, spec.reader);
  return [...outside, ...brokenCombinations(spec, args), ...stalenessFaults(spec)];
}

function stalenessFaults(spec: BindingSpec): Fault[] {
  const { maxStalenessSeconds: most } = spec;
  const { worstCaseStalenessSeconds: worst, why } = estimateOf(spec, backendOf(spec.workspace.cloud).prices);
  if (most === undefined || (worst !== undefined && worst <= most)) return [];
  const message = `can't be met: ${worst === undefined ? why : `it takes up to ${worst} s (${why})`}`;
  return [{ path: ["maxStalenessSeconds"], message }];
}

function clusterFaults(workspace: WorkspaceRef): Fault[] {
  return backendOf(workspace.cloud)
    .clusterFaults(workspace)
    .concat(samenessFaults(workspace))
    .map((fault) => ({ ...fault, path: ["workspace", ...fault.path] }));
}
