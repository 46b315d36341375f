import * as pulumi from "@pulumi/pulumi";
import { type AuditedWorkspaceArgs, type AuditTrailRef, recordedBy } from "./auditTrailRef";
import type { AuditTrailSpec } from "./backend";
import { backendOf } from "./backends";
import { auditTrailShape } from "./checks/auditTrail";
import { check, refuse } from "./checks/check";
import { ObjectLock } from "./objectLock";
import { childOptions } from "./options";

/**
 * A year: PCI DSS 4.0, requirement 10.5.1, wants audit logs for at least twelve months; it is also what AWS Control Tower
 * keeps them for (https://docs.aws.amazon.com/controltower/latest/userguide/configure-log-retention.html).
 */
const defaultRetentionDays = 365;

/** Where an audit trail is on AWS. */
export interface AuditTrailAwsArgs {
  /** The region of the trail and its bucket, for example `us-east-1`. The trail records all regions. */
  region: string;
  /** The 12-digit account. Credentials of another account are refused before anything is created. */
  accountId: string;
}

/** A bucket of another account, or one that is there already, that the trail writes to. */
export interface LogArchiveArgs {
  /** The bucket. Its policy must let the trail in; the bucket that an AuditTrail left behind does. */
  bucketName: string;
  /**
   * ARN of the key that encrypts the log files. Its policy must let the trail encrypt.
   * @default the bucket's own encryption
   */
  keyArn?: string;
}

/** Arguments of an AuditTrail. */
export interface AuditTrailArgs {
  /** The organization, free text. A label, no boundary. */
  organization: string;
  /** The account. One trail serves all its workspaces: never make two. */
  aws: AuditTrailAwsArgs;
  /** The workspaces of the account whose secrets are watched: one at least. */
  workspaces: AuditedWorkspaceArgs[];
  /**
   * Days for which log files are locked; they are deleted afterwards: 1 to 36500.
   * @default 365
   */
  retentionDays?: number;
  /**
   * How log files are locked. `compliance` can't be undone by anybody.
   * @default "governance"
   */
  objectLock?: ObjectLock;
  /** ARN of an existing trail, or of an organization's, that records the account. Then only the alerts are made. */
  existingTrailArn?: string;
  /** A bucket that is there already, best in a log archive account. Then no bucket and no key for it are made. */
  logArchive?: LogArchiveArgs;
  /** Addresses that get the alerts. Each has to confirm once, for each region. */
  emails?: string[];
  /**
   * What gets the alerts instead of the topics that are made otherwise: an SNS topic, SQS queue or Lambda function for
   * each region with alerts. Its own policy must let EventBridge (`events.amazonaws.com`) in.
   * @default a topic in each region
   */
  alertTargetArns?: string[];
  /** Tags for everything that takes some, besides our own, which begin with `vantedge-`. */
  tags?: Record<string, string>;
}

/**
 * The audit trail of an account: every call is recorded and kept, and what should not happen raises an alert. What is
 * watched are the names below a workspace's prefix: a secret that was adopted under another name is recorded, and raises
 * no alert.
 */
export class AuditTrail extends pulumi.ComponentResource {
  /** ARN of the trail, made here or named. */
  public readonly trailArn: pulumi.Output<string>;
  /** The bucket of the log files; empty where an existing trail was named. */
  public readonly bucketName: pulumi.Output<string>;
  /** The key of the log files; empty where none was made or named. */
  public readonly keyArn: pulumi.Output<string>;
  /** What gets the alerts, by region. */
  public readonly alertTargetArns: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: AuditTrailArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = trailSpec(name, args);
    super("vantedge-secrets:index:AuditTrail", name, facts(spec), opts);

    const parts = backendOf("aws").createAuditTrail(name, spec, childOptions(this, opts));
    if (parts.kept !== undefined) void pulumi.log.info(`AuditTrail "${name}": ${parts.kept}`, this);

    const { accountId, region, workspaces } = spec;
    refs.set(this, recordedBy(this, { accountId, region, workspaces }));
    this.trailArn = pulumi.output(parts.trailArn);
    this.bucketName = pulumi.output(parts.bucketName ?? "");
    this.keyArn = pulumi.output(parts.keyArn ?? "");
    this.alertTargetArns = pulumi.output(parts.alertTargetArns);
    this.registerOutputs({
      trailArn: this.trailArn,
      bucketName: this.bucketName,
      keyArn: this.keyArn,
      alertTargetArns: this.alertTargetArns,
    });
  }

  /** What workspaces of this program take as `auditTrail`. */
  public get ref(): AuditTrailRef {
    return refs.get(this) as AuditTrailRef;
  }
}

/** Kept beside the class: a field would become an output in every language (facts/pulumi-components.md b). */
const refs = new WeakMap<AuditTrail, AuditTrailRef>();

function trailSpec(name: string, args: AuditTrailArgs): AuditTrailSpec {
  check("AuditTrail", name, auditTrailShape, args);
  const spec = auditTrailSpec(args);
  refuse("AuditTrail", name, backendOf("aws").auditTrailFaults(spec));
  return spec;
}

/** The arguments with their defaults. */
export function auditTrailSpec(args: AuditTrailArgs): AuditTrailSpec {
  return {
    ...args.aws,
    organization: args.organization,
    workspaces: args.workspaces,
    retentionDays: args.retentionDays ?? defaultRetentionDays,
    objectLock: args.objectLock ?? ObjectLock.Governance,
    existingTrailArn: args.existingTrailArn,
    logArchive: args.logArchive,
    emails: args.emails ?? [],
    alertTargetArns: args.alertTargetArns,
    tags: args.tags ?? {},
  };
}

/** What the engine keeps of the arguments, and shows to policies: names and switches. */
function facts({
  accountId,
  region,
  workspaces,
  retentionDays,
  objectLock,
  existingTrailArn,
  logArchive,
}: AuditTrailSpec) {
  return {
    accountId,
    region,
    workspaces: workspaces.map(({ name }) => name),
    makesTrail: existingTrailArn === undefined,
    ...(existingTrailArn === undefined && logArchive === undefined ? { retentionDays, objectLock } : {}),
  };
}
