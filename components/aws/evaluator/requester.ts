/** Who asks: a user, a role (any session of it), one session of a role, or an account's root user. */
export interface Requester {
  kind: "user" | "role" | "session" | "root";
  arn: string;
  account: string;
  /** The role's name without its path: unique in an account. */
  role?: string;
}

const forms = [
  { kind: "root", form: /^arn:[a-z-]+:iam::(?<account>\d{12}):root$/ },
  { kind: "user", form: /^arn:[a-z-]+:iam::(?<account>\d{12}):user\/[^\s*?]+$/ },
  { kind: "role", form: /^arn:[a-z-]+:iam::(?<account>\d{12}):role\/([^\s*?]+\/)?(?<role>[^\s*?/]+)$/ },
  { kind: "session", form: /^arn:[a-z-]+:sts::(?<account>\d{12}):assumed-role\/(?<role>[^\s*?/]+)\/[^\s*?/]+$/ },
] as const;

/** Undefined for what is none of them: services, federated users, wildcards. */
export function requesterOf(arn: string): Requester | undefined {
  for (const { kind, form } of forms) {
    const found = form.exec(arn)?.groups as { account: string; role?: string } | undefined;
    if (found !== undefined) return { kind, arn, ...found };
  }
  return undefined;
}
