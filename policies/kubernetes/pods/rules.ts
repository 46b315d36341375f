import type { Rule } from "../../rule";
import { apiServerEncryption } from "./apiServerEncryption";
import { defaultServiceAccount } from "./defaultServiceAccount";
import { envFromSecret } from "./envFromSecret";
import { literalEnv } from "./literalEnv";
import { restartOnSecretChange } from "./restartOnSecretChange";
import { secretSubPath } from "./secretSubPath";

export const podRules: readonly Rule[] = [
  literalEnv,
  envFromSecret,
  restartOnSecretChange,
  secretSubPath,
  defaultServiceAccount,
  apiServerEncryption,
];
