import type { Rule } from "../../rule";
import { envRollout } from "./envRollout";
import { foreignRead } from "./foreignRead";
import { foreignSecret } from "./foreignSecret";

export const bindingRules: readonly Rule[] = [foreignSecret, foreignRead, envRollout];
