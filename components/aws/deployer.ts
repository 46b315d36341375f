import { Listing } from "../access";
import type { WorkspaceSpec } from "../backend";
import { fill, type Placeholders } from "../placeholders";
import type { WorkspaceRef } from "../workspaceRef";
import { eksOf, functionStart, partitionOf, placeholders, rolePath, rolesOf, type WorkspaceScope } from "./iam";
import breakGlass from "./policies/breakGlass.json";
import deployer from "./policies/deployer.json";
import { filledDocument, policyDocument, type Statement } from "./policyDocument";

/** What the deployer's policy depends on beside the workspace's place. */
export type Deployed = Pick<WorkspaceSpec, "existingRoles" | "listing"> &
  Partial<Pick<WorkspaceSpec, "accessEntries">> & { ref: Pick<WorkspaceRef, "cluster"> };

/**
 * What whoever deploys any workspace, its secrets and its bindings does: each by name or by tag, and no value is read.
 * Nothing is denied, so that one deployer can hold the policies of several workspaces: it is the key's policy that lets
 * a key decrypt for readable deployers only.
 */
export function deployerStatements(scope: WorkspaceScope): Statement[] {
  return fill(deployer.always as Statement[], deployerPlaceholders(scope));
}

/**
 * Roles are passed to nobody, but a reader's to its pods: associating the two asks for it
 * (https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html).
 */
export function deployerDocument(scope: WorkspaceScope, deployed: Deployed): string {
  const { existingRoles, listing, accessEntries, ref } = deployed;
  const given = Object.values(existingRoles);
  const clusterName = ref.cluster?.eksPodIdentity?.clusterName;
  const values = {
    ...deployerPlaceholders(scope),
    existingRoles: given,
    ...clusterPlaceholders(scope, clusterName),
    ...entryPlaceholders(scope, accessEntries?.clusterName),
  };
  const more = [
    ...(given.length === 0 ? [] : deployer.existingRoles),
    ...(listing === Listing.Explorer ? deployer.explorer : []),
    ...(clusterName === undefined ? [] : deployer.podIdentity),
    ...(accessEntries === undefined ? [] : deployer.accessEntries),
  ];
  return policyDocument([...deployerStatements(scope), ...fill(more as Statement[], values)]);
}

/** Reading values in an emergency. A deployer that is `readable` holds it beside its own policy. */
export function breakGlassDocument(scope: WorkspaceScope): string {
  return filledDocument(breakGlass, { ...placeholders(scope, []), taggedKeys: taggedKeys(scope) });
}

/** Every key of the account: the tag decides. */
function taggedKeys({ accountId, regions }: WorkspaceScope): string {
  return `arn:${partitionOf(regions[0] as string)}:kms:*:${accountId}:key/*`;
}

/** Secrets, keys, aliases and functions of whatever region: the tag or the name decides, and the document stays short. */
function deployerPlaceholders(scope: WorkspaceScope): Placeholders {
  const { workspace, accountId } = scope;
  const common = placeholders(scope, []);
  const { partition, regions } = common as { partition: string; regions: string[] };
  return {
    ...common,
    secrets: `arn:${partition}:secretsmanager:*:${accountId}:secret:${scope.prefix}/${workspace}/*`,
    taggedKeys: taggedKeys(scope),
    aliases: `arn:${partition}:kms:*:${accountId}:alias/vantedge-${workspace}`,
    functions: `arn:${partition}:lambda:*:${accountId}:function:${functionStart(workspace)}*`,
    roles: `${rolesOf(scope)}*`,
    policies: `arn:${partition}:iam::${accountId}:policy${rolePath(workspace)}*`,
    view: `arn:${partition}:resource-explorer-2:${regions[0]}:${accountId}:view/vantedge-${workspace}/*`,
  };
}

function clusterPlaceholders(scope: WorkspaceScope, clusterName = ""): Placeholders {
  const eks = eksOf(scope.regions[0] as string, scope.accountId);
  return {
    cluster: `${eks}:cluster/${clusterName}`,
    associations: `${eks}:podidentityassociation/${clusterName}/*`,
    readerRoles: `${rolesOf(scope)}workload/*`,
  };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelastickubernetesservice.html */
function entryPlaceholders({ regions, accountId }: WorkspaceScope, clusterName = ""): Placeholders {
  const eks = eksOf(regions[0] as string, accountId);
  return {
    entriesCluster: `${eks}:cluster/${clusterName}`,
    entries: `${eks}:access-entry/${clusterName}/role/${accountId}/*`,
  };
}
