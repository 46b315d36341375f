import { Listing, MemberKms, ProjectSharing } from "./access";
import type { WorkspaceSpec } from "./backend";
import { distinct } from "./distinct";
import type { KubernetesSubjectArgs } from "./kubernetesSubjects";
import { defaultPrefix } from "./names";
import { given } from "./options";
import type { PrincipalArgs } from "./principals";
import { allows, type RoleName, roleNames } from "./roles";
import type { WorkspaceArgs } from "./workspaceArgs";
import { Cloud, type WorkspaceRef } from "./workspaceRef";

/** The list of `roles`, and of `sessionHours`, for each role. */
export const listOfRole = { viewer: "viewers", member: "members", admin: "admins", owner: "owners" } as const;

/** Short, since a session outlives whatever is taken away meanwhile: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_manage-assume.html */
const defaultSessionHours = 1;

/** What a workspace's checked arguments ask for, with the defaults filled in. */
export function workspaceSpec(name: string, args: WorkspaceArgs): WorkspaceSpec {
  return {
    ref: refOf(name, args),
    roles: ofEachRole((list) => args.roles?.[list] ?? []),
    existingRoles: args.existingRoles ?? {},
    sessionHours: ofEachRole((list) => args.sessionHours?.[list] ?? defaultSessionHours),
    deployers: args.deployers ?? [],
    breakGlass: args.breakGlass ?? [],
    listing: args.listing ?? Listing.Account,
    memberKms: args.memberKms ?? MemberKms.ValidateOnly,
    rotator: args.rotator ?? false,
    importKeys: args.importKeys ?? [],
    subjects: subjectsOf(args),
    accessEntries: args.kubernetes?.accessEntries,
    tags: args.tags ?? {},
    sharing: args.gcp?.sharing ?? ProjectSharing.None,
    roleParent: args.gcp?.roleParent,
    sharedRoles: args.auditTrail?.sharedRoles ?? false,
    given: Object.keys(given(args)),
  };
}

function refOf(name: string, args: WorkspaceArgs): WorkspaceRef {
  const workspaceName = args.workspaceName ?? name;
  return {
    name: workspaceName,
    organization: args.organization,
    prefix: args.prefix ?? defaultPrefix,
    namespace: args.kubernetes?.namespace ?? workspaceName,
    ...(args.kubernetes?.cluster === undefined ? {} : { cluster: args.kubernetes.cluster }),
    ...(valueReaders(args).length === 0 ? {} : { valueReaders: valueReaders(args) }),
    ...(args.adopt === undefined ? {} : { adopted: args.adopt }),
    ...(args.aws === undefined ? { cloud: Cloud.Gcp, ...projectOf(args.gcp) } : { cloud: Cloud.Aws, ...args.aws }),
  };
}

function projectOf(gcp: WorkspaceArgs["gcp"]) {
  const { projectId, projectNumber, location } = gcp ?? {};
  return given({ projectId, projectNumber, location });
}

function subjectsOf({ kubernetes, roles }: WorkspaceArgs): Record<RoleName, KubernetesSubjectArgs[]> {
  const onGke = kubernetes?.cluster?.gke !== undefined;
  return ofEachRole((list) => {
    const named = kubernetes?.subjects?.[list] ?? [];
    const known = onGke ? (roles?.[list] ?? []).flatMap(gkeSubject) : [];
    return distinct([...named, ...known]);
  });
}

/**
 * Whom GKE knows by the email that IAM knows them by: users, service accounts as users, and groups of Google Groups for
 * RBAC (https://cloud.google.com/kubernetes-engine/docs/how-to/google-groups-rbac). RBAC has no end, so whoever has one in
 * IAM is left out, and so are identities of pools, which have no email.
 */
function gkeSubject({ gcp = "", until }: PrincipalArgs): KubernetesSubjectArgs[] {
  const [kind, email] = gcp.split(":") as [string, string | undefined];
  if (until !== undefined || email === undefined) return [];
  if (kind === "group") return [{ group: email }];
  return kind === "user" || kind === "serviceAccount" ? [{ user: email }] : [];
}

function valueReaders(args: WorkspaceArgs): KubernetesSubjectArgs[] {
  const subjects = subjectsOf(args);
  return roleNames.filter((role) => allows(role, "retrieve")).flatMap((role) => subjects[role]);
}

type RoleList = (typeof listOfRole)[RoleName];

function ofEachRole<T>(value: (list: RoleList) => T): Record<RoleName, T> {
  const entries = Object.entries(listOfRole).map(([role, list]) => [role, value(list)]);
  return Object.fromEntries(entries) as Record<RoleName, T>;
}
