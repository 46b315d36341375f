import * as k8s from "@pulumi/kubernetes/rbac/v1";
import * as pulumi from "@pulumi/pulumi";
import { groupOf, type KubernetesSubjectArgs } from "../kubernetesSubjects";
import { given } from "../options";
import { allows, type Permission, type RoleName, roleNames } from "../roles";
import type { WorkspaceRef } from "../workspaceRef";
import { bindingLabels } from "./deliveredObject";
import { mendedByUp, workspaceLabels } from "./namespace";
import roleRules from "./policies/roles.json";

/** A rule of a Role: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

/** Who may do what in the workspace's namespace. */
export interface RolesSpec {
  workspace: WorkspaceRef;
  /** Once it exists. */
  namespace: pulumi.Output<string>;
  /** The roles that somebody has, with who has them beside the role's group. */
  subjects: Partial<Record<RoleName, KubernetesSubjectArgs[]>>;
}

/**
 * What a role may do in the namespace, by what it may do with secrets. RBAC only grants: what is not in the table is
 * open to nobody by us, and stays open to whom another binding grants it. Three things are left out on purpose, because
 * each gives the values away to who may not retrieve them:
 * - `secrets`: `list` and `watch` show every value, and even `get` on all; who retrieves reads by name, binding by binding.
 * - to create or change pods and workloads, and `pods/exec`: a pod mounts any Secret of its namespace and runs as any
 *   ServiceAccount, the readers' included; `serviceaccounts/token` is the latter without a pod.
 * - to write ExternalSecrets, SecretStores, SecretProviderClasses and SecretSyncs: they make a reader fetch any value that it may read
 *   into a place of the writer's choice, a template's annotation among them.
 * Members change values in the cloud and workloads by deploying, so they need none of it.
 */
export function rulesOf(role: RoleName): Rule[] {
  const granted = Object.entries(roleRules).filter(([permission]) => allows(role, permission as Permission));
  return granted.flatMap(([, rules]) => rules);
}

/** A Role and its RoleBinding for each role that somebody has. */
export function createRoles(
  name: string,
  { workspace, namespace, subjects }: RolesSpec,
  options: pulumi.CustomResourceOptions,
): void {
  for (const role of roleNames) {
    const others = subjects[role];
    if (others === undefined) continue;
    const bound = [groupSubject(groupOf(workspace.name, role)), ...others.map(subject)];
    const place = { namespace, labels: workspaceLabels(workspace) };
    createBoundRole(`${name}-${role}`, `vantedge-${role}`, place, rulesOf(role), bound, options);
  }
}

/** Who reads the values of one binding's Secrets. */
export interface ValueReadersSpec {
  workspace: WorkspaceRef;
  binding: string;
  /** The names of the binding's Secrets, as they are in the cluster. */
  secretNames: pulumi.Output<string>[];
  /** What the Role has a record of. */
  annotations: pulumi.Output<Record<string, string>>;
}

/**
 * Those who retrieve values read the binding's Secrets by name: without `list` or `watch`, which know no names. They are
 * the groups of admins and owners, and the `valueReaders` of the workspace.
 */
export function createValueReaders(
  name: string,
  { workspace, binding, secretNames, annotations }: ValueReadersSpec,
  options: pulumi.CustomResourceOptions,
): void {
  // A rule without names is a rule for all of them.
  if (secretNames.length === 0) return;
  const retrieving = roleNames.filter((role) => allows(role, "retrieve"));
  const groups = retrieving.map((role) => groupSubject(groupOf(workspace.name, role)));
  const rule = {
    apiGroups: [""],
    resources: ["secrets"],
    resourceNames: pulumi.all(secretNames).apply((names) => [...new Set(names)].sort()),
    verbs: ["get"],
  };
  createBoundRole(
    `${name}-values`,
    `${binding}-values`,
    {
      namespace: workspace.namespace as string,
      labels: bindingLabels(workspace, binding),
      annotations: annotations.apply((known): Record<string, string> => ({ ...mendedByUp, ...known })),
    },
    [rule],
    [...groups, ...(workspace.valueReaders ?? []).map(subject)],
    options,
  );
}

interface Place {
  namespace: pulumi.Input<string>;
  labels: Record<string, string>;
  annotations?: pulumi.Output<Record<string, string>>;
}

function createBoundRole(
  name: string,
  roleName: string,
  { annotations, ...place }: Place,
  rules: pulumi.Input<Rule & { resourceNames?: pulumi.Output<string[]> }>[],
  subjects: Subject[],
  options: pulumi.CustomResourceOptions,
): void {
  const metadata = { name: roleName, ...place, annotations: mendedByUp };
  const role = new k8s.Role(name, { metadata: { ...metadata, ...given({ annotations }) }, rules }, options);
  const roleRef = { apiGroup: rbacGroup, kind: "Role", name: role.metadata.name };
  const { hooks: _, ...bindingOptions } = options;
  new k8s.RoleBinding(name, { metadata, roleRef, subjects }, bindingOptions);
}

const rbacGroup = "rbac.authorization.k8s.io";

interface Subject {
  kind: string;
  name: string;
  apiGroup?: string;
  namespace?: string;
}

function groupSubject(name: string): Subject {
  return { apiGroup: rbacGroup, kind: "Group", name };
}

function subject({ user, group, serviceAccount }: KubernetesSubjectArgs): Subject {
  if (serviceAccount !== undefined) return { kind: "ServiceAccount", ...serviceAccount };
  return user === undefined ? groupSubject(group as string) : { apiGroup: rbacGroup, kind: "User", name: user };
}
