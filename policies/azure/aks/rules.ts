import type { Rule } from "../../rule";
import { secretAutorotation } from "./secretAutorotation";

export const aksRules: readonly Rule[] = [secretAutorotation];
