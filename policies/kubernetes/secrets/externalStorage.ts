import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

/** Kubernetes makes and fills these itself: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
const ofKubernetes = ["kubernetes.io/service-account-token", "bootstrap.kubernetes.io/token"];

/** https://kubernetes.io/docs/concepts/security/secrets-good-practices/#use-third-party-secret-store-providers */
export const externalStorage = resourceRule({
  name: "kubernetes-external-secret-storage",
  requires: "Values are kept in a secret manager, and no program writes them into the cluster",
  severity: Severity.Low,
  ids: ["Kubescape C-0208", "Kubescape C-0234", "CIS Kubernetes 2.0.1 5.4.2"],
  mend: "keep the value in the cloud's secret manager, and let External Secrets or the Secrets Store CSI driver fetch it",
  opinion: "a cluster without such an operator has no other way, and Pulumi encrypts what it writes in its state",
  types: ["kubernetes:core/v1:Secret", "kubernetes:core/v1:SecretPatch"],
  problems: ({ inputs }) => {
    if (typeof inputs.type === "string" && ofKubernetes.includes(inputs.type)) return [];
    return ["data", "stringData"]
      .filter((property) => isSet(inputs[property]))
      .map((property) => `${property} is written by the program`);
  },
});
