import type { StackResource } from "../stack";

/** The component of ours that made a resource; undefined where the program made it itself. */
export function ownerOf(resource: StackResource): StackResource | undefined {
  for (let above = resource.parent; above !== undefined; above = above.parent) {
    if (above.type.startsWith("vantedge-secrets:index:")) return above;
  }
  return undefined;
}
