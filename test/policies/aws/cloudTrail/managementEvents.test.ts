import { Trail } from "@pulumi/aws/cloudtrail";
import { managementEvents } from "../../../../policies/aws/cloudTrail/managementEvents";
import { but, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const trail = resource(Trail, "account", { s3BucketName: "logs" });
const basic = (...eventSelectors: object[]) => but(trail, { eventSelectors });
const field = (name: string, ...equals: string[]) => ({ field: name, equals });
const advanced = (...fieldSelectors: object[]) => but(trail, { advancedEventSelectors: [{ fieldSelectors }] });
const left = "eventSelectors leave management events that read out";
const leftAdvanced = "advancedEventSelectors leave management events that read out";

testRule(managementEvents, {
  passes: {
    "the default": trail,
    on: but(trail, { enableLogging: true }),
    "all, and data besides": basic({ readWriteType: "All", includeManagementEvents: true, dataResources: [] }),
    "all in one of several": basic({ readWriteType: "WriteOnly" }, { readWriteType: "All" }),
    "management of both kinds": advanced(field("eventCategory", "Management")),
    "another source left out": basic({ excludeManagementEventSources: ["rdsdata.amazonaws.com"] }),
  },
  breaks: {
    off: [but(trail, { enableLogging: false }), "enableLogging is false"],
    "changes only": [basic({ readWriteType: "WriteOnly" }), left],
    "reads only": [basic({ readWriteType: "ReadOnly" }), left],
    "data only": [basic({ includeManagementEvents: false }), left],
    "without KMS": [basic({ excludeManagementEventSources: ["kms.amazonaws.com"] }), left],
    "data only, advanced": [
      advanced(field("eventCategory", "Data"), field("resources.type", "AWS::S3::Object")),
      leftAdvanced,
    ],
    "changes only, advanced": [
      advanced(field("eventCategory", "Management"), field("readOnly", "false")),
      leftAdvanced,
    ],
    "off and changes only": [
      but(basic({ readWriteType: "WriteOnly" }), { enableLogging: false }),
      "enableLogging is false",
      left,
    ],
  },
});
