import type { Rule } from "../../rule";
import { keyRotation } from "./keyRotation";

export const kmsRules: readonly Rule[] = [keyRotation];
