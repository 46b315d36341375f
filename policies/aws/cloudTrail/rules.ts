import type { Rule } from "../../rule";
import { bucketLogging } from "./bucketLogging";
import { bucketPublic } from "./bucketPublic";
import { encryption } from "./encryption";
import { eventDataStore } from "./eventDataStore";
import { logFileValidation } from "./logFileValidation";
import { logGroup } from "./logGroup";
import { managementEvents } from "./managementEvents";
import { multiRegion } from "./multiRegion";
import { notification } from "./notification";

export const cloudTrailRules: readonly Rule[] = [
  managementEvents,
  multiRegion,
  logFileValidation,
  encryption,
  bucketPublic,
  bucketLogging,
  logGroup,
  notification,
  eventDataStore,
];
