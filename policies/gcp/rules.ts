import type { Rule } from "../rule";
import { auditRules } from "./audit/rules";
import { plaintextEnvironment } from "./compute/plaintextEnvironment";
import { iamRules } from "./iam/rules";
import { kmsRules } from "./kms/rules";
import { secretManagerRules } from "./secretManager/rules";

export const gcpRules: readonly Rule[] = [
  ...secretManagerRules,
  ...kmsRules,
  ...iamRules,
  ...auditRules,
  plaintextEnvironment,
];
