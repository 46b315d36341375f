import type * as pulumi from "@pulumi/pulumi";

/**
 * Version ids of this program's secrets under which the program's value must not be delivered, and why: what a workload
 * gets under a version's id has to be that version. Kept beside the Outputs, which are handed from component to component.
 */
const reasons = new WeakMap<pulumi.Output<string>, string>();

export const pinned =
  "is pinned to a version whose value the program does not hold: take it out of the binding, or unpin it";
export const rotated = "is rotated, and the program holds its first value only: have the workload read it at run time";

export function neverDelivered(versionId: pulumi.Output<string>, reason: string): pulumi.Output<string> {
  reasons.set(versionId, reason);
  return versionId;
}

export function whyNotDelivered(versionId: pulumi.Input<string> | undefined): string | undefined {
  return reasons.get(versionId as pulumi.Output<string>);
}
