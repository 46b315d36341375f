import type * as pulumi from "@pulumi/pulumi";
import type { KeyPrincipalArgs } from "./principals";

/** Which function replaces the value, and when. Exactly one of `intervalDays` and `scheduleExpression` is set. */
export interface SecretRotationArgs {
  /**
   * AWS: the ARN of the Lambda function that makes the new value, without version or alias. It must be one of the
   * workspace: in its account and region, with a name that begins with `vantedge-<workspace>-`.
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
