import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";
import type { Fault, SecretFacts } from "../backend";
import { InputError } from "../errors";
import type { KeyPrincipalArgs } from "../principals";
import { allows, type Permission, roleNames } from "../roles";
import { roleArn, rolesOf, type WorkspaceScope } from "./iam";
import lockdownStatements from "./policies/lockdown.json";
import { filledDocument } from "./policyDocument";
import { scopeOf } from "./scope";
import { comparedArns } from "./trust";

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
const longestPolicy = 20_480;

type Lockdown = NonNullable<SecretFacts["lockdown"]>;

/** A document that is too long is known at once where its principals are. */
export function lockdownFaults({ workspace, lockdown }: SecretFacts): Fault[] {
  if (lockdown === undefined) return [];
  const plain = (principals: KeyPrincipalArgs[] = []) =>
    principals.map(({ arn, arnPattern }) => arnPattern ?? arn).filter((arn) => typeof arn === "string");
  const document = lockdownDocument(scopeOf(workspace), plain(lockdown.deployers), plain(lockdown.readers));
  return document.length > longestPolicy ? [{ path: ["lockdown"], message: tooLong(document) }] : [];
}

/**
 * The secret's own policy. Last of all that is made of the secret, and the first that goes: a deployer that it locks out
 * by mistake has then done everything else. `blockPublicPolicy` has AWS refuse a policy that would open the secret.
 */
export function createLockdown(
  name: string,
  { workspace }: SecretFacts,
  lockdown: Lockdown,
  secret: secretsmanager.Secret,
  options: pulumi.CustomResourceOptions,
): void {
  const scope = scopeOf(workspace);
  const policy = pulumi
    .all([comparedArns(scope, lockdown.deployers), comparedArns(scope, lockdown.readers ?? [])])
    .apply(([deployers, readers]) => fitting(name, lockdownDocument(scope, deployers, readers)));
  new secretsmanager.SecretPolicy(
    `${name}-lockdown`,
    { region: workspace.region as string, secretArn: secret.arn, policy, blockPublicPolicy: true },
    options,
  );
}

/** Deny to all but those named, by their ARN and never by NotPrincipal, which would need each session's ARN (iam.md 1.6). */
function lockdownDocument(scope: WorkspaceScope, deployers: readonly string[], readers: readonly string[]): string {
  const roles = rolesOf(scope);
  const allowed = (permission: Permission) =>
    roleNames.filter((role) => allows(role, permission)).map((role) => roleArn(scope, role));
  const values = {
    readers: [...allowed("retrieve"), `${roles}workload/*`, `${roles}rotation/*`, ...readers],
    keepers: [...allowed("resourcePolicy"), ...deployers],
  };
  return filledDocument(lockdownStatements, values);
}

function fitting(name: string, document: string): string {
  if (document.length <= longestPolicy) return document;
  throw new InputError([`Secret "${name}": lockdown: ${tooLong(document)}`]);
}

function tooLong({ length }: string): string {
  return `makes a policy of ${length} characters, and AWS takes ${longestPolicy}: name roles by a pattern`;
}
