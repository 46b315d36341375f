import { resourceRule, Severity } from "../../rule";
import { at, itemsOf, notYetKnown, type Value } from "../../value";
import { containersOf, podsOf, podTypes } from "./pods";

/** Programs run API servers themselves for virtual clusters: https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/ */
export const apiServerEncryption = resourceRule({
  name: "kubernetes-api-server-encryption",
  requires: "An API server encrypts Secrets where it stores them",
  severity: Severity.Medium,
  ids: ["CKV_K8S_104", "KCV-0030", "Kubescape C-0066", "CIS Kubernetes 2.0.1 1.2.27"],
  mend: "start kube-apiserver with --encryption-provider-config",
  types: podTypes,
  problems: ({ type, inputs }) =>
    containersOf(podsOf(type, inputs)).flatMap(({ path, container }) => {
      const words = [...itemsOf(at(container, "command")), ...itemsOf(at(container, "args"))];
      const isUnknown = [at(container, "command"), at(container, "args"), ...words].includes(notYetKnown);
      if (isUnknown || !words.some(isApiServer) || words.some(isEncryption)) return [];
      return [`${path} starts kube-apiserver without --encryption-provider-config`];
    }),
});

function isApiServer(word: Value): boolean {
  return typeof word === "string" && /(^|\/)kube-apiserver$/.test(word);
}

function isEncryption(word: Value): boolean {
  return typeof word === "string" && /^--encryption-provider-config(=|$)/.test(word);
}
