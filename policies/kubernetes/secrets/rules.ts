import type { Rule } from "../../rule";
import { externalSecretPrefix } from "./externalSecretPrefix";
import { externalStorage } from "./externalStorage";
import { literalConfigMap } from "./literalConfigMap";
import { referencedKey } from "./referencedKey";

export const secretRules: readonly Rule[] = [literalConfigMap, externalStorage, referencedKey, externalSecretPrefix];
