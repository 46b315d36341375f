import { createPods } from "../../../../policies/kubernetes/rbac/createPods";
import { testRule } from "../../support/ruleTest";
import { clusterRole, role } from "./roles";

const workloads = {
  "": ["pods", "replicationcontrollers"],
  apps: ["deployments", "statefulsets", "daemonsets", "replicasets"],
  batch: ["jobs", "cronjobs"],
};

testRule(createPods, {
  passes: {
    "reads pods": role({ resources: ["pods", "pods/log"], verbs: ["get", "list", "watch"] }),
    scales: role({ apiGroups: ["apps"], resources: ["deployments/scale"], verbs: ["update"] }),
  },
  breaks: {
    ...Object.fromEntries(
      Object.entries(workloads).flatMap(([group, resources]) =>
        resources.map((one) => [
          one,
          [role({ apiGroups: [group], resources: [one], verbs: ["create"] }), "rules[1] starts any pods"],
        ]),
      ),
    ),
    everything: [clusterRole({ apiGroups: ["*"], resources: ["*"], verbs: ["*"] }), "rules[1] starts any pods"],
  },
});
