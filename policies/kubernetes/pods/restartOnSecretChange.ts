import { resourceRule, Severity } from "../../rule";
import { envSecretsOf, isRestarted, isVersioned, podsOf, rollingTypes } from "./pods";

/** https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-environment-variables */
export const restartOnSecretChange = resourceRule({
  name: "kubernetes-restart-on-secret-change",
  requires: "Pods that take environment variables from a Secret are replaced when it changes",
  severity: Severity.Low,
  ids: ["Kyverno restart-deployment-on-secret-change"],
  mend:
    "let Pulumi name the Secret, so that its name changes with it, or add the annotation " +
    "secret.reloader.stakater.com/reload of Stakater Reloader",
  types: rollingTypes,
  problems: ({ type, inputs }) => {
    const pods = podsOf(type, inputs);
    if (isRestarted(inputs, pods)) return [];
    return envSecretsOf(pods)
      .filter(({ name }) => !isVersioned(name))
      .map(({ path }) => `${path} is read once, when a pod starts, and nothing replaces pods for a new value`);
  },
});
