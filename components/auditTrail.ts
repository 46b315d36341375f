import * as pulumi from "@pulumi/pulumi";
import { type AuditedWorkspaceArgs, type AuditTrailRef, recordedBy } from "./auditTrailRef";
import type { AuditTrailSpec } from "./backend";
import { backendOf } from "./backends";
import { auditTrailShape } from "./checks/auditTrail";
import { check, refuse } from "./checks/check";
import { sayingOnce } from "./notices";
import { ObjectLock } from "./objectLock";
import { childOptions, given } from "./options";
import { whenReachable } from "./reachable";

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

/** Where an audit trail is on Google Cloud. */
export interface AuditTrailGcpArgs {
  /** The project's id. */
  projectId: string;
  /** The project's number. Another project's is refused before anything is created. */
  projectNumber: string;
  /** The location of the bucket that is made for the logs, for example `europe-west3` or `EU`. Not with `logArchive`. */
  location?: string;
  /**
   * Whether the trail makes the custom roles of workspaces that share the project: there is one set for all of them.
   * @default false
   */
  sharedRoles?: boolean;
  /**
   * The organization's number, to make the custom roles there, once for all its projects: a workspace names them by
   * `roleParent`. One trail of the organization has it.
   * @default none
   */
  organizationId?: string;
  /**
   * A deny policy of IAM as a second lock: values are read, and access to secrets is given, by those it excepts and by
   * nobody else, whatever role they have, `roles/owner` included. There is one for the project. Whoever runs `pulumi up`
   * needs `roles/iam.denyAdmin`.
   * @default none
   */
  denyPolicy?: AuditTrailDenyPolicyArgs;
  /**
   * Notification channels that exist, as `projects/P/notificationChannels/N`, beside those for `emails`.
   * @default none
   */
  notificationChannels?: string[];
}

/**
 * Whom a deny policy of IAM excepts. The pods of the watched workspaces' clusters are excepted besides, with all pods in the
 * projects of these clusters, since such a policy knows no namespaces: a pod reads what it is bound to.
 */
export interface AuditTrailDenyPolicyArgs {
  /** Members of IAM who read values: admins, owners, and who does in an emergency. As `gcp` of a principal. */
  readers: string[];
  /**
   * Members of IAM who give access to secrets: whoever runs `pulumi up`, and owners.
   * @default none
   */
  granters?: string[];
}

/** A bucket of another account or project, or one that is there already, that the trail writes to. */
export interface LogArchiveArgs {
  /**
   * The bucket. On AWS its policy must let the trail in; the bucket that an AuditTrail left behind does. On Google Cloud the
   * trail is let in: whoever runs `pulumi up` needs `storage.buckets.setIamPolicy` on it.
   */
  bucketName: string;
  /**
   * AWS: ARN of the key that encrypts the log files. Its policy must let the trail encrypt.
   * @default the bucket's own encryption
   */
  keyArn?: string;
}

/** Arguments of an AuditTrail. Exactly one of `aws` and `gcp` is set. */
export interface AuditTrailArgs {
  /** The organization, free text. A label, no boundary. */
  organization: string;
  /** The account on AWS. One trail serves all its workspaces: never make two. */
  aws?: AuditTrailAwsArgs;
  /** The project on Google Cloud. One trail serves all its workspaces: never make two. */
  gcp?: AuditTrailGcpArgs;
  /** The workspaces of the account or project whose secrets are watched: one at least. */
  workspaces: AuditedWorkspaceArgs[];
  /**
   * Days for which log files are locked; they are deleted afterwards: 1 to 36500.
   * @default 365
   */
  retentionDays?: number;
  /**
   * How log files are locked. `compliance` can't be undone by anybody. On Google Cloud, `compliance` locks the bucket's
   * retention for good.
   * @default "governance"
   */
  objectLock?: ObjectLock;
  /** AWS: ARN of an existing trail, or of an organization's, that records the account. Then only the alerts are made. */
  existingTrailArn?: string;
  /** A bucket that is there already, best in a log archive account. Then no bucket and no key for it are made. */
  logArchive?: LogArchiveArgs;
  /** Addresses that get the alerts. On AWS each has to confirm once, for each region. */
  emails?: string[];
  /**
   * AWS: what gets the alerts instead of the topics that are made otherwise: an SNS topic, SQS queue or Lambda function for
   * each region with alerts. Its own policy must let EventBridge (`events.amazonaws.com`) in.
   * @default a topic in each region
   */
  alertTargetArns?: string[];
  /** Tags for everything that takes some, besides our own, which begin with `vantedge-`. */
  tags?: Record<string, string>;
}

