import { Key } from "@pulumi/aws/kms";
import { keyRotation } from "../../../../policies/aws/kms/keyRotation";
import { but, resource } from "../../support/fixture";
import { testRemedy, testRule } from "../../support/ruleTest";

const key = resource(Key, "orders", { enableKeyRotation: true, description: "Keys of orders" });

testRule(keyRotation, {
  passes: {
    "a key that is rotated": key,
    "an asymmetric key": but(key, { enableKeyRotation: undefined, customerMasterKeySpec: "RSA_4096" }),
    "a key for codes": but(key, { enableKeyRotation: false, keyUsage: "GENERATE_VERIFY_MAC" }),
    "a key in a custom store": but(key, { enableKeyRotation: undefined, customKeyStoreId: "cks-1234567890" }),
  },
  breaks: {
    "turned off": [but(key, { enableKeyRotation: false }), "enableKeyRotation is not true"],
    "left out": [but(key, { enableKeyRotation: undefined }), "enableKeyRotation is not true"],
  },
});

testRemedy(keyRotation, but(key, { enableKeyRotation: false }), { enableKeyRotation: true });
