import type { Rule } from "../rule";
import { literalRules } from "./literals/rules";

export const vantedgeRules: readonly Rule[] = [...literalRules];
