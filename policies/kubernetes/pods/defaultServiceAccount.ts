import { resourceRule, Severity } from "../../rule";
import { at, isSet, notYetKnown } from "../../value";
import { podsOf, podTypes } from "./pods";

/** https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/ */
export const defaultServiceAccount = resourceRule({
  name: "kubernetes-default-service-account",
  requires: "Pods do not run with the token of the namespace's default ServiceAccount",
  severity: Severity.Low,
  ids: ["CKV_K8S_38", "KSV-0036", "kube-linter default-service-account"],
  mend: "set automountServiceAccountToken: false, or a serviceAccountName of its own",
  opinion: "nobody gives the default ServiceAccount rights in a well-run cluster, so that its token opens nothing",
  types: podTypes,
  problems: ({ type, inputs }) => {
    const { path, spec } = podsOf(type, inputs);
    const account = at(spec, "serviceAccountName") ?? at(spec, "serviceAccount");
    const mounts = at(spec, "automountServiceAccountToken");
    if (spec === undefined || [spec, account, mounts].includes(notYetKnown)) return [];
    if (mounts === false || (isSet(account) && account !== "default")) return [];
    return [`${path} mounts a token, and names no ServiceAccount of its own`];
  },
});
