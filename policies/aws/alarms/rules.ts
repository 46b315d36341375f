import type { Rule } from "../../rule";
import { keyChange } from "./keyChange";
import { policyChange } from "./policyChange";
import { trailChange } from "./trailChange";

export const alarmRules: readonly Rule[] = [trailChange, keyChange, policyChange];
