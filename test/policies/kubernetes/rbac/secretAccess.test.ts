import { secretAccess } from "../../../../policies/kubernetes/rbac/secretAccess";
import { unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { clusterRole, role } from "./roles";

const problem = "rules[1] reads every Secret in reach";

testRule(secretAccess, {
  passes: {
    "by name": role({ resources: ["secrets"], resourceNames: ["api-token"] }),
    "by names that aren't known yet": role({ resources: ["secrets"], resourceNames: [unknownYet] }),
    "writes only": role({ resources: ["secrets"], verbs: ["create", "update", "delete"] }),
    "secrets of another group": role({ apiGroups: ["example.com"], resources: ["secrets"] }),
    "all of a group": clusterRole({ apiGroups: ["apps"], resources: ["*"], verbs: ["*"] }),
    URLs: clusterRole({ apiGroups: [], nonResourceURLs: ["/metrics"] }),
    "no rules": clusterRole(),
  },
  breaks: {
    ...Object.fromEntries(
      ["get", "list", "watch", "*"].map((verb) => [
        verb,
        [clusterRole({ resources: ["secrets"], verbs: ["create", verb] }), problem],
      ]),
    ),
    "in a namespace": [role({ resources: ["configmaps", "secrets"] }), problem],
    "every resource": [clusterRole({ resources: ["*"] }), problem],
    "every group": [clusterRole({ apiGroups: ["*"], resources: ["secrets"] }), problem],
    "by no name": [role({ resources: ["secrets"], resourceNames: [] }), problem],
  },
});
