import { ClusterRole, Role } from "@pulumi/kubernetes/rbac/v1";
import type { input } from "@pulumi/kubernetes/types";
import { type Fixture, resource } from "../../support/fixture";

type Rule = Partial<input.rbac.v1.PolicyRule>;

const readsPods = { apiGroups: [""], resources: ["pods"], verbs: ["get"] };

/** A Role with a harmless rule before those that are given. */
export function role(...rules: Rule[]): Fixture {
  return resource(Role, "reader", { rules: [readsPods, ...rules.map(whole)] });
}

export function clusterRole(...rules: Rule[]): Fixture {
  return resource(ClusterRole, "reader", { rules: [readsPods, ...rules.map(whole)] });
}

function whole(rule: Rule) {
  return { apiGroups: [""], verbs: ["get"], ...rule };
}
