import type { Rule } from "../../rule";
import { definedPolicy } from "./definedPolicy";
import { enabled } from "./enabled";
import { keyRotation } from "./keyRotation";
import { lockoutCheck } from "./lockoutCheck";
import { multiRegion } from "./multiRegion";
import { publicKey } from "./publicKey";

export const kmsRules: readonly Rule[] = [publicKey, definedPolicy, lockoutCheck, enabled, keyRotation, multiRegion];
