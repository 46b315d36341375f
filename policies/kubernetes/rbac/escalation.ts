import { resourceRule, Severity } from "../../rule";
import { allows, grantsOf, roleTypes } from "./grants";

const group = "rbac.authorization.k8s.io";
const roles = [`${group}/roles`, `${group}/clusterroles`];
const escalating = [
  { verb: "bind", way: "binding", on: [...roles, `${group}/rolebindings`, `${group}/clusterrolebindings`] },
  { verb: "escalate", way: "escalation", on: roles },
  { verb: "impersonate", way: "impersonation", on: ["/users", "/groups", "/serviceaccounts"] },
];

/** https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping */
export const escalation = resourceRule({
  name: "kubernetes-rbac-escalation",
  requires: "A role gives nobody rights that they do not have: no bind, escalate or impersonate",
  severity: Severity.High,
  ids: ["CKV_K8S_157", "CKV_K8S_158", "Kubescape C-0191"],
  mend: "leave the verb out, or name the roles or identities under resourceNames",
  types: roleTypes,
  problems: ({ inputs }) =>
    grantsOf(inputs).flatMap((grant) => {
      const ways = grant.isNamed ? [] : escalating.filter(({ verb, on }) => allows(grant, on, verb));
      return ways.length === 0
        ? []
        : [`${grant.path} gives more than it holds, by ${ways.map(({ way }) => way).join(", ")}`];
    }),
});
