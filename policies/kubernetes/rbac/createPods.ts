import { resourceRule, Severity } from "../../rule";
import { allows, grantsOf, roleTypes } from "./grants";

const workloads = [
  "/pods",
  "/replicationcontrollers",
  "apps/deployments",
  "apps/statefulsets",
  "apps/daemonsets",
  "apps/replicasets",
  "batch/jobs",
  "batch/cronjobs",
];

/** https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation */
export const createPods = resourceRule({
  name: "kubernetes-rbac-create-pods",
  requires: "A role creates no pods, which mount any Secret of their namespace",
  severity: Severity.Medium,
  ids: ["kube-linter access-to-create-pods"],
  mend: "leave create on pods and workloads to whoever deploys",
  opinion: "whoever deploys creates workloads, and controllers create pods",
  types: roleTypes,
  problems: ({ inputs }) =>
    grantsOf(inputs)
      .filter((grant) => allows(grant, workloads, "create"))
      .map(({ path }) => `${path} starts any pods`),
});
