import type { Rule } from "../../rule";
import { publicSecret } from "./publicSecret";
import { rotation, rotationInterval } from "./rotation";
import { versionDestroyed } from "./versionDestroyed";

export const secretManagerRules: readonly Rule[] = [publicSecret, rotation, rotationInterval, versionDestroyed];
