import { at, isSet, itemsOf, type Value, type Values } from "../../value";

const versions = ["v1", "v1beta1", "v1alpha1"];
const ofGroup = (...kinds: string[]) =>
  versions.flatMap((version) => kinds.map((kind) => `kubernetes:rbac.authorization.k8s.io/${version}:${kind}`));

export const roleTypes = ofGroup("Role", "RolePatch", "ClusterRole", "ClusterRolePatch") as [string, ...string[]];
export const bindingTypes = ofGroup(
  "RoleBinding",
  "RoleBindingPatch",
  "ClusterRoleBinding",
  "ClusterRoleBindingPatch",
) as [string, ...string[]];

/** A rule of a role: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole */
export interface Grant {
  path: string;
  groups: string[];
  resources: string[];
  verbs: string[];
  /** Whether it reaches only objects that it names. */
  isNamed: boolean;
}

export function grantsOf({ rules }: Values): Grant[] {
  return itemsOf(rules).map((rule, index) => ({
    path: `rules[${index}]`,
    groups: texts(at(rule, "apiGroups")),
    resources: texts(at(rule, "resources")),
    verbs: texts(at(rule, "verbs")),
    isNamed: isSet(at(rule, "resourceNames")),
  }));
}

/** Whether a grant holds for one of the resources, written `group/resource`, and one of the verbs. */
export function allows({ groups, resources, verbs }: Grant, wanted: readonly string[], ...asked: string[]): boolean {
  const has = (list: readonly string[], one: string) => list.includes("*") || list.includes(one);
  return (
    asked.some((verb) => has(verbs, verb)) &&
    wanted.some((one) => {
      const [group = "", ...resource] = one.split("/");
      return has(groups, group) && hasResource(resources, resource.join("/"));
    })
  );
}

/** `*` is every resource with what is below it, and with `/token` after it, that one of every resource. */
function hasResource(resources: readonly string[], resource: string): boolean {
  const [, below] = resource.split("/");
  return (
    resources.includes("*") || resources.includes(resource) || (below !== undefined && resources.includes(`*/${below}`))
  );
}

function texts(value: Value): string[] {
  return itemsOf(value).filter((item) => typeof item === "string");
}
