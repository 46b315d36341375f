import type { Fault, ReaderFacts, ReaderSpec } from "../backend";
import { ReaderService } from "../binding/readerArgs";
import type { WorkspaceClusterArgs } from "../cluster";
import type { WorkspaceRef } from "../workspaceRef";
import { eksOf, isolationDocument, partitionOf } from "./iam";
import { inOrder } from "./lists";
import access from "./policies/reader.json";
import trust from "./policies/readerTrust.json";
import { filledDocument } from "./policyDocument";
import { quotas } from "./rolePolicies";
import { scopeOf } from "./scope";
import { arnStart } from "./secret";
import { issuerOf } from "./trust";

/** Where names are of usual length, 300 secrets take nine of the ten policies (facts/iam.md 1.8). */
const mostSecretsOfPolicy = 35;
const mostSecrets = 300;

/** What one policy opens. */
export interface ReaderGrant {
  /** Patterns of ARNs. */
  secrets: string[];
  /** The secrets for which a key decrypts: a second check behind `secrets`, wider where the exact list has no room. */
  decrypted: string[];
  /** The keys of adopted secrets, beside the workspace's. */
  otherKeys: string[];
}

/** How a reader gets its rights: by one policy of its own, or by several that are attached to it. */
export interface ReaderAccess {
  attached: boolean;
  grants: ReaderGrant[];
}

export function readerFaults(facts: ReaderFacts): Fault[] {
  const message = beyondQuotas(facts);
  const quotaFaults = message === undefined ? [] : [{ path: [], message: `${message}: make it several bindings` }];
  return [...holderFaults(facts), ...quotaFaults];
}

/** A role of a workspace has the rights of the matrix: through a reader, a member could read what it writes. */
function holderFaults({ workspace: { region, accountId }, holder }: ReaderFacts): Fault[] {
  if (holder?.serviceAccountEmail !== undefined) {
    const message = "is of Google Cloud, and the workspace is on AWS: set service or roleArn";
    return [{ path: ["reader", "serviceAccountEmail"], message }];
  }
  const roleArn = holder?.roleArn;
  if (roleArn === undefined) return [];
  const path = ["reader", "roleArn"];
  const start = `arn:${partitionOf(region as string)}:iam::${accountId}:role/`;
  if (!roleArn.startsWith(start)) {
    return [{ path, message: `must be a role of the workspace's account: ${start} and its name` }];
  }
  if (!roleArn.startsWith(`${start}vantedge/`)) return [];
  return [{ path, message: "is a role that a workspace made, for people or a reader: name the workload's own role" }];
}

function beyondQuotas(facts: ReaderFacts): string | undefined {
  const count = facts.secretNames.length;
  const binds = `binds ${count} secrets`;
  if (count > mostSecrets) return `${binds}; one identity reads at most ${mostSecrets}`;
  if (guardSizeOf(facts) > quotas.inlineOfRole) {
    return `${binds}, and the ARNs of the adopted ones among them are too long for the ${quotas.inlineOfRole} characters of a role's guard`;
  }
  if (readerAccess(facts).grants.length <= quotas.managedOfRole) return undefined;
  return `${binds}, whose names are too long for the ${quotas.managedOfRole} policies of a role`;
}

/** Decided by what is plain alone, so that a preview registers what an update makes. */
export function readerAccess(facts: ReaderFacts): ReaderAccess {
  const { workspace } = facts;
  const names = [...facts.secretNames].sort();
  const room = quotas.inlineOfRole - guardSizeOf(facts);
  const own = [exactGrant, widerGrant]
    .map((grant) => grant(workspace, names))
    .find((grant) => sizeOf(workspace, grant) <= room);
  if (own !== undefined) return { attached: false, grants: [own] };
  const fits = (chunk: readonly string[]) =>
    chunk.length <= mostSecretsOfPolicy && sizeOf(workspace, widerGrant(workspace, chunk)) <= quotas.managedPolicy;
  return { attached: true, grants: inOrder(names, fits).map((chunk) => widerGrant(workspace, chunk)) };
}

function exactGrant(workspace: WorkspaceRef, names: readonly string[]): ReaderGrant {
  const secrets = names.map((name) => arnOf(workspace, name));
  return { secrets, decrypted: secrets, otherKeys: keysOf(workspace, names) };
}

function widerGrant(workspace: WorkspaceRef, names: readonly string[]): ReaderGrant {
  const adopted = adoptedAmong(workspace, names).map(({ arn }) => arn);
  return { ...exactGrant(workspace, names), decrypted: [arnPattern(workspace, "*"), ...adopted] };
}

function arnOf(workspace: WorkspaceRef, secretName: string): string {
  return adoptedAmong(workspace, [secretName])[0]?.arn ?? arnPattern(workspace, secretName);
}

/**
 * A binding knows the names of its secrets, which may belong to another stack, and an ARN ends in a hyphen and six
 * characters that nobody knows before. Six `?` match them and nothing else: not `a-b` where `a` is bound, and a name
 * that looks as if it had such an ending is still followed by its own. A secret that is deleted and made again under
 * its name is read as well, which is what a reference by name means.
 */
