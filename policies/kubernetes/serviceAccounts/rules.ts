import type { Rule } from "../../rule";
import { defaultAccountToken } from "./defaultAccountToken";
import { mountedToken } from "./mountedToken";

export const serviceAccountRules: readonly Rule[] = [mountedToken, defaultAccountToken];
