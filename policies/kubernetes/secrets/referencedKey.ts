import { type Finding, Severity, stackRule } from "../../rule";
import type { StackResource } from "../../stack";
import { entriesOf, notYetKnown } from "../../value";
import { namespaceOf, objectNamed } from "../objects";
import { envSecretsOf, podsOf, podTypes } from "../pods/pods";

const secretType = "kubernetes:core/v1:Secret";

/** A pod doesn't start without the key: https://kubernetes.io/docs/concepts/configuration/secret/#restriction-secret-must-exist */
export const referencedKey = stackRule({
  name: "kubernetes-referenced-key",
  requires: "A key that pods take from a Secret of the stack is in it",
  severity: Severity.Medium,
  ids: ["kube-linter env-value-from"],
  mend: "correct the key, or set optional: true",
  about: secretType,
  problems: (stack) =>
    stack.ofType(...podTypes).flatMap((resource) =>
      envSecretsOf(podsOf(resource.type, resource.values)).flatMap(({ path, name, key, optional }): Finding[] => {
        if (typeof key !== "string" || optional === true || optional === notYetKnown) return [];
        const secret = objectNamed(stack, secretType, name, namespaceOf(resource.values));
        const keys = secret && keysOf(secret);
        if (keys === undefined || keys.includes(key)) return [];
        return [{ resource, problem: `${path}.key is no key of its Secret` }];
      }),
    ),
});

/** Undefined where they aren't known: an empty one is filled by somebody else. */
function keysOf({ values: { data, stringData } }: StackResource): string[] | undefined {
  if (data === notYetKnown || stringData === notYetKnown) return undefined;
  const keys = [...entriesOf(data), ...entriesOf(stringData)].map(([key]) => key);
  return keys.length === 0 ? undefined : keys;
}
