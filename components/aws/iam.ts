import { Listing, MemberKms } from "../access";
import { fill, type Placeholders } from "../placeholders";
import { allows, permissions, permissionsOf, type RoleName, roleNames } from "../roles";
import type { AdoptedSecretArgs } from "../workspaceRef";
import { inOrder } from "./lists";
import adoptedGuard from "./policies/adoptedGuard.json";
import isolation from "./policies/isolation.json";
import keyStatements from "./policies/key.json";
import listings from "./policies/listing.json";
import granted from "./policies/permissions.json";
import rotator from "./policies/rotator.json";
import shared from "./policies/shared.json";
import withheld from "./policies/withheld.json";
import { filledDocument, policyDocument, type Statement, statementOf } from "./policyDocument";

/** Where a workspace lives on AWS: all that its documents depend on, besides its keys. */
export interface WorkspaceScope {
  workspace: string;
  prefix: string;
  accountId: string;
  /** The home region first, then the regions of the replicas. */
  regions: readonly string[];
  /** Secrets that are outside of the prefix and yet the workspace's, each by its exact ARN. */
  adopted: readonly AdoptedSecretArgs[];
}

/** What the documents of a workspace's roles depend on beside its place. */
export interface Access {
  listing: Listing;
  memberKms: MemberKms;
  keyArns: readonly string[];
  /** The Resource Explorer view of `listing: "explorer"`. */
  viewArn?: string;
}

/** `aws`, `aws-cn` or `aws-us-gov`: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** IAM role names are unique in an account whatever their path, so the name carries the workspace too. */
export function roleName(workspace: string, role: RoleName | "rotator"): string {
  return `vantedge-${workspace}-${role}`;
}

/** How a workspace's functions begin. `--` is in no name, so that `production` reaches no function of `production-eu`. */
export function functionStart(workspace: string): string {
  return `vantedge-${workspace}--`;
}

export function rolePath(workspace: string): string {
  return `/vantedge/${workspace}/`;
}

export function roleArn(scope: WorkspaceScope, role: RoleName): string {
  return `${rolesOf(scope)}${roleName(scope.workspace, role)}`;
}

/** What a role may do, and the explicit denials that keep it from doing more whatever else is attached to it. */
export function accessStatements(role: RoleName, scope: WorkspaceScope, access: Access): Statement[] {
  const values = { ...placeholders(scope, access.keyArns), view: access.viewArn ?? [] };
  return fill(accessTemplates(role, access), values);
}

/** The same rights on the adopted secrets, which the prefix does not cover. */
export function adoptedStatements(role: RoleName, scope: WorkspaceScope, access: Access): Statement[] {
  if (scope.adopted.length === 0) return [];
  const templates = accessTemplates(role, access);
  const values = { ...placeholders(scope, access.keyArns), keys: adoptedKeys(scope) };
  const onSecrets = onePerCondition(templates.filter(isOnExistingSecrets));
  const arns = inOrder(adoptedArns(scope), (list) => JSON.stringify(list).length <= longestList);
  const chunked = onSecrets.flatMap((template, kind) =>
    arns.flatMap((secrets, index) => fill([{ ...template, Sid: `Adopted${kind}x${index}` }], { ...values, secrets })),
  );
  // Whoever may use an adopted secret is decided above: naming each once more under its key would double the documents.
  const inAccount = regional(scope, (region) => `arn:<partition>:secretsmanager:${region}:<account>:secret:*`);
  const onKeys = templates.filter(({ Resource, Effect }) => Resource === "<keys>" && Effect === "Allow");
  const keys = onKeys.map((template) => ({ ...template, Sid: `Adopted${template.Sid}` }));
  return [...chunked, ...fill(keys, { ...values, secrets: fill(inAccount, values) })];
}

/**
 * The guard that every role of a workspace carries. An explicit Deny with NotResource: a secret's resource policy in
 * the same account would otherwise be enough to reach into another workspace
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html). Before a rotation function runs,
 * Lambda decrypts its environment variables as the function's role, under a key that isn't the workspace's
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html): that use is excepted, and told by
 * an encryption context that no secret has. `B*D*` and its like are every operation under that letter but the one that
 * names no secret: BatchGetSecretValue has no D, GetRandomPassword no C, ListSecrets no A.
 *
 * @param runningFunctions the functions that run as the role where they are not the workspace's rotation functions
 */
export function isolationStatements(
  scope: WorkspaceScope,
  keyArns: readonly string[],
  runningFunctions?: string,
): Statement[] {
  const statements = scope.adopted.length === 0 ? isolation : [...isolation, ...adoptedGuard];
  const values = placeholders(scope, keyArns);
  const functions = runningFunctions ?? (values.rotationFunctions as readonly string[]);
  return fill(statements as Statement[], { ...values, runningFunctions: functions });
}

export function isolationDocument(
  scope: WorkspaceScope,
  keyArns: readonly string[],
  runningFunctions?: string,
): string {
  return policyDocument(isolationStatements(scope, keyArns, runningFunctions));
}

/** What a rotation function does: on the secrets that name one of the workspace's functions, and no others. */
export function rotatorDocument(scope: WorkspaceScope, keyArns: readonly string[]): string {
  return filledDocument(rotator, placeholders(scope, keyArns));
}

