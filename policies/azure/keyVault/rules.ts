import type { Rule } from "../../rule";
import { firewall } from "./firewall";
import { logging } from "./logging";
import { rbac } from "./rbac";
import { recoverable } from "./recoverable";
import { secretContentType } from "./secretContentType";
import { secretExpiry } from "./secretExpiry";

export const keyVaultRules: readonly Rule[] = [recoverable, firewall, rbac, logging, secretExpiry, secretContentType];
