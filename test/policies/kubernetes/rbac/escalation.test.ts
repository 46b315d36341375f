import { escalation } from "../../../../policies/kubernetes/rbac/escalation";
import { testRule } from "../../support/ruleTest";
import { clusterRole, role } from "./roles";

const rbac = ["rbac.authorization.k8s.io"];

testRule(escalation, {
  passes: {
    "makes roles": role({ apiGroups: rbac, resources: ["roles", "rolebindings"], verbs: ["create", "update"] }),
    "binds one role": role({ apiGroups: rbac, resources: ["clusterroles"], verbs: ["bind"], resourceNames: ["view"] }),
    "impersonates one account": clusterRole({
      resources: ["serviceaccounts"],
      verbs: ["impersonate"],
      resourceNames: ["api"],
    }),
    "bind of something else": role({ resources: ["pods"], verbs: ["bind"] }),
  },
  breaks: {
    "binds roles": [
      role({ apiGroups: rbac, resources: ["roles"], verbs: ["bind"] }),
      "rules[1] gives more than it holds, by binding",
    ],
    "binds bindings": [
      clusterRole({ apiGroups: rbac, resources: ["clusterrolebindings"], verbs: ["bind"] }),
      "rules[1] gives more than it holds, by binding",
    ],
    escalates: [
      clusterRole({ apiGroups: rbac, resources: ["clusterroles"], verbs: ["escalate", "get"] }),
      "rules[1] gives more than it holds, by escalation",
    ],
    "impersonates users": [
      clusterRole({ resources: ["users"], verbs: ["impersonate"] }),
      "rules[1] gives more than it holds, by impersonation",
    ],
    "impersonates groups": [
      clusterRole({ resources: ["groups"], verbs: ["impersonate"] }),
      "rules[1] gives more than it holds, by impersonation",
    ],
    everything: [
      clusterRole({ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }),
      "rules[1] gives more than it holds, by binding, escalation, impersonation",
    ],
  },
});
