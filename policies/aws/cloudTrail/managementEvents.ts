import { resourceRule, Severity } from "../../rule";
import { at, itemsOf, notYetKnown, type Value } from "../../value";

/** Reading a secret is a management event that reads: https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html */
export const managementEvents = resourceRule({
  name: "aws-cloudtrail-management-events",
  requires: "A trail is on and records who reads, as well as who changes",
  severity: Severity.High,
  ids: [
    "CKV_AWS_251",
    "Config cloudtrail-enabled",
    "Config cloudtrail-security-trail-enabled",
    "Prowler cloudtrail_multi_region_enabled_logging_management_events",
    "Security Hub CloudTrail.1",
  ],
  mend: "leave enableLogging and the event selectors out, or let one selector include management events of readWriteType All",
  types: ["aws:cloudtrail/trail:Trail"],
  problems: ({ inputs: { enableLogging, eventSelectors, advancedEventSelectors } }) => {
    const basic = itemsOf(eventSelectors);
    const advanced = itemsOf(advancedEventSelectors);
    return [
      ...(enableLogging === false ? ["enableLogging is false"] : []),
      ...(basic.length > 0 && !basic.some(recordsAll) ? ["eventSelectors leave management events that read out"] : []),
      ...(advanced.length > 0 && !advanced.some(recordsManagement)
        ? ["advancedEventSelectors leave management events that read out"]
        : []),
    ];
  },
});

/** By default management events are in, and both kinds of them: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html */
function recordsAll(selector: Value): boolean {
  if (selector === notYetKnown) return true;
  const kind = at(selector, "readWriteType");
  const events = at(selector, "includeManagementEvents");
  const sources = itemsOf(at(selector, "excludeManagementEventSources"));
  const isAll = kind === undefined || kind === "All" || kind === notYetKnown;
  return isAll && events !== false && !sources.includes("kms.amazonaws.com");
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html: without readOnly both kinds are in. */
function recordsManagement(selector: Value): boolean {
  if (selector === notYetKnown) return true;
  const fields = itemsOf(at(selector, "fieldSelectors"));
  const category = fields.find((field) => at(field, "field") === "eventCategory");
  const isManagement = itemsOf(at(category, "equals")).includes("Management") || fields.includes(notYetKnown);
  const readOnly = fields.find((field) => at(field, "field") === "readOnly");
  return isManagement && !itemsOf(at(readOnly, "equals")).includes("false");
}
