import type { Rule } from "../../rule";
import { secretRotation } from "./secretRotation";

export const secretsManagerRules: readonly Rule[] = [secretRotation];
