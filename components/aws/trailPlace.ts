import type { AwsTrailSpec } from "../backend";
import { partitionOf } from "./iam";

/** A trail by its ARN, which is a text: policies name it before the trail is there. */
export interface TrailPlace {
  name: string;
  arn: string;
  region: string;
  accountId: string;
}

export function trailPlace({ existingTrailArn, region, accountId }: AwsTrailSpec): TrailPlace {
  if (existingTrailArn === undefined) {
    const arn = `arn:${partitionOf(region)}:cloudtrail:${region}:${accountId}:trail/vantedge-audit`;
    return { name: "vantedge-audit", arn, region, accountId };
  }
  const [, , , home, owner, resource] = existingTrailArn.split(":") as [string, string, string, string, string, string];
  return { name: resource.slice("trail/".length), arn: existingTrailArn, region: home, accountId: owner };
}

/** The bucket that is made for the trail; undefined where none is. Bucket names are unique in the world. */
export function bucketName({ existingTrailArn, logArchive, accountId, region }: AwsTrailSpec): string | undefined {
  return existingTrailArn === undefined && logArchive === undefined
    ? `vantedge-audit-${accountId}-${region}`
    : undefined;
}
