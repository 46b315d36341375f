import type { CloudPlace } from "../backend";
import { given } from "../options";
import type { Entries } from "./entries";
import type { Settings } from "./settings";
import type { AwsPlace, GcpPlace } from "./shapes";

/** What says in which cloud something is. */
export interface Clouds {
  aws?: AwsPlace | undefined;
  gcp?: GcpPlace | undefined;
}

/** Where a workspace or a trail is. */
export type ManifestPlace = (AwsPlace & { cloud: "aws" }) | (GcpPlace & { cloud: "gcp" });

export const cloudForms = "cloud: { aws: { region, accountId } } or cloud: { gcp: { projectId, projectNumber } }";

/** Where an entry is: by itself, as the whole file, or as the stack's configuration says. */
export function placeOf(entry: Clouds | undefined, entries: Entries, settings: Settings): ManifestPlace | undefined {
  return saidBy(entry) ?? saidBy(entries.cloud?.known) ?? saidBy(settings);
}

export function saidBy({ aws, gcp }: Clouds = {}): ManifestPlace | undefined {
  if (aws !== undefined) return { cloud: "aws", ...aws };
  return gcp === undefined ? undefined : { cloud: "gcp", ...gcp };
}

/** The account or project, by which two places are one. */
export function homeOf(place: ManifestPlace): string {
  return place.cloud === "aws" ? `account ${place.accountId}` : `project ${place.projectId}`;
}

/** What a provider and the check before the first resource need of it. */
export function cloudPlaceOf(place: ManifestPlace): CloudPlace {
  if (place.cloud === "aws") {
    const { cloud, region, accountId, assumeRoleArn } = place;
    return { cloud, region, accountId, ...given({ assumeRoleArn }) };
  }
  const { cloud, projectId, projectNumber, impersonateServiceAccount } = place;
  return { cloud, projectId, projectNumber, ...given({ impersonateServiceAccount }) };
}
