import * as pulumi from "@pulumi/pulumi";
import type { CurrentVersion } from "../backend";
import { backendOf } from "../backends";
import { nearest } from "../checks/issues";
import { InputError } from "../errors";
import { knownSecret, knownSecretsOf } from "../knownSecrets";
import { perProgram } from "../perProgram";
import { type WorkspaceRef, workspaceId } from "../workspaceRef";
import { Delivery, Freshness } from "./deliveries";
import { isReadFor } from "./readerArgs";
import { type BindingUse, distinctSecrets } from "./references";
import type { BindingSpec } from "./spec";

/** The version of each bound secret that this `pulumi up` means, by secret name; `none` where it has no value yet. */
export type Versions = Record<string, pulumi.Output<string>>;

/** In place of a version's id. */
export const noVersion = "none";

/**
 * The version that is current now, whoever put it in. A secret that is pinned has the version that it is pinned to, and
 * natively there is only the one that the program holds; that another one is current is said. Listing versions needs no
 * right to read.
 */
export function versionsOf(name: string, spec: BindingSpec, options: pulumi.CustomResourceOptions): Versions {
  const secrets = distinctSecrets(spec.uses.filter((use) => isAsked(spec, use)));
  return Object.fromEntries(secrets.map((secretName) => [secretName, versionOf(name, spec, secretName, options)]));
}

/** Of what the workload reads at run time, only whether it is there, and only where its name may be a mistake. */
function isAsked({ workspace, reader }: BindingSpec, { as, secret }: BindingUse): boolean {
  if (as !== "read" && (reader === undefined || isReadFor(reader))) return true;
  return knownSecret(workspace, secret) === undefined && knownSecretsOf(workspace).length > 0;
}

function versionOf(
  name: string,
  spec: BindingSpec,
  secretName: string,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { workspace, values } = spec;
  const versionId = values[secretName]?.versionId;
  const given = versionId === undefined ? undefined : pulumi.output(versionId).apply(orNone);
  if (given !== undefined && isReadToAsk(spec, secretName)) return given;
  const keeps = reasonToKeep(spec, secretName);
  if (given !== undefined && keeps !== undefined) {
    given.apply((id) => sayIfOlder(name, secretName, { id, keeps }, currentVersion(workspace, secretName, options)));
    return given;
  }
  const found = whenThere(spec, secretName, given, options)
    .apply(() => currentVersion(workspace, secretName, options))
    .apply((current) => {
      if ("id" in current) return pulumi.output(current.id);
      return current.missing === "value" ? pulumi.output(noVersion) : absent(name, spec, secretName);
    });
  return spec.freshness === Freshness.Pinned ? found.apply((id) => required(name, spec, secretName, id)) : found;
}

/** Why a binding has a version that may not be the current one; undefined where it has the current one. */
function reasonToKeep({ delivery, reader, origins }: BindingSpec, secretName: string): string | undefined {
  if (origins[secretName]?.origin === "pinned") return "the Secret's pinVersion";
  return delivery === Delivery.Native && reader === undefined
    ? "delivery native has what this program writes"
    : undefined;
}

async function sayIfOlder(
  name: string,
  secretName: string,
  { id, keeps }: { id: string; keeps: string },
  asked: Promise<CurrentVersion>,
): Promise<void> {
  // Whoever may not ask is told nothing: the binding needs no answer.
  const current = await asked.catch(() => undefined);
  if (current === undefined || !("id" in current) || current.id === id) return;
  await pulumi.log.info(
    `DeploymentBinding "${name}": ${secretName} has a newer version, ${current.id}, and the workload keeps ${id}: ${keeps}`,
  );
}

/** Where to ask is to read, what the program writes is taken for the current one. */
export function isReadToAsk({ workspace, origins }: BindingSpec, secretName: string): boolean {
  return origins[secretName]?.origin === "written" && backendOf(workspace.cloud).readsToAsk(workspace);
}

/** Another language hands over an empty text for a secret without a value. */
function orNone(versionId: string): string {
  return versionId === "" ? noVersion : versionId;
}

/** When the secret is there, with what this program writes into it; unknown in a preview while it is not. */
function whenThere(
  { workspace }: BindingSpec,
  secretName: string,
  given: pulumi.Output<string> | undefined,
  options: pulumi.CustomResourceOptions,
): pulumi.Output<unknown> {
  const secretId = knownSecret(workspace, secretName)?.secretId;
  return pulumi.all([given, secretId, secretId === undefined ? idsOf(options.dependsOn) : undefined]);
}

/** Of what the binding waits for, which may be what makes the secret. */
function idsOf(dependsOn: pulumi.CustomResourceOptions["dependsOn"]): pulumi.Output<unknown> {
  return pulumi
    .output(dependsOn ?? [])
    .apply((resources) =>
      pulumi.all([resources].flat().map((one) => (pulumi.CustomResource.isInstance(one) ? one.id : one.urn))),
    );
}

const answersOfProgram = perProgram(() => new Map<string, Promise<CurrentVersion>>());

/** Bindings of one secret have the same question, once its value is written. */
function currentVersion(
  workspace: WorkspaceRef,
  secretName: string,
  options: pulumi.CustomResourceOptions,
): Promise<CurrentVersion> {
  const ask = () => backendOf(workspace.cloud).currentVersion(workspace, secretName, options);
  const answers = answersOfProgram();
  if (answers === undefined) return ask();
  const key = `${workspaceId(workspace)}/${secretName}`;
  const answer = answers.get(key) ?? ask();
  answers.set(key, answer);
  return answer;
}

/**
 * A secret that is not in the cloud. One of this program that is constructed after the binding is on its way. Where the
 * program has others of the workspace, its name is wrong; else another program may be about to make it.
 */
function absent(name: string, { workspace }: BindingSpec, secretName: string): pulumi.Output<string> {
  const late = knownSecret(workspace, secretName);
  if (late !== undefined) return pulumi.all([late.secretId, late.versionId]).apply(([, id]) => orNone(id));
  const others = knownSecretsOf(workspace).map((secret) => secret.secretName);
  const what = `there is no secret "${secretName}" in workspace "${workspace.name}"`;
  if (others.length > 0) {
    const meant = nearest(secretName, others);
    const mend = meant === undefined ? `take one of ${others.join(", ")}` : `did you mean "${meant}"?`;
    throw new InputError([`DeploymentBinding "${name}": ${what}: ${mend}`]);
  }
  void pulumi.log.warn(`DeploymentBinding "${name}": ${what} yet: pods wait until somebody makes it`);
  return pulumi.output(noVersion);
}

function required(name: string, { workspace }: BindingSpec, secretName: string, versionId: string): string {
  if (versionId !== noVersion) return versionId;
  throw new InputError([
    `DeploymentBinding "${name}": secret "${secretName}" of workspace "${workspace.name}" has no current version: give it a value first, or leave freshness: "pinned" out`,
  ]);
}
