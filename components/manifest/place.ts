import type { Entries } from "./entries";
import type { Settings } from "./settings";
import type { AwsPlace } from "./shapes";

/** Where an entry is: by itself, as the whole file, or as the stack's configuration says. */
export function placeOf(
  entry: { aws?: AwsPlace | undefined } | undefined,
  entries: Entries,
  settings: Settings,
): AwsPlace | undefined {
  return entry?.aws ?? entries.cloud?.known?.aws ?? settings.aws;
}
