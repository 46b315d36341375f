import type { Rule } from "../../rule";
import { clusterSecrets } from "./clusterSecrets";
import { functionKey } from "./functionKey";
import { plaintextEnvironment } from "./plaintextEnvironment";
import { providerKeys } from "./providerKeys";
import { rotationPermission } from "./rotationPermission";

export const computeRules: readonly Rule[] = [
  plaintextEnvironment,
  functionKey,
  rotationPermission,
  clusterSecrets,
  providerKeys,
];
