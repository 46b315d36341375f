import { resourceRule, Severity } from "../../rule";
import { at, notYetKnown } from "../../value";

/** Pods that name none run as `default`: https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts */
export const defaultAccountToken = resourceRule({
  name: "kubernetes-default-account-token",
  requires: "The default ServiceAccount of a namespace gives its token to no pod",
  severity: Severity.Low,
  ids: ["CKV_K8S_41"],
  mend: "set automountServiceAccountToken: false",
  types: ["kubernetes:core/v1:ServiceAccount", "kubernetes:core/v1:ServiceAccountPatch"],
  problems: ({ inputs }) => {
    const mounts = inputs.automountServiceAccountToken;
    if (at(inputs, "metadata", "name") !== "default" || mounts === false || mounts === notYetKnown) return [];
    return ["automountServiceAccountToken is not false"];
  },
});
