import { resourceRule, Severity } from "../../rule";
import { grantsOf, roleTypes } from "./grants";

/** https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege */
export const wildcards = resourceRule({
  name: "kubernetes-rbac-wildcards",
  requires: "A role names its resources and verbs",
  severity: Severity.Medium,
  ids: [
    "CKV_K8S_49",
    "kube-linter wildcard-in-rules",
    "Kubescape C-0187",
    "Kyverno restrict-wildcard-verbs",
    "Kyverno restrict-wildcard-resources",
    "CIS Kubernetes 2.0.1 5.1.3",
  ],
  mend: "write out what the role needs",
  types: roleTypes,
  problems: ({ inputs }) =>
    grantsOf(inputs).flatMap(({ path, resources, verbs }) => [
      ...(resources.includes("*") ? [`${path}.resources has a wildcard`] : []),
      ...(verbs.includes("*") ? [`${path}.verbs has a wildcard`] : []),
    ]),
});
