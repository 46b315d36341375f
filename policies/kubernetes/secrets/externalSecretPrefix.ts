import { resourceRule, Severity } from "../../rule";
import { at, notYetKnown } from "../../value";
import { externalSecretTypes, remoteKeysOf } from "./externalReads";

/** https://kyverno.io/policies/external-secret-operator/add-external-secret-prefix/add-external-secret-prefix/ */
export const externalSecretPrefix = resourceRule({
  name: "kubernetes-external-secret-prefix",
  requires: "An ExternalSecret reads names that have its namespace in front",
  severity: Severity.Low,
  ids: ["Kyverno external-secret-operator/add-external-secret-prefix"],
  mend: "name secrets by tenant, as NAMESPACE/NAME or NAMESPACE-NAME, so that a grant by prefix keeps tenants apart",
  opinion: "only where namespaces are tenants that share one account or project",
  types: externalSecretTypes,
  problems: ({ inputs }) => {
    const namespace = at(inputs, "metadata", "namespace");
    if (typeof namespace !== "string") return [];
    return remoteKeysOf(inputs.spec)
      .filter(({ key }) => key !== notYetKnown && !isOf(namespace, String(key)))
      .map(({ path }) => `${path} does not have the namespace in front`);
  },
});

/** Whether the namespace is one of the first parts of the name, which may begin with an organization. */
function isOf(namespace: string, key: string): boolean {
  const name = key.split(/:secret:|\/secrets\//).at(-1) ?? key;
  return name.startsWith(`${namespace}-`) || name.split(/\/|--/).slice(0, -1).includes(namespace);
}
