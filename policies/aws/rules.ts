import type { Rule } from "../rule";
import { kmsRules } from "./kms/rules";
import { secretsManagerRules } from "./secretsManager/rules";

export const awsRules: readonly Rule[] = [...secretsManagerRules, ...kmsRules];
