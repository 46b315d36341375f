import { resourceRule, Severity } from "../../rule";
import { allows, grantsOf, roleTypes } from "./grants";

/** https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request */
export const tokenCreation = resourceRule({
  name: "kubernetes-rbac-token-creation",
  requires: "A role makes tokens only for the ServiceAccounts that it names",
  severity: Severity.Medium,
  ids: ["CIS Kubernetes 2.0.1 5.1.13"],
  mend: "name the ServiceAccounts under resourceNames, or leave serviceaccounts/token out",
  types: roleTypes,
  problems: ({ inputs }) =>
    grantsOf(inputs)
      .filter((grant) => !grant.isNamed && allows(grant, ["/serviceaccounts/token"], "create"))
      .map(({ path }) => `${path} makes tokens of any ServiceAccount in reach`),
});
