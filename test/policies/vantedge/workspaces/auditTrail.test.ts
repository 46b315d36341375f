import { auditTrail } from "../../../../policies/vantedge/workspaces/auditTrail";
import { raw, unknownYet } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";
import { workspace } from "../components";

const trail = (...workspaces: string[]) =>
  raw("vantedge-secrets:index:AuditTrail", "audit", { accountId: "111122223333", workspaces, makesTrail: true });

testRule(auditTrail, {
  passes: {
    watched: workspace("production", {}, { audited: true }),
    "not known yet": workspace("production", {}, { audited: unknownYet }),
    "the outputs aren't there yet": workspace("production"),
    "a trail of the stack names it": [trail("production"), workspace("production", {}, { audited: false })],
  },
  breaks: {
    "nothing watches it": [workspace("production", {}, { audited: false }), "audited is false"],
    "a trail watches another one": [
      [trail("development"), workspace("production", {}, { audited: false })],
      ["production", "audited is false"],
    ],
  },
});
