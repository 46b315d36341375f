import { LogGroup } from "@pulumi/aws/cloudwatch";
import { groupKey } from "../../../../policies/aws/logs/groupKey";
import { groupRetention } from "../../../../policies/aws/logs/groupRetention";
import { but, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const group = resource(LogGroup, "audit", { kmsKeyId: "arn:of:key", retentionInDays: 365 });

testRule(groupKey, {
  passes: { "a key": group },
  breaks: { none: [but(group, { kmsKeyId: undefined }), "kmsKeyId is missing"] },
});

testRule(groupRetention, {
  passes: { "a year": group, "for ever": but(group, { retentionInDays: 0 }) },
  breaks: {
    "not said": [but(group, { retentionInDays: undefined }), "retentionInDays is missing"],
    "a month": [but(group, { retentionInDays: 30 }), "retentionInDays is less than 365"],
  },
});

testRule(groupRetention, {
  config: { minimumDays: 30 },
  passes: { "a month": but(group, { retentionInDays: 30 }) },
  breaks: { "a week": [but(group, { retentionInDays: 7 }), "retentionInDays is less than 30"] },
});
