import type { Rule } from "../../rule";
import { createPods } from "./createPods";
import { defaultAccountBound } from "./defaultAccountBound";
import { escalation } from "./escalation";
import { secretAccess } from "./secretAccess";
import { tokenCreation } from "./tokenCreation";
import { wildcards } from "./wildcards";

export const rbacRules: readonly Rule[] = [
  secretAccess,
  wildcards,
  escalation,
  tokenCreation,
  createPods,
  defaultAccountBound,
];
