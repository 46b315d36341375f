import { Severity, stackRule } from "../../rule";
import { at, notYetKnown } from "../../value";
import { namespaceOf, objectNamed } from "../objects";
import { podsOf, podTypes } from "../pods/pods";

/** https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting */
export const mountedToken = stackRule({
  name: "kubernetes-mounted-token",
  requires: "The token of a ServiceAccount is mounted only where pods call the API server",
  severity: Severity.Low,
  ids: ["Kubescape C-0190", "Kyverno restrict-automount-sa-token"],
  mend: "set automountServiceAccountToken: false on the ServiceAccount, and true on the pods that call the API server",
  opinion: "pods that call the API server need it, and a program doesn't show which do",
  about: "kubernetes:core/v1:ServiceAccount",
  problems: (stack) =>
    stack.ofType(...podTypes).flatMap((resource) => {
      const { path, spec } = podsOf(resource.type, resource.values);
      const name = at(spec, "serviceAccountName") ?? at(spec, "serviceAccount");
      const account = objectNamed(stack, "kubernetes:core/v1:ServiceAccount", name, namespaceOf(resource.values));
      if (account === undefined) return [];
      // What the pods say wins; true there is a choice for these pods.
      if (at(spec, "automountServiceAccountToken") !== undefined) return [];
      const mounts = account.values.automountServiceAccountToken;
      if (mounts === false || mounts === notYetKnown) return [];
      return [{ resource, problem: `${path} mounts the token of its ServiceAccount without saying so` }];
    }),
});
