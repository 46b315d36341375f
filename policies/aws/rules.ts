import type { Rule } from "../rule";
import { alarmRules } from "./alarms/rules";
import { cloudTrailRules } from "./cloudTrail/rules";
import { computeRules } from "./compute/rules";
import { iamRules } from "./iam/rules";
import { kmsRules } from "./kms/rules";
import { logsRules } from "./logs/rules";
import { secretsManagerRules } from "./secretsManager/rules";
import { ssmRules } from "./ssm/rules";

export const awsRules: readonly Rule[] = [
  ...secretsManagerRules,
  ...ssmRules,
  ...kmsRules,
  ...cloudTrailRules,
  ...logsRules,
  ...alarmRules,
  ...iamRules,
  ...computeRules,
];
