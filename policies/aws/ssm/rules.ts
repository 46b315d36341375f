import type { Rule } from "../../rule";
import { plaintextValue } from "./plaintextValue";
import { secureStringKey } from "./secureStringKey";

export const ssmRules: readonly Rule[] = [plaintextValue, secureStringKey];
