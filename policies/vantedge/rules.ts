import { roleMatrix } from "../roleMatrix/roleMatrix";
import type { Rule } from "../rule";
import { bindingRules } from "./bindings/rules";
import { literalRules } from "./literals/rules";
import { roleRules } from "./roles/rules";
import { workspaceRules } from "./workspaces/rules";

export const vantedgeRules: readonly Rule[] = [
  roleMatrix,
  ...literalRules,
  ...workspaceRules,
  ...bindingRules,
  ...roleRules,
];
