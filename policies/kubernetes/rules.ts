import type { Rule } from "../rule";
import { podRules } from "./pods/rules";
import { rbacRules } from "./rbac/rules";
import { secretRules } from "./secrets/rules";
import { serviceAccountRules } from "./serviceAccounts/rules";

export const kubernetesRules: readonly Rule[] = [...podRules, ...secretRules, ...rbacRules, ...serviceAccountRules];
