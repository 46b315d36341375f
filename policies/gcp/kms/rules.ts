import type { Rule } from "../../rule";
import { deletionProtected } from "./deletionProtected";
import { keyRotation } from "./keyRotation";
import { publicKey } from "./publicKey";

export const kmsRules: readonly Rule[] = [publicKey, keyRotation, deletionProtected];
