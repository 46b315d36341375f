import { CryptoKey } from "@pulumi/gcp/kms";
import { deletionProtected } from "../../../../policies/gcp/kms/deletionProtected";
import { keyRotation } from "../../../../policies/gcp/kms/keyRotation";
import { but, resource } from "../../support/fixture";
import { testRule } from "../../support/ruleTest";

const key = resource(CryptoKey, "orders", { keyRing: "ring", rotationPeriod: "7776000s" });

testRule(keyRotation, {
  passes: {
    "90 days": key,
    "with a fraction": but(key, { rotationPeriod: "2592000.5s" }),
    "one that signs": but(key, { purpose: "ASYMMETRIC_SIGN", rotationPeriod: undefined }),
    "one for imports": but(key, { importOnly: true, rotationPeriod: undefined }),
  },
  breaks: {
    never: [but(key, { rotationPeriod: undefined }), "rotationPeriod is missing"],
    "a year": [but(key, { rotationPeriod: "31536000s" }), "rotationPeriod is longer than 90 days"],
  },
});

testRule(keyRotation, {
  config: { maximumDays: 365 },
  passes: { "a year": but(key, { rotationPeriod: "31536000s" }) },
  breaks: { "two years": [but(key, { rotationPeriod: "63072000s" }), "rotationPeriod is longer than 365 days"] },
});

testRule(deletionProtected, {
  passes: { protected: { ...key, isProtected: true } },
  breaks: { not: [key, "protect is not true"] },
});