function arnPattern(workspace: WorkspaceRef, secretName: string): string {
  return `${arnStart({ workspace, secretName })}??????`;
}

function adoptedAmong({ adopted = [] }: WorkspaceRef, names: readonly string[]) {
  return adopted.filter(({ secretName }) => names.includes(secretName));
}

function keysOf(workspace: WorkspaceRef, names: readonly string[]): string[] {
  return [...new Set(adoptedAmong(workspace, names).map(({ keyArn }) => keyArn))];
}

export function readerDocument(workspace: WorkspaceRef, grant: ReaderGrant, keyArn: string): string {
  const { secrets, decrypted, otherKeys } = grant;
  const viaService = `secretsmanager.${workspace.region}.amazonaws.com`;
  const keys = [keyArn, ...otherKeys];
  return filledDocument(access, { workspace: workspace.name, secrets, decrypted, keys, viaService });
}

/**
 * Readers read in the home region, so the guard denies them the replicas, and every adopted secret that is not bound. A
 * function that is a reader itself may have any name, and Lambda decrypts its environment variables as it.
 */
export function readerGuard({ workspace, secretNames, holder }: ReaderFacts, keyArn: string): string {
  const adopted = adoptedAmong(workspace, secretNames);
  const scope = scopeOf({ ...workspace, replicaRegions: [], adopted });
  const functions = holder?.service === ReaderService.Lambda ? allFunctions(workspace) : undefined;
  return isolationDocument(scope, [keyArn], functions);
}

function allFunctions({ region, accountId }: WorkspaceRef): string {
  return `arn:${partitionOf(region as string)}:lambda:${region}:${accountId}:function:*`;
}

function sizeOf(workspace: WorkspaceRef, grant: ReaderGrant): number {
  return readerDocument(workspace, grant, anyKeyArn(workspace)).length;
}

function guardSizeOf(facts: ReaderFacts): number {
  return readerGuard(facts, anyKeyArn(facts.workspace)).length;
}

/** As long as the real one, which a preview may not know: a key's id has 36 characters. */
function anyKeyArn({ region, accountId }: WorkspaceRef): string {
  return `arn:${partitionOf(region as string)}:kms:${region}:${accountId}:key/${"0".repeat(36)}`;
}

/**
 * Who takes the role: one other role, one service of AWS for this account, or pods of one ServiceAccount. IAM keeps the
 * identifier of a role that a trust policy names: one that is made again under its name takes nothing until somebody
 * says so by `pulumi refresh` and `pulumi up`
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles).
 * AWS's own trust policies for both services name the account
 * (https://github.com/aws/agent-toolkit-for-aws/tree/main/skills/specialized-skills/serverless-skills). `aws:SourceArn`
 * is documented for the role of a task's containers, not for the one that starts the task
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html), and would add the region only.
 */
export function readerTrust({ workspace, holder }: ReaderSpec): string {
  const { roleArn, service, serviceAccount } = holder;
  if (roleArn !== undefined) return filledDocument(trust.role, { roleArn });
  if (service !== undefined) {
    return filledDocument(trust.service, { service, account: workspace.accountId as string });
  }
  return podTrust(workspace, serviceAccount as string);
}

/** One ServiceAccount of one namespace of one cluster. */
function podTrust(workspace: WorkspaceRef, serviceAccount: string): string {
  const { eksIrsa, eksPodIdentity } = workspace.cluster as WorkspaceClusterArgs;
  const pod = { namespace: workspace.namespace as string, serviceAccount };
  if (eksIrsa !== undefined) {
    const provider = eksIrsa.oidcProviderArn;
    return filledDocument(trust.eksIrsa, { ...pod, provider, issuer: issuerOf(provider) });
  }
  const { region, accountId } = workspace as { region: string; accountId: string };
  const cluster = `${eksOf(region, accountId)}:cluster/${eksPodIdentity?.clusterName}`;
  return filledDocument(trust.eksPodIdentity, { ...pod, account: accountId, cluster });
}

/** The provider of another account is of no use to a role of this one. */
export function clusterFaults({ cluster, region, accountId }: WorkspaceRef): Fault[] {
  if (cluster?.gke !== undefined) {
    const message =
      "gives pods identities of Google Cloud, and the workspace is on AWS: set eksIrsa, with the cluster's issuer registered in the account";
    return [{ path: ["cluster", "gke"], message }];
  }
  const provider = cluster?.eksIrsa?.oidcProviderArn;
  const start = `arn:${partitionOf(region as string)}:iam::${accountId}:oidc-provider/`;
  if (provider === undefined || provider.startsWith(start)) return [];
  return [
    {
      path: ["cluster", "eksIrsa", "oidcProviderArn"],
      message: `must be a provider of the workspace's account: ${start} and the cluster's issuer without https://`,
    },
  ];
}
