import { Region } from "@pulumi/aws/types/enums";
import type { Fault } from "../backend";

/** The regions that the SDK doesn't know: a misspelt one would otherwise show as a host that is not found. */
export function unknownRegions(places: readonly { path: PropertyKey[]; name: string }[]): Fault[] {
  const known = new Set<string>(Object.values(Region));
  return places
    .filter(({ name }) => !known.has(name))
    .map(({ path, name }) => ({
      path,
      message: `"${name}" is no AWS region that @pulumi/aws knows: correct it, or update @pulumi/aws`,
    }));
}
