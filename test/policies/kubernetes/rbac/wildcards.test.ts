import { wildcards } from "../../../../policies/kubernetes/rbac/wildcards";
import { testRule } from "../../support/ruleTest";
import { clusterRole, role } from "./roles";

testRule(wildcards, {
  passes: {
    "all by name": role({
      apiGroups: ["apps"],
      resources: ["deployments", "deployments/scale"],
      verbs: ["get", "list"],
    }),
    URLs: clusterRole({ apiGroups: [], nonResourceURLs: ["*"], verbs: ["get"] }),
  },
  breaks: {
    resources: [role({ resources: ["*"] }), "rules[1].resources has a wildcard"],
    verbs: [role({ resources: ["configmaps"], verbs: ["*"] }), "rules[1].verbs has a wildcard"],
    "both, among others": [
      clusterRole({ resources: ["configmaps"] }, { apiGroups: ["*"], resources: ["*", "pods"], verbs: ["get", "*"] }),
      "rules[2].resources has a wildcard",
      "rules[2].verbs has a wildcard",
    ],
  },
});
