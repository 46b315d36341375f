import { resourceRule, Severity } from "../../rule";
import type { Value } from "../../value";
import { grantTypes } from "./grants";

/**
 * A binding takes a role from whoever else has it, a policy all roles:
 * https://www.pulumi.com/registry/packages/gcp/api-docs/secretmanager/secretiambinding/. A workload's access to its secret goes with it.
 */
export const authoritative = resourceRule({
  name: "gcp-iam-authoritative",
  requires: "What grants access to secrets leaves other grants alone",
  severity: Severity.Medium,
  ids: [],
  mend: "use the IAMMember of the same resource, one for each member",
  types: [
    ...grantTypes(["secret"], ["Binding", "Policy"]),
    ...grantTypes(["project", "folder", "organization"], ["Binding", "Policy"]),
  ] as [string, ...string[]],
  problems: ({ type, inputs: { role } }) => {
    // A policy takes away access to secrets whatever roles are in it.
    if (type.startsWith("gcp:secretmanager/") || type.endsWith("Policy"))
      return ["it takes away grants that it does not name"];
    return readsSecrets(role) ? ["it takes the role from whoever else has it"] : [];
  },
});

function readsSecrets(role: Value): boolean {
  return typeof role === "string" && role.startsWith("roles/secretmanager.");
}
