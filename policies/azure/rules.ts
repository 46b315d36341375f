import type { Rule } from "../rule";
import { aksRules } from "./aks/rules";
import { plaintextEnvironment } from "./compute/plaintextEnvironment";
import { keyVaultRules } from "./keyVault/rules";

export const azureRules: readonly Rule[] = [...keyVaultRules, ...aksRules, plaintextEnvironment];
