import * as pulumi from "@pulumi/pulumi";
import { AuditTrail } from "../auditTrail";
import type { AuditTrailRef } from "../auditTrailRef";
import { backendOf, loadKubernetes } from "../backends";
import { withoutClusterCheck } from "../binding/clusterCheck";
import type { BindingUseOutput } from "../binding/references";
import { withoutClearValueCheck } from "../clearValue";
import { DeploymentBinding } from "../deploymentBinding";
import { qualified } from "../names";
import { given } from "../options";
import { Secret, type SecretArgs } from "../secret";
import { Workspace } from "../workspace";
import { type WorkspaceRef, workspaceRef } from "../workspaceRef";
import { bindingArguments } from "./bindingArguments";
import { loadManifest, type Manifest, type ManifestWorkspace } from "./model";
import { cloudPlaceOf, homeOf } from "./place";
import { secretsOf } from "./podSnippets";
import { preflight } from "./preflight";
import { readSettings } from "./settings";
import type { ManifestTrail } from "./trails";
import { plainRef, workspaceArguments } from "./workspaceArguments";

/** What a manifest became. Secrets, bindings and uses are found by `workspace/name`. */
export interface ManifestResources {
  auditTrails: Record<string, AuditTrail>;
  workspaces: Record<string, Workspace>;
  secrets: Record<string, Secret>;
  bindings: Record<string, DeploymentBinding>;
  /** Which bindings use a secret, its fields and as what: of each secret that is made or bound here. */
  usedBy: Record<string, pulumi.Output<BindingUseOutput[]>>;
}

/**
 * Provisions what a manifest file declares. Everything that can be checked is checked before the first resource: the
 * file, the credentials, the cluster.
 *
 * @param file path of the manifest, from the folder of Pulumi.yaml
 * @param config where `{ config: KEY }` looks; the project's configuration unless given
 */
export async function provisionManifest(
  file: string,
  config: pulumi.Config = new pulumi.Config(),
): Promise<ManifestResources> {
  const settings = readSettings(config);
  const manifest = loadManifest(file, settings);
  for (const warning of manifest.warnings) void pulumi.log.warn(warning);
  if (settings.preflight) await preflight(manifest);
  return provision(manifest);
}

function provision(manifest: Manifest): ManifestResources {
  const resources: ManifestResources = { auditTrails: {}, workspaces: {}, secrets: {}, bindings: {}, usedBy: {} };
  for (const trail of manifest.auditTrails) provisionTrail(trail, resources);
  for (const workspace of manifest.workspaces) provisionWorkspace(workspace, manifest, resources);
  resources.usedBy = usedBy(manifest, resources);
  return resources;
}

function usedBy(manifest: Manifest, { secrets, bindings }: ManifestResources): ManifestResources["usedBy"] {
  const users = new Map<string, DeploymentBinding[]>(Object.keys(secrets).map((secret) => [secret, []]));
  for (const { entry, references } of manifest.bindings) {
    const binding = bindings[`${entry.workspace}/${entry.name}`] as DeploymentBinding;
    for (const name of secretsOf(references)) {
      const secret = `${entry.workspace}/${name}`;
      users.set(secret, [...(users.get(secret) ?? []), binding]);
    }
  }
  const usesOf = (secret: string, of: DeploymentBinding[]) =>
    pulumi
      .all(of.map(({ uses }) => uses))
      .apply((all) => all.flat().filter((use) => use.secret === secret.slice(secret.indexOf("/") + 1)));
  return Object.fromEntries([...users].map(([secret, of]) => [secret, usesOf(secret, of)]));
}

/** Before the workspaces that it watches. */
function provisionTrail({ name, place, args, made }: ManifestTrail, resources: ManifestResources): void {
  if (!made) return;
  const provider = backendOf(place.cloud).createProvider(qualified("audit", name), cloudPlaceOf(place));
  resources.auditTrails[name] = new AuditTrail(name, args, { providers: [provider] });
}

function trailRef(
  { place }: ManifestWorkspace,
  manifest: Manifest,
  resources: ManifestResources,
): AuditTrailRef | undefined {
  const trail = manifest.auditTrails.find((candidate) => homeOf(candidate.place) === homeOf(place));
  return trail === undefined ? undefined : (resources.auditTrails[trail.name]?.ref ?? trail.ref);
}

function provisionWorkspace(workspace: ManifestWorkspace, manifest: Manifest, resources: ManifestResources): void {
  const providers = providersOf(workspace);
  const ref = refOf(workspace, providers, manifest, resources);
  const mine = (entry: { workspace: string }) => entry.workspace === workspace.name;

  for (const { entry, content } of manifest.secrets.filter((secret) => mine(secret.entry))) {
    const { name, workspace: _, value, fields, valueFrom, ...settings } = entry;
    resources.secrets[`${workspace.name}/${name}`] = new Secret(
      qualified(workspace.name, name),
      withoutClearValueCheck({
        workspace: ref,
        secretName: name,
        ...(given(settings) as Partial<SecretArgs>),
        ...content,
      }),
      { providers },
    );
  }
  for (const { entry, references } of manifest.bindings.filter((binding) => mine(binding.entry))) {
    const used = secretsOf(references);
    const values = used.map((name) => {
      const content = manifest.secrets.find((secret) => mine(secret.entry) && secret.entry.name === name)?.content;
      const versionId = resources.secrets[`${workspace.name}/${name}`]?.versionId;
      return [name, { ...content, ...given({ versionId }) }];
    });
    resources.bindings[`${workspace.name}/${entry.name}`] = new DeploymentBinding(
      qualified(workspace.name, entry.name),
      withoutClusterCheck({ ...bindingArguments(entry, ref, references), values: Object.fromEntries(values) }),
      { providers, dependsOn: used.flatMap((name) => resources.secrets[`${workspace.name}/${name}`] ?? []) },
    );
  }
}

/** One provider for each workspace: its account or project, and as whom to work there (design.md 4). */
function providersOf(workspace: ManifestWorkspace): pulumi.ProviderResource[] {
  const { name, place } = workspace;
  const cloud = backendOf(place.cloud).createProvider(name, cloudPlaceOf(place));
  const context = workspace.declared?.context;
  if (context === undefined) return [cloud];
  return [cloud, loadKubernetes().createProvider(name, context)];
}

function refOf(
  workspace: ManifestWorkspace,
  providers: pulumi.ProviderResource[],
  manifest: Manifest,
  resources: ManifestResources,
): WorkspaceRef {
  const { declared, name, organization, place } = workspace;
  if (declared === undefined) {
    return workspaceRef(plainRef(name, declared, { organization, place, cluster: manifest.cluster }));
  }
  const args = workspaceArguments(declared, organization, place);
  const auditTrail = trailRef(workspace, manifest, resources);
  const created = new Workspace(name, { ...args, ...given({ auditTrail }) }, { providers });
  resources.workspaces[name] = created;
  return created.ref;
}
