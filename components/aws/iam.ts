import { allows, permissions, permissionsOf, type RoleName, roleNames } from "../roles";
import deployer from "./policies/deployer.json";
import isolation from "./policies/isolation.json";
import keyStatements from "./policies/key.json";
import granted from "./policies/permissions.json";
import shared from "./policies/shared.json";
import withheld from "./policies/withheld.json";
import { fill, type Placeholders, policyDocument, type Statement } from "./policyDocument";

/** Where a workspace lives on AWS: all that its documents depend on, besides its keys. */
export interface WorkspaceScope {
  workspace: string;
  prefix: string;
  accountId: string;
  /** The home region first, then the regions of the replicas. */
  regions: readonly string[];
}

/** `aws`, `aws-cn` or `aws-us-gov`: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** IAM role names are unique in an account whatever their path, so the name carries the workspace too. */
export function roleName(workspace: string, role: RoleName): string {
  return `vantedge-${workspace}-${role}`;
}

export function rolePath(workspace: string): string {
  return `/vantedge/${workspace}/`;
}

export function roleArn(scope: WorkspaceScope, role: RoleName): string {
  return `arn:${partitionOf(home(scope))}:iam::${scope.accountId}:role${rolePath(scope.workspace)}${roleName(scope.workspace, role)}`;
}

/** What a role may do, and the explicit denials that keep it from doing more whatever else is attached to it. */
export function accessDocument(role: RoleName, scope: WorkspaceScope, keyArns: readonly string[]): string {
  const grants: Record<string, unknown[]> = granted;
  const denials: Record<string, unknown[]> = withheld;
  const statements = [
    ...permissionsOf(role).flatMap((permission) => grants[permission] ?? []),
    ...permissions.filter((permission) => !allows(role, permission)).flatMap((permission) => denials[permission] ?? []),
  ].map(resolve);
  return policyDocument(fill(onePerSid(statements), placeholders(scope, keyArns)));
}

/**
 * The guard that every role of a workspace carries. An explicit Deny with NotResource: a secret's resource policy in
 * the same account would otherwise be enough to reach into another workspace
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
 */
export function isolationDocument(scope: WorkspaceScope, keyArns: readonly string[]): string {
  return policyDocument(fill(isolation as Statement[], placeholders(scope, keyArns)));
}

/** The key's policy: IAM decides who uses it, but only through Secrets Manager, and only readers decrypt. */
export function keyDocument(scope: WorkspaceScope, breakGlass: readonly string[]): string {
  const readers = roleNames.filter((role) => allows(role, "retrieve")).map((role) => roleArn(scope, role));
  const workloads = `arn:${partitionOf(home(scope))}:iam::${scope.accountId}:role${rolePath(scope.workspace)}workload/*`;
  const values = { ...placeholders(scope, []), readers: [...readers, workloads, ...breakGlass] };
  return policyDocument(fill(keyStatements as Statement[], values));
}

/** What creating a workspace and its secrets asks of whoever deploys it. */
export function deployerStatements(scope: WorkspaceScope): Statement[] {
  const roles = roleNames.map((role) => roleArn(scope, role));
  return fill(deployer as Statement[], { ...placeholders(scope, []), roles });
}

function home(scope: WorkspaceScope): string {
  return scope.regions[0] as string;
}

function placeholders(scope: WorkspaceScope, keyArns: readonly string[]): Placeholders {
  const partition = partitionOf(home(scope));
  return {
    workspace: scope.workspace,
    prefix: scope.prefix,
    account: scope.accountId,
    partition,
    regions: scope.regions,
    keys: keyArns,
    // The prefix is the authority: it ends in a slash, so that `production` never matches `production-eu`.
    secrets: scope.regions.map(
      (region) =>
        `arn:${partition}:secretsmanager:${region}:${scope.accountId}:secret:${scope.prefix}/${scope.workspace}/*`,
    ),
    viaServices: scope.regions.map((region) => `secretsmanager.${region}.amazonaws.com`),
  };
}

function resolve(entry: unknown): Statement {
  const reference = (entry as { $ref?: keyof typeof shared }).$ref;
  return (reference === undefined ? entry : shared[reference]) as Statement;
}

function onePerSid(statements: readonly Statement[]): Statement[] {
  return [...new Map(statements.map((statement) => [statement.Sid, statement])).values()];
}
