import { resourceRule, Severity } from "../../rule";
import { envSecretsOf, podAndPatchTypes, podsOf } from "./pods";

/** https://kubernetes.io/docs/concepts/security/secrets-good-practices/ */
export const envFromSecret = resourceRule({
  name: "kubernetes-env-from-secret",
  requires: "Pods take secrets as files, not as environment variables",
  severity: Severity.Low,
  ids: [
    "CKV_K8S_35",
    "KICS 3d658f8b",
    "KICS 6d8f1a10",
    "kube-linter read-secret-from-env-var",
    "Kyverno disallow-secrets-from-env-vars",
    "Kubescape C-0207",
    "Prowler core_no_secrets_envs",
    "CIS Kubernetes 2.0.1 5.4.1",
  ],
  mend: "mount the Secret as a volume",
  opinion: "most programs read their settings from the environment, and one that logs it is the program's own fault",
  types: podAndPatchTypes,
  problems: ({ type, inputs }) =>
    envSecretsOf(podsOf(type, inputs)).map(({ path }) => `${path} puts a secret into the environment`),
});
