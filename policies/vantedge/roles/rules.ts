import type { Rule } from "../../rule";
import { foreignPolicy } from "./foreignPolicy";

export const roleRules: readonly Rule[] = [foreignPolicy];
