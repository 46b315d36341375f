import type * as pulumi from "@pulumi/pulumi";
import { perProgram } from "./perProgram";
import { type WorkspaceRef, workspaceId } from "./workspaceRef";

/** Where the value of a secret of this program comes from. */
export type Origin =
  /** The program writes it. */
  | "written"
  /** A function replaces it again and again; the program holds its first value. */
  | "rotated"
  /** It is one that the secret had before; the program does not hold it. */
  | "pinned"
  /** Somebody puts it in. */
  | "elsewhere"
  /** Another program says which version it is and nothing else. */
  | "given";

/** What a program knows of a secret of its own. */
export interface SecretOrigin {
  origin: Origin;
  /** The names of its fields; undefined for one value, and where the program does not hold it. */
  fields: string[] | undefined;
  /** Whether a new value makes the one before unreadable. */
  disablesPrevious?: boolean;
}

/** A Secret of this program, as far as a binding has to know it. */
export interface KnownSecret {
  workspace: WorkspaceRef;
  secretName: string;
  /** The version that is pinned, else the one that the program writes; empty where it does neither. */
  versionId: pulumi.Output<string>;
  /** Known once the secret is there. */
  secretId: pulumi.Output<string>;
  origin: SecretOrigin;
}

const ofProgram = perProgram(() => new Map<string, KnownSecret>());
/** A plugin, which constructs for another language, lives for one operation of one program. */
const ofPlugin = new Map<string, KnownSecret>();
const byResource = new WeakMap<object, KnownSecret>();

export function rememberSecret(resource: pulumi.Resource, secret: KnownSecret): void {
  byResource.set(resource, secret);
  all().set(keyOf(secret.workspace, secret.secretName), secret);
}

/** By its name: an order is no matter of this, and what is constructed later is known later. */
export function knownSecret(workspace: WorkspaceRef, secretName: string): KnownSecret | undefined {
  return all().get(keyOf(workspace, secretName));
}

export function knownSecretsOf(workspace: WorkspaceRef): KnownSecret[] {
  const id = workspaceId(workspace);
  return [...all().values()].filter((secret) => workspaceId(secret.workspace) === id);
}

/** The Secrets among what a component waits for. What is in an Output or comes from another language is not seen. */
export function secretsAmong(dependsOn: pulumi.ComponentResourceOptions["dependsOn"]): KnownSecret[] {
  const given: unknown[] = Array.isArray(dependsOn) ? dependsOn : [dependsOn];
  return given.flatMap((one) => (typeof one === "object" && one !== null ? (byResource.get(one) ?? []) : []));
}

function all(): Map<string, KnownSecret> {
  return ofProgram() ?? ofPlugin;
}

function keyOf(workspace: WorkspaceRef, secretName: string): string {
  return `${workspaceId(workspace)}/${secretName}`;
}

/** Why the program's value must not be delivered: what a workload gets under a version's id has to be that version. */
export const notTheProgramsValue: Partial<Record<Origin, string>> = {
  pinned: "is pinned to a version whose value the program does not hold: use delivery external-secrets, or unpin it",
  rotated: "is rotated, and the program holds its first value only: use delivery external-secrets or csi",
};
