import type { Rule } from "../../rule";
import { auditTrail } from "./auditTrail";
import { secretKey } from "./secretKey";
import { secretTag } from "./secretTag";
import { sharedListing } from "./sharedListing";

export const workspaceRules: readonly Rule[] = [secretTag, secretKey, auditTrail, sharedListing];
