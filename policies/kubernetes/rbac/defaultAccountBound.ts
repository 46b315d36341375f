import { resourceRule, Severity } from "../../rule";
import { at, itemsOf } from "../../value";
import { bindingTypes } from "./grants";

/** https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts */
export const defaultAccountBound = resourceRule({
  name: "kubernetes-rbac-default-account",
  requires: "The default ServiceAccount of a namespace, which every pod gets that names none, has no role",
  severity: Severity.Medium,
  ids: ["CKV_K8S_42"],
  mend: "make a ServiceAccount for the pods that need the role, and bind that",
  types: bindingTypes,
  problems: ({ inputs }) =>
    itemsOf(inputs.subjects).flatMap((subject, index) =>
      at(subject, "kind") === "ServiceAccount" && at(subject, "name") === "default"
        ? [`subjects[${index}] is what every pod runs as that names none`]
        : [],
    ),
});
