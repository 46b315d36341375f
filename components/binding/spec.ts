import type * as pulumi from "@pulumi/pulumi";
import type { Fault } from "../backend";
import { backendOf } from "../backends";
import { bindingShape } from "../checks/binding";
import { check, refuse } from "../checks/check";
import type { DeploymentBindingArgs } from "../deploymentBinding";
import { knownSecret, type SecretOrigin, secretsAmong } from "../knownSecrets";
import { samenessFaults } from "../podIdentities";
import { type WorkspaceRef, withDefaults, workspaceId } from "../workspaceRef";
import type { BindingApiVersionsArgs, BindingValueArgs } from "./args";
import { brokenCombinations } from "./combinations";
import { contentFaults } from "./content";
import { type DeliveredSecret, deliveredSecrets } from "./delivered";
import { Delivery, Freshness, RestartedBy, type Restarter } from "./deliveries";
import { outsideFaults } from "./outside";
import type { BindingReaderArgs } from "./readerArgs";
import { type BindingReferences, type BindingUse, distinctSecrets, referencesOf, usesOf } from "./references";
import { fixedRestarter } from "./restarter";
import { estimateOf } from "./staleness";
import { type KindDefaults, kindDefaults, WorkloadKind } from "./workloadKinds";
import { Workload } from "./workloads";

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
  const workspace = withDefaults(args.workspace);
  const secrets = distinctSecrets(usesOf(referencesOf(args)));
  const spec = resolvedBinding(
    { ...args, bindingName, values: knownValues(secrets, workspace, args.values) },
    knownOrigins(secrets, workspace, args.values),
  );
  refuse("DeploymentBinding", name, [
    ...foreignSecrets(spec, dependsOn),
    ...contentFaults(spec),
    ...settingFaults(spec, args),
    ...clusterFaults(spec.workspace),
  ]);
  return spec;
}

/** What `values` says, and the version of each Secret of this program. */
function knownValues(
  secrets: readonly string[],
  workspace: WorkspaceRef,
  values: Record<string, BindingValueArgs> = {},
): Record<string, BindingValueArgs> {
  const known = secrets.flatMap((secret) => {
    const versionId = knownSecret(workspace, secret)?.versionId;
    return versionId === undefined ? [] : [[secret, { versionId, ...values[secret] }]];
  });
  return { ...values, ...Object.fromEntries(known) };
}

function knownOrigins(
  secrets: readonly string[],
  workspace: WorkspaceRef,
  values: Record<string, BindingValueArgs> = {},
): Record<string, SecretOrigin | undefined> {
  const given: SecretOrigin = { origin: "given", fields: undefined };
  const origins = secrets.map((secret) => [
    secret,
    knownSecret(workspace, secret)?.origin ?? (values[secret]?.versionId === undefined ? undefined : given),
  ]);
  return Object.fromEntries(origins);
}

/** Names of which only another workspace has a Secret, and the binding waits for that one: its store can't reach it. */
function foreignSecrets(
  { uses, workspace }: BindingSpec,
  dependsOn: pulumi.ComponentResourceOptions["dependsOn"],
): Fault[] {
  const awaited = secretsAmong(dependsOn);
  return uses.flatMap(({ secret, path }) => {
    if (knownSecret(workspace, secret) !== undefined) return [];
    const other = awaited.find((one) => one.secretName === secret)?.workspace;
    if (other === undefined || workspaceId(other) === workspaceId(workspace)) return [];
    const message = `secret "${secret}" is of workspace "${other.name}", and this binding is of "${workspace.name}", which can't reach it: bind it there, or make one here`;
    return [{ path: [path], message }];
  });
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
    restartedBy: args.restartedBy ?? RestartedBy.Auto,
    reader: args.reader,
  };
  return {
    ...choices,
    workspace: withDefaults(args.workspace),
    bindingName: args.bindingName,
    kind,
    defaults,
    // The program holds one version, and no other can be delivered natively.
    freshness: args.freshness ?? (choices.delivery === Delivery.Native ? Freshness.Pinned : Freshness.Latest),
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

/** What would not work as the binding is set. */
export function settingFaults(spec: BindingSpec, args: Partial<DeploymentBindingArgs>): Fault[] {
  const outside = spec.reader === undefined ? [] : outsideFaults(args, spec.reader);
  return [...outside, ...brokenCombinations(spec, args), ...stalenessFaults(spec)];
}

/** At best: whether the cluster has Reloader is seen later. */
function stalenessFaults(spec: BindingSpec): Fault[] {
  const fault = stalenessFault(spec, fixedRestarter(spec) ?? RestartedBy.Reloader);
  return fault === undefined ? [] : [fault];
}

/** Why values can't arrive in the time that the binding asks for. */
export function stalenessFault(spec: BindingSpec, restarter: Restarter): Fault | undefined {
  const { maxStalenessSeconds: most } = spec;
  const { worstCaseStalenessSeconds: worst, why } = estimateOf(spec, restarter, backendOf(spec.workspace.cloud).prices);
  if (most === undefined || (worst !== undefined && worst <= most)) return undefined;
  const message = `can't be met: ${worst === undefined ? why : `it takes up to ${worst} s (${why})`}`;
  return { path: ["maxStalenessSeconds"], message };
}

function clusterFaults(workspace: WorkspaceRef): Fault[] {
  return backendOf(workspace.cloud)
    .clusterFaults(workspace)
    .concat(samenessFaults(workspace))
    .map((fault) => ({ ...fault, path: ["workspace", ...fault.path] }));
}
