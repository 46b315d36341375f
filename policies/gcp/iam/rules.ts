import type { Rule } from "../../rule";
import { accountKeys } from "./accountKeys";
import { administratorAccounts } from "./administratorAccounts";
import { authoritative } from "./authoritative";
import { basicRoles } from "./basicRoles";
import { defaultAccounts } from "./defaultAccounts";
import { directUsers } from "./directUsers";
import { impersonation } from "./impersonation";
import { poolCondition } from "./poolCondition";
import { publicAccount } from "./publicAccount";
import { publicTopic } from "./publicTopic";
import { separationOfDuties } from "./separationOfDuties";

export const iamRules: readonly Rule[] = [
  basicRoles,
  impersonation,
  administratorAccounts,
  accountKeys,
  poolCondition,
  publicAccount,
  publicTopic,
  defaultAccounts,
  directUsers,
  authoritative,
  separationOfDuties,
];
