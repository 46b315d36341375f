import { resourceRule, Severity } from "../../rule";
import { allows, grantsOf, roleTypes } from "./grants";

/**
 * `list` and `watch` show values as `get` does:
 * https://kubernetes.io/docs/concepts/security/rbac-good-practices/#listing-secrets
 */
export const secretAccess = resourceRule({
  name: "kubernetes-rbac-secret-access",
  requires: "A role reads only the Secrets that it names",
  severity: Severity.Medium,
  ids: [
    "KSV-0041",
    "KSV-0113",
    "kube-linter access-to-secrets",
    "Kubescape C-0015",
    "Kubescape C-0186",
    "Kyverno restrict-secret-role-verbs",
    "Prowler rbac_minimize_secret_access",
    "CIS Kubernetes 2.0.1 5.1.2",
  ],
  mend: "give get on the Secrets under resourceNames, or leave secrets out",
  types: roleTypes,
  problems: ({ inputs }) =>
    grantsOf(inputs)
      .filter((grant) => !grant.isNamed && allows(grant, ["/secrets"], "get", "list", "watch"))
      .map(({ path }) => `${path} reads every Secret in reach`),
});
