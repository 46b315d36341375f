import { resourceRule, Severity } from "../../rule";

/** https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html */
export const multiRegion = resourceRule({
  name: "aws-kms-key-single-region",
  requires: "A key stays in its region",
  severity: Severity.Low,
  ids: ["Prowler kms_cmk_not_multi_region"],
  mend: "leave multiRegion out, and make a key in each region",
  opinion: "what is decrypted in another region than it was encrypted needs one",
  types: ["aws:kms/key:Key", "aws:kms/externalKey:ExternalKey"],
  problems: ({ inputs }) => (inputs.multiRegion === true ? ["multiRegion is true"] : []),
});
