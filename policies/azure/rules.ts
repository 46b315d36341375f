import type { Rule } from "../rule";
import { aksRules } from "./aks/rules";

export const azureRules: readonly Rule[] = [...aksRules];
