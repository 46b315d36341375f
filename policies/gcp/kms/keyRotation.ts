import { z } from "zod";
import { resourceRule, Severity } from "../../rule";
import { isSet, notYetKnown } from "../../value";
import { daysOf } from "../duration";

/** Only symmetric keys are rotated: https://cloud.google.com/kms/docs/key-rotation */
export const keyRotation = resourceRule({
  name: "gcp-kms-key-rotation",
  requires: "A key is rotated often enough",
  severity: Severity.Medium,
  ids: ["CKV_GCP_43", "GCP-0065", "Prowler kms_key_rotation_max_90_days", "CIS GCP 5.0 1.11", "Terrascan AC_GCP_0011"],
  mend: "set rotationPeriod to at most maximumDays days (90 unless configured): 7776000s",
  types: ["gcp:kms/cryptoKey:CryptoKey"],
  config: { maximumDays: z.int().min(1).default(90).describe("The most days between two rotations") },
  problems: ({ inputs: { purpose, rotationPeriod, importOnly } }, { maximumDays }) => {
    const isSymmetric = purpose === undefined || purpose === "ENCRYPT_DECRYPT";
    if (!isSymmetric || importOnly === true || importOnly === notYetKnown || rotationPeriod === notYetKnown) return [];
    if (!isSet(rotationPeriod)) return ["rotationPeriod is missing"];
    const days = daysOf(rotationPeriod);
    return days !== undefined && days > maximumDays ? [`rotationPeriod is longer than ${maximumDays} days`] : [];
  },
});
