import type * as pulumi from "@pulumi/pulumi";
import type { KeyPrincipalArgs } from "./principals";

/** Which function replaces the value, and when. Exactly one of `intervalDays` and `scheduleExpression` is set. */
export interface SecretRotationArgs {
  /**
   * AWS: the ARN of the Lambda function that makes the new value, without version or alias. It must be one of the
   * workspace: in its account and region, with a name that begins with `vantedge-<workspace>--`.
   */
  lambdaArn: pulumi.Input<string>;
  /** Days between two rotations, 1 to 1000. */
  intervalDays?: number;
  /**
   * When to rotate, in UTC and at most every 4 hours: `rate(10 days)`, `rate(12 hours)`, or
   * `cron(0 HOURS DAY-OF-MONTH MONTH DAY-OF-WEEK *)`.
   */
  scheduleExpression?: string;
  /**
   * Hours that the rotation may take from its start, 1 to 24; it must end before the next one starts, and on the same day.
   * @default AWS's: one hour for a schedule in hours, else until the end of the day
   */
  windowHours?: number;
}

/**
 * A policy of the secret's own that denies, whatever else is granted in the account: reading the value to everyone but
 * admins, owners, workloads and rotation functions of the workspace, and changing its policy, tags, replicas or rotation
 * to everyone but owners. Roles that the workspace uses but did not make must be named here.
 */
export interface SecretLockdownArgs {
  /** Whoever runs `pulumi up`: may change policy, tags, replicas and rotation. At least one, or nobody could mend them. */
  deployers: KeyPrincipalArgs[];
  /** Who may read the value besides the workspace's own. */
  readers?: KeyPrincipalArgs[];
}

/** What becomes of a version of a secret when a new one takes its place. */
export const PreviousVersion = {
  /** It stays as it is: a workload can go back to it. */
  Keep: "keep",
  /** It can't be read any more until somebody enables it again. It is still there, and still paid for. */
  Disable: "disable",
} as const;
export type PreviousVersion = (typeof PreviousVersion)[keyof typeof PreviousVersion];

/** What only a secret of Google Cloud has. */
export interface SecretGcpArgs {
  /**
   * Where the value is kept, each place once. Google can't change it later: another list is refused, and needs another
   * secret. Not for a workspace with a `location`.
   * @default wherever Google chooses (automatic replication)
   */
  replicas?: SecretReplicaArgs[];
  /**
   * The Cloud KMS key that encrypts the value of a secret without `replicas`, as
   * `projects/P/locations/L/keyRings/R/cryptoKeys/K`: of the location `global`, or of the workspace's `location`. It is a
   * switch to turn all reading off, and no second lock: who reads a secret needs no right on the key. Only versions that
   * are made later are encrypted with another key.
   * @default Google's own keys
   */
  kmsKeyName?: pulumi.Input<string>;
  /** Has Google remind somebody of rotation, again and again. It replaces no value itself. */
  rotationReminder?: SecretRotationReminderArgs;
  /**
   * When Google deletes the secret with all versions and without asking: a moment such as `2027-01-31T18:00:00Z`, at most
   * 100 years away. A later moment can be given, but leaving it out again takes nothing back: Google's provider then keeps
   * what is set, and `gcloud secrets update --remove-expiration` takes it away.
   * @default never
   */
  expireTime?: string;
  /** Other names for versions, by alias: the version's number. Aliases begin with a letter; not `latest`, not `NEW`. */
  versionAliases?: Record<string, string>;
  /**
   * Days for which a version that somebody destroys is only disabled, and can be enabled again: 1 to 1000. 0 destroys at
   * once, for good. It does not hold back the deletion of the whole secret, which Google does at once.
   * @default 7
   */
  versionDestroyDays?: number;
  /**
   * What becomes of the version before when `value` or `fields` changes, after the new one is there; and of the last one when
   * they are left away. Never destroyed. `disable` goes neither with `pinVersion` nor with a binding that pins.
   * @default "keep"
   */
  previousVersion?: PreviousVersion;
  /** Annotations besides our own, which begin with `vantedge-`. Not encrypted. */
  annotations?: Record<string, string>;
  /**
   * Whether Pulumi refuses to delete the secret. Google has no recovery window: what is deleted is gone.
   * @default true, unless the workspace is called development, preview or test
   */
  deletionProtection?: boolean;
}

/** One place of a secret's value. */
export interface SecretReplicaArgs {
  /** The location, for example `europe-west3`. */
  location: string;
  /**
   * The Cloud KMS key of that location that encrypts the value there. All replicas have one, or none.
   * @default Google's own keys
   */
  kmsKeyName?: pulumi.Input<string>;
}

/** When Google sends a message that a secret should be rotated, and where. */
export interface SecretRotationReminderArgs {
  /** Days between two reminders: 1 to 36500. */
  everyDays: number;
  /**
   * The first reminder: a moment such as `2027-01-31T18:00:00Z`, at least five minutes and at most 100 years away when it is
   * set. Google goes on from it by itself, and so does the program: it stays as it is here.
   */
  nextRotationTime: string;
  /**
   * The Pub/Sub topic that gets the messages, as `projects/P/topics/T`. Secret Manager is allowed to publish to it.
   * @default a topic of the secret's own, called like the secret
   */
  topicName?: pulumi.Input<string>;
}
