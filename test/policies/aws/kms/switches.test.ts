import { ExternalKey, Key, KeyPolicy, ReplicaKey } from "@pulumi/aws/kms";
import { enabled } from "../../../../policies/aws/kms/enabled";
import { lockoutCheck } from "../../../../policies/aws/kms/lockoutCheck";
import { multiRegion } from "../../../../policies/aws/kms/multiRegion";
import { resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

testRule(enabled, {
  passes: { default: resource(Key, "orders", {}), on: resource(Key, "orders", { isEnabled: true }) },
  breaks: {
    off: [resource(Key, "orders", { isEnabled: false }), "isEnabled is false"],
    "a replica": [resource(ReplicaKey, "orders", { primaryKeyArn: "arn", enabled: false }), "enabled is false"],
    "one with material of its own": [resource(ExternalKey, "orders", { enabled: false }), "enabled is false"],
  },
});

testRule(lockoutCheck, {
  passes: { default: resource(Key, "orders", { bypassPolicyLockoutSafetyCheck: false }) },
  breaks: {
    key: [resource(Key, "orders", { bypassPolicyLockoutSafetyCheck: true }), "bypassPolicyLockoutSafetyCheck is true"],
    policy: [
      resource(KeyPolicy, "orders", { keyId: "1", policy: "{}", bypassPolicyLockoutSafetyCheck: true }),
      "bypassPolicyLockoutSafetyCheck is true",
    ],
  },
});

testRule(multiRegion, {
  passes: { default: resource(Key, "orders", { multiRegion: false }) },
  breaks: { on: [resource(Key, "orders", { multiRegion: true }), "multiRegion is true"] },
});