/**
 * The audit trail of an account or project: every call is recorded and kept, and what should not happen raises an alert. What is
 * watched are the names below a workspace's prefix: a secret that was adopted under another name is recorded, and raises
 * no alert.
 */
export class AuditTrail extends pulumi.ComponentResource {
  /** ARN of the trail, made here or named; on Google Cloud the sink's name. */
  public readonly trailArn: pulumi.Output<string>;
  /** The bucket of the log files; empty where an existing trail was named. */
  public readonly bucketName: pulumi.Output<string>;
  /** The key of the log files; empty where none was made or named. */
  public readonly keyArn: pulumi.Output<string>;
  /** What gets the alerts: by region; on Google Cloud notification channels, by address or name. */
  public readonly alertTargetArns: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: AuditTrailArgs, opts?: pulumi.ComponentResourceOptions) {
    const spec = trailSpec(name, args);
    const kept = backendOf(spec.cloud).keptByAuditTrail(spec);
    const subject = `AuditTrail "${name}"`;
    const { inputs, options } = sayingOnce(subject, kept === undefined ? [] : [kept], facts(spec), opts);
    super("vantedge-secrets:index:AuditTrail", name, inputs, options);

    const parts = backendOf(spec.cloud).createAuditTrail(name, spec, whenReachable(spec, childOptions(this, opts)));

    refs.set(this, recordedBy(this, trailRefOf(spec)));
    this.trailArn = pulumi.output(parts.trailArn);
    this.bucketName = pulumi.output(parts.bucketName ?? "");
    this.keyArn = pulumi.output(parts.keyArn ?? "");
    this.alertTargetArns = pulumi.output(parts.alertTargetArns);
    this.registerOutputs({
      trailArn: this.trailArn,
      bucketName: this.bucketName,
      keyArn: this.keyArn,
      alertTargetArns: this.alertTargetArns,
      // A stack's policies are shown outputs and never inputs.
      ...facts(spec),
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
  refuse("AuditTrail", name, backendOf(spec.cloud).auditTrailFaults(spec));
  return spec;
}

/** The arguments with their defaults. */
export function auditTrailSpec(args: AuditTrailArgs): AuditTrailSpec {
  const facts = {
    organization: args.organization,
    workspaces: args.workspaces,
    retentionDays: args.retentionDays ?? defaultRetentionDays,
    objectLock: args.objectLock ?? ObjectLock.Governance,
    logArchive: args.logArchive,
    emails: args.emails ?? [],
    tags: args.tags ?? {},
    given: Object.keys(given(args)),
  };
  if (args.gcp === undefined) {
    const { existingTrailArn, alertTargetArns } = args;
    return { ...facts, cloud: "aws", ...(args.aws as AuditTrailAwsArgs), existingTrailArn, alertTargetArns };
  }
  const { projectId, projectNumber, location, organizationId, denyPolicy } = args.gcp;
  return {
    ...facts,
    cloud: "gcp",
    projectId,
    projectNumber,
    location,
    sharedRoles: args.gcp.sharedRoles ?? false,
    organizationId,
    denyPolicy,
    notificationChannels: args.gcp.notificationChannels ?? [],
  };
}

/** How workspaces of this or another stack refer to it. */
export function trailRefOf(spec: AuditTrailSpec): AuditTrailRef {
  const { workspaces } = spec;
  if (spec.cloud === "aws") return { accountId: spec.accountId, region: spec.region, workspaces };
  const { projectId, projectNumber, sharedRoles } = spec;
  return { projectId, projectNumber, ...(sharedRoles ? { sharedRoles } : {}), workspaces };
}

/** What the engine keeps of the arguments, and shows to policies: names and switches. */
function facts(spec: AuditTrailSpec) {
  const { retentionDays, objectLock, logArchive } = spec;
  const makesTrail = spec.cloud === "gcp" || spec.existingTrailArn === undefined;
  const place =
    spec.cloud === "aws"
      ? { accountId: spec.accountId, region: spec.region }
      : { projectId: spec.projectId, projectNumber: spec.projectNumber };
  return {
    ...place,
    workspaces: spec.workspaces.map(({ name }) => name),
    makesTrail,
    ...(makesTrail && logArchive === undefined ? { retentionDays, objectLock } : {}),
  };
}
