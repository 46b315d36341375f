import type { AwsTrailSpec } from "../backend";
import { defaultPrefix } from "../names";
import { fill, type Placeholders } from "../placeholders";
import { partitionOf } from "./iam";
import table from "./policies/alerts.json";
import { bucketName, type TrailPlace, trailPlace } from "./trailPlace";

/** An EventBridge rule: which events of CloudTrail raise an alert, and what it says. */
export interface AlertRule {
  /** Unique in its region. */
  name: string;
  region: string;
  /** What happened, in words. */
  what: string;
  /** The JSON path of what it happened to. */
  subject: string;
  /** The event pattern: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
  pattern: string;
}

interface Alert {
  /** What there is one rule for. */
  per: string;
  what: string;
  subject: string;
  pattern: object;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export const longestRuleName = 64;

/** Every rule of an account's audit trail. `targets` says by region who gets the alerts. */
export function alertRules(spec: AwsTrailSpec, targets: (region: string) => string): AlertRule[] {
  const trail = trailPlace(spec);
  return Object.entries(table).flatMap(([kind, alert]) =>
    occasions(alert.per, spec, trail).map((occasion) => rule(kind, alert, spec, trail, occasion, targets)),
  );
}

/** The regions with rules: those that hold secrets, the trail's own, and the one in which IAM's events appear. */
export function alertRegions(spec: AwsTrailSpec): string[] {
  return [...new Set(alertRules(spec, () => "").map(({ region }) => region))];
}

/** One rule's place, and what tells it from the other rules of its kind. */
interface Occasion {
  region: string;
  suffix: string;
  values: Placeholders;
}

function occasions(per: string, spec: AwsTrailSpec, trail: TrailPlace): Occasion[] {
  const once = (region: string): Occasion => ({ region, suffix: "", values: {} });
  const watched = spec.workspaces.map(({ name, prefix = defaultPrefix, regions = [spec.region] }) => ({
    name,
    prefix,
    regions,
  }));
  switch (per) {
    case "workspace":
      return watched.flatMap(({ name, prefix, regions }) =>
        regions.map((region) => ({ region, suffix: `-${name}`, values: { workspace: name, prefix } })),
      );
    case "prefix": {
      const places = watched.flatMap(({ prefix, regions }) => regions.map((region) => `${region} ${prefix}`));
      return [...new Set(places)].map((place) => {
        const [region, prefix] = place.split(" ") as [string, string];
        return { region, suffix: `-${prefix}`, values: { prefix } };
      });
    }
    case "region":
      return [...new Set([spec.region, ...watched.flatMap(({ regions }) => regions)])].map(once);
    case "account":
      return [once(globalRegion(spec.region))];
    case "trail":
      // Only the account that owns a trail sees that it is changed.
      return trail.accountId === spec.accountId ? [once(trail.region)] : [];
    case "bucket":
      return bucketName(spec) === undefined ? [] : [once(spec.region)];
    default:
      throw new Error(`alerts.json: nothing is known of per "${per}"`);
  }
}

/** IAM is global, and its events appear in one region: https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html */
function globalRegion(region: string): string {
  const regions: Record<string, string> = {
    aws: "us-east-1",
    "aws-cn": "cn-north-1",
    "aws-us-gov": "us-gov-west-1",
  };
  return regions[partitionOf(region)] as string;
}

function rule(
  kind: string,
  { what, subject, pattern }: Alert,
  spec: AwsTrailSpec,
  trail: TrailPlace,
  { region, suffix, values }: Occasion,
  targets: (region: string) => string,
): AlertRule {
  const known: Placeholders = {
    partition: partitionOf(region),
    account: spec.accountId,
    region,
    trail: trail.name,
    trailArn: trail.arn,
    bucket: bucketName(spec) ?? "",
    target: targets(region),
    ...values,
  };
  return {
    name: `vantedge-${kind}${suffix}`,
    region,
    what: fill(what, known),
    subject,
    pattern: JSON.stringify(fill(pattern, known)),
  };
}
