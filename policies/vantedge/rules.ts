import { roleMatrix } from "../roleMatrix/roleMatrix";
import type { Rule } from "../rule";

export const vantedgeRules: readonly Rule[] = [roleMatrix];
