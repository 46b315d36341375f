import { Severity, stackRule } from "../../rule";
import { itemsOf, notYetKnown, type Value } from "../../value";
import { workspacesOf, workspaceType } from "./workspaces";

/** A workspace that names no AuditTrail says so in its output `audited`; in a preview it may not be known yet. */
export const auditTrail = stackRule({
  name: "vantedge-audit-trail",
  requires: "An AuditTrail watches every workspace",
  severity: Severity.Medium,
  ids: [],
  mend: "make one AuditTrail for the account or project, and set auditTrail on the workspace",
  opinion: "the trail of an organization may record the account already, and no program of the account sees it",
  about: workspaceType,
  problems: (stack) => {
    const trails = stack.ofType("vantedge-secrets:index:AuditTrail").map(({ values }) => values.workspaces);
    const isWatched = (name: Value) =>
      name === notYetKnown ||
      trails.some(
        (names) => names === notYetKnown || itemsOf(names).some((one) => one === name || one === notYetKnown),
      );
    return workspacesOf(stack)
      .filter(({ values }) => values.audited === false && !isWatched(values.workspaceName))
      .map((resource) => ({ resource, problem: "audited is false" }));
  },
});
