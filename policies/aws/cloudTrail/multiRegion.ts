import { resourceRule, Severity } from "../../rule";
import { isOff } from "../../value";

export const multiRegion = resourceRule({
  name: "aws-cloudtrail-multi-region",
  requires: "A trail records all regions",
  severity: Severity.Medium,
  ids: [
    "CKV_AWS_67",
    "AWS-0014",
    "Prowler cloudtrail_multi_region_enabled",
    "CIS AWS 7.0 4.1",
    "Terrascan AC_AWS_0448",
    "Config multi-region-cloudtrail-enabled",
  ],
  mend: "set isMultiRegionTrail: true",
  types: ["aws:cloudtrail/trail:Trail"],
  problems: ({ inputs }) => (isOff(inputs.isMultiRegionTrail) ? ["isMultiRegionTrail is not true"] : []),
});
