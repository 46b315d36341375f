import { ClusterRoleBinding, RoleBinding } from "@pulumi/kubernetes/rbac/v1";
import { defaultAccountBound } from "../../../../policies/kubernetes/rbac/defaultAccountBound";
import { but, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reader" };
const own = { kind: "ServiceAccount", name: "api", namespace: "production" };
const ofAll = { ...own, name: "default" };
const binding = resource(RoleBinding, "reader", { roleRef, subjects: [own, { kind: "Group", name: "default" }] });

testRule(defaultAccountBound, {
  passes: { "an account of its own": binding, nobody: but(binding, { subjects: undefined }) },
  breaks: {
    "in a namespace": [
      but(binding, { subjects: [own, ofAll] }),
      "subjects[1] is what every pod runs as that names none",
    ],
    "in the cluster": [
      resource(ClusterRoleBinding, "reader", { roleRef: { ...roleRef, kind: "ClusterRole" }, subjects: [ofAll] }),
      "subjects[0] is what every pod runs as that names none",
    ],
  },
});
