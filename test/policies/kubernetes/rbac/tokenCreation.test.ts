import { tokenCreation } from "../../../../policies/kubernetes/rbac/tokenCreation";
import { testRule } from "../../support/ruleTest";
import { clusterRole, role } from "./roles";

const problem = "rules[1] makes tokens of any ServiceAccount in reach";

testRule(tokenCreation, {
  passes: {
    "of one account": role({ resources: ["serviceaccounts/token"], verbs: ["create"], resourceNames: ["api"] }),
    "makes accounts": role({ resources: ["serviceaccounts"], verbs: ["create"] }),
    reads: role({ resources: ["serviceaccounts/token"], verbs: ["get"] }),
    "reviews tokens": clusterRole({
      apiGroups: ["authentication.k8s.io"],
      resources: ["tokenreviews"],
      verbs: ["create"],
    }),
  },
  breaks: {
    "of all": [role({ resources: ["serviceaccounts/token"], verbs: ["create"] }), problem],
    "by a wildcard over resources": [clusterRole({ resources: ["*/token"], verbs: ["create"] }), problem],
    "by all wildcards": [clusterRole({ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }), problem],
  },
});
