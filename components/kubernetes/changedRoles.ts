import { answerOf, askAt } from "./ask";
import type { ClusterPlace } from "./kubeconfig";

type ObjectMeta = import("@kubernetes/client-node", { with: { "resolution-mode": "import" }}).V1ObjectMeta;

/** Whose Roles and RoleBindings are looked at. */
export interface RolesQuestion {
  namespace: string;
  /** The workspace's name. */
  workspace: string;
}

/**
 * The workspace's Roles and RoleBindings that somebody else has written since Pulumi did, one clause each. Pulumi's own
 * refresh does not see what is appended to their lists. A cluster that doesn't answer counts as one without changes.
 */
export async function rolesChangedByOthers(place: ClusterPlace, question: RolesQuestion): Promise<string[]> {
  const ask = await askAt(place);
  if (ask === undefined) return [];
  const { namespace, workspace } = question;
  const rbac = ask.kubeconfig.makeApiClient(ask.client.RbacAuthorizationV1Api);
  const selected = { namespace, labelSelector: `vantedge.run/workspace=${workspace}` };
  const [roles, bindings] = await Promise.all([
    answerOf(rbac.listNamespacedRole(selected, ask.options)),
    answerOf(rbac.listNamespacedRoleBinding(selected, ask.options)),
  ]);
  return [
    ...(roles?.items ?? []).flatMap(({ metadata }) => clause("Role", metadata, "rules")),
    ...(bindings?.items ?? []).flatMap(({ metadata }) => clause("RoleBinding", metadata, "subjects")),
  ];
}

function clause(kind: string, metadata: ObjectMeta = {}, list: string): string[] {
  const others = writersBesidePulumi(metadata, list);
  if (others.length === 0) return [];
  const { name, namespace } = metadata;
  return [
    `${others.join(" and ")} changed the ${list} of ${kind} ${namespace}/${name}, and pulumi refresh may not show it: to take it back, run "kubectl delete ${kind.toLowerCase()} ${name} --namespace ${namespace}" and "pulumi up --refresh"`,
  ];
}

/**
 * Who wrote a list last: each of these lists is one value with one owner, which changes with the value. Several own it
 * where they wrote the same. https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
function writersBesidePulumi({ managedFields = [] }: ObjectMeta, list: string): string[] {
  const owners = managedFields.filter(({ fieldsV1 }) => Object.hasOwn(fieldsV1 ?? {}, `f:${list}`));
  const writers = owners.map(({ manager = "somebody" }) => manager);
  return writers.some((manager) => manager.startsWith("pulumi")) ? [] : writers;
}
