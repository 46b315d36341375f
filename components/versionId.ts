import type * as pulumi from "@pulumi/pulumi";

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
  /** Another program, or another language, says which version it is and nothing else. */
  | "given";

/** What a program knows of a secret of its own. */
export interface SecretOrigin {
  origin: Origin;
  /** The names of its fields; undefined for one value, and where the program does not hold it. */
  fields: string[] | undefined;
  /** Whether a new value makes the one before unreadable. */
  disablesPrevious?: boolean;
}

/** Kept beside the Outputs, which are handed from component to component. */
const origins = new WeakMap<pulumi.Output<string>, SecretOrigin>();

export function withOrigin(versionId: pulumi.Output<string>, origin: SecretOrigin): pulumi.Output<string> {
  origins.set(versionId, origin);
  return versionId;
}

/** Undefined where no version is given. */
export function originOf(versionId: pulumi.Input<string> | undefined): SecretOrigin | undefined {
  if (versionId === undefined) return undefined;
  return origins.get(versionId as pulumi.Output<string>) ?? { origin: "given", fields: undefined };
}

/** Why the program's value must not be delivered: what a workload gets under a version's id has to be that version. */
export const notTheProgramsValue: Partial<Record<Origin, string>> = {
  pinned: "is pinned to a version whose value the program does not hold: use delivery external-secrets, or unpin it",
  rotated: "is rotated, and the program holds its first value only: use delivery external-secrets or csi",
};
