import type { StackResource } from "../stack";

/** What our components call the policies that they make, after their own name. */
const ownNames = /-(access|isolation|lockdown)(-\d+)?$/;

/**
 * The component of ours that made a policy; undefined where the program made it itself, even if it gave it such a parent.
 */
export function makerOf(policy: StackResource): StackResource | undefined {
  const owner = ownerOf(policy);
  const isNamed = owner !== undefined && policy.name.startsWith(owner.name) && ownNames.test(policy.name);
  return isNamed ? owner : undefined;
}

/** The component of ours below which a resource stands. */
export function ownerOf(resource: StackResource): StackResource | undefined {
  for (let above = resource.parent; above !== undefined; above = above.parent) {
    if (above.type.startsWith("vantedge-secrets:index:")) return above;
  }
  return undefined;
}