/**
 * The key's policy: IAM decides who uses it, but only through Secrets Manager, and only readers decrypt.
 *
 * @param roleArns the workspace's roles where they are not those that it makes itself
 */
export function keyDocument(
  scope: WorkspaceScope,
  memberKms: MemberKms,
  roleArns: Partial<Record<RoleName, string>>,
  breakGlass: readonly string[],
): string {
  const readers = [...keyReaders(scope, memberKms, roleArns), ...breakGlass];
  return filledDocument(keyStatements, { ...placeholders(scope, []), readers });
}

/** The roles of a workspace that its key lets decrypt. */
export function keyReaders(
  scope: WorkspaceScope,
  memberKms: MemberKms,
  roleArns: Partial<Record<RoleName, string>>,
): string[] {
  const decrypting = (role: RoleName) =>
    allows(role, "retrieve") || (memberKms === MemberKms.ViaService && allows(role, "update"));
  const readers = roleNames.filter(decrypting).map((role) => roleArns[role] ?? roleArn(scope, role));
  return [...readers, ...["workload", "rotation"].map((path) => `${rolesOf(scope)}${path}/*`)];
}

/** The table's statements for a role, with their placeholders. */
function accessTemplates(role: RoleName, { listing, memberKms }: Access): Statement[] {
  const grants: Record<string, object[]> = granted;
  const denials: Record<string, object[]> = withheld;
  const viaService = memberKms === MemberKms.ViaService && allows(role, "update");
  const statements = [
    ...permissionsOf(role).flatMap((permission) => grants[permission] ?? []),
    ...(allows(role, "list") ? listings[listing] : []),
    ...permissions.filter((permission) => !allows(role, permission)).flatMap((permission) => denials[permission] ?? []),
  ]
    .map((entry) => resolve(entry, viaService))
    .filter(({ Sid }) => !(viaService && Sid === "NeverDecrypt"));
  return [...new Map(statements.map((statement) => [statement.Sid, statement])).values()];
}

function resolve(entry: object, viaService: boolean): Statement {
  const statement = statementOf(entry);
  return viaService && statement.Sid === shared.keyValidate.Sid ? shared.keyViaService : statement;
}

/** Characters of a list of ARNs that leave room for the rest of a statement in a managed policy of 6,144. */
const longestList = 5_300;

/** Statements about a secret that is there, not about one that is being made. */
function isOnExistingSecrets({ Resource, Effect, Condition }: Statement): boolean {
  return Effect === "Allow" && Resource === "<secrets>" && !JSON.stringify(Condition).includes("aws:RequestTag/");
}

/** Statements that differ in their actions only become one: each names all adopted secrets. */
function onePerCondition(statements: readonly Statement[]): Statement[] {
  const merged = new Map<string, Statement>();
  for (const statement of statements) {
    const same = JSON.stringify(statement.Condition);
    const before = merged.get(same);
    const actions = [before?.Action ?? [], statement.Action].flat();
    merged.set(same, { ...statement, Action: actions });
  }
  return [...merged.values()];
}

function home(scope: WorkspaceScope): string {
  return scope.regions[0] as string;
}

export function rolesOf(scope: WorkspaceScope): string {
  return `arn:${partitionOf(home(scope))}:iam::${scope.accountId}:role${rolePath(scope.workspace)}`;
}

/** How the ARN of everything in EKS begins. */
export function eksOf(region: string, accountId: string): string {
  return `arn:${partitionOf(region)}:eks:${region}:${accountId}`;
}

function regional(scope: WorkspaceScope, text: (region: string) => string): string[] {
  return scope.regions.map(text);
}

function adoptedArns(scope: WorkspaceScope): string[] {
  return scope.adopted.map(({ arn }) => arn);
}

function adoptedKeys(scope: WorkspaceScope): string[] {
  return [...new Set(scope.adopted.map(({ keyArn }) => keyArn))];
}

export function placeholders(scope: WorkspaceScope, keyArns: readonly string[]): Placeholders {
  const partition = partitionOf(home(scope));
  // The prefix is the authority: it ends in a slash, so that `production` never matches `production-eu`.
  const secrets = regional(
    scope,
    (region) =>
      `arn:${partition}:secretsmanager:${region}:${scope.accountId}:secret:${scope.prefix}/${scope.workspace}/*`,
  );
  const functionsNamed = (name: string) =>
    regional(scope, (region) => `arn:${partition}:lambda:${region}:${scope.accountId}:function:${name}`);
  return {
    workspace: scope.workspace,
    prefix: scope.prefix,
    account: scope.accountId,
    partition,
    regions: scope.regions,
    keys: keyArns,
    adoptedKeys: adoptedKeys(scope),
    allKeys: [...keyArns, ...adoptedKeys(scope)],
    secrets,
    allSecrets: [...secrets, ...adoptedArns(scope)],
    ownFunctions: functionsNamed(`${functionStart(scope.workspace)}*`),
    // The guard lets functions run on that have the name of the release before; nothing is allowed on them.
    rotationFunctions: functionsNamed(`vantedge-${scope.workspace}-*`),
    viaServices: regional(scope, (region) => `secretsmanager.${region}.amazonaws.com`),
  };
}
