import { secretReason } from "../../literals/place";
import { isSecretText } from "../../literals/secretText";
import { resourceRule, Severity } from "../../rule";
import { at, itemsOf, type Value } from "../../value";
import { containersOf, podAndPatchTypes, podsOf } from "./pods";

/**
 * Whoever may see a workload may read it, the built-in role `view` among them, which reads no Secrets:
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export const literalEnv = resourceRule({
  name: "kubernetes-literal-env",
  requires: "No value of a secret stands in a pod's environment or arguments",
  severity: Severity.High,
  ids: ["kube-linter env-var-secret", "Kubescape C-0012", "Kubescape C-0259"],
  mend: "put it into a secret manager or a Secret, and name that in valueFrom.secretKeyRef",
  types: podAndPatchTypes,
  problems: async ({ type, inputs }) => {
    const found = containersOf(podsOf(type, inputs)).map(async ({ path, container }) => [
      ...(await literalsInEnv(path, at(container, "env"))),
      ...(await literalsInWords(`${path}.command`, at(container, "command"))),
      ...(await literalsInWords(`${path}.args`, at(container, "args"))),
    ]);
    return (await Promise.all(found)).flat();
  },
});

async function literalsInEnv(path: string, env: Value): Promise<string[]> {
  const found = itemsOf(env).map(async (entry, index) => {
    const name = at(entry, "name");
    const reason = await secretReason(typeof name === "string" ? name : "", at(entry, "value"));
    return reason === undefined ? [] : [`${path}.env[${index}].value ${reason}`];
  });
  return (await Promise.all(found)).flat();
}

async function literalsInWords(path: string, words: Value): Promise<string[]> {
  const found = itemsOf(words).map(async (word, index) =>
    typeof word === "string" && (await isSecretText(word)) ? [`${path}[${index}] looks like a credential`] : [],
  );
  return (await Promise.all(found)).flat();
}
