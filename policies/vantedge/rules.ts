import type { Rule } from "../rule";

export const vantedgeRules: readonly Rule[] = [];
