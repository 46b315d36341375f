import type { Rule } from "../../rule";
import { auditConfigAlert, customRoleAlert } from "./alerts";
import { auditConfig } from "./auditConfig";
import { lockedBucket } from "./lockedBucket";
import { sinkFilter } from "./sinkFilter";

export const auditRules: readonly Rule[] = [auditConfig, auditConfigAlert, customRoleAlert, lockedBucket, sinkFilter];
