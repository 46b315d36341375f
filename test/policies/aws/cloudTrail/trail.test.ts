import { EventDataStore, Trail } from "@pulumi/aws/cloudtrail";
import { encryption } from "../../../../policies/aws/cloudTrail/encryption";
import { eventDataStore } from "../../../../policies/aws/cloudTrail/eventDataStore";
import { logFileValidation } from "../../../../policies/aws/cloudTrail/logFileValidation";
import { logGroup } from "../../../../policies/aws/cloudTrail/logGroup";
import { multiRegion } from "../../../../policies/aws/cloudTrail/multiRegion";
import { notification } from "../../../../policies/aws/cloudTrail/notification";
import { but, resource } from "../../support/fixture";
import { testRemedy, testRule } from "../../support/ruleTest";

const trail = resource(Trail, "account", {
  s3BucketName: "logs",
  isMultiRegionTrail: true,
  enableLogFileValidation: true,
  kmsKeyId: "arn:of:key",
  cloudWatchLogsGroupArn: "arn:of:group",
  snsTopicName: "files",
});

testRule(multiRegion, {
  passes: { "all regions": trail },
  breaks: {
    one: [but(trail, { isMultiRegionTrail: false }), "isMultiRegionTrail is not true"],
    "by default": [but(trail, { isMultiRegionTrail: undefined }), "isMultiRegionTrail is not true"],
  },
});

testRule(logFileValidation, {
  passes: { on: trail },
  breaks: {
    off: [but(trail, { enableLogFileValidation: false }), "enableLogFileValidation is not true"],
    "by default": [but(trail, { enableLogFileValidation: undefined }), "enableLogFileValidation is not true"],
  },
});
testRemedy(logFileValidation, but(trail, { enableLogFileValidation: undefined }), { enableLogFileValidation: true });

testRule(encryption, {
  passes: { "a key": trail },
  breaks: { none: [but(trail, { kmsKeyId: undefined }), "kmsKeyId is missing"] },
});

testRule(logGroup, {
  passes: { "a log group": trail },
  breaks: { none: [but(trail, { cloudWatchLogsGroupArn: undefined }), "cloudWatchLogsGroupArn is missing"] },
});

testRule(notification, {
  passes: { "a topic": trail },
  breaks: { none: [but(trail, { snsTopicName: undefined }), "snsTopicName is missing"] },
});

testRule(eventDataStore, {
  passes: { "a key": resource(EventDataStore, "events", { kmsKeyId: "arn:of:key" }) },
  breaks: { none: [resource(EventDataStore, "events", {}), "kmsKeyId is missing"] },
});
