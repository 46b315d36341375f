import { resourceRule, Severity } from "../../rule";
import { isSet } from "../../value";

export const eventDataStore = resourceRule({
  name: "aws-cloudtrail-event-data-store-key",
  requires: "An event data store is encrypted with a key of the customer's",
  severity: Severity.Medium,
  ids: ["CKV_AWS_294"],
  mend: "set kmsKeyId",
  types: ["aws:cloudtrail/eventDataStore:EventDataStore"],
  problems: ({ inputs }) => (isSet(inputs.kmsKeyId) ? [] : ["kmsKeyId is missing"]),
});
