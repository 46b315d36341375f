import type { Rule } from "../../rule";
import { groupKey } from "./groupKey";
import { groupRetention } from "./groupRetention";

export const logsRules: readonly Rule[] = [groupKey, groupRetention];
