import { z } from "zod";
import { resourceRule, Severity } from "../../rule";
import { at, isSet } from "../../value";
import { daysOf } from "../duration";

const types = ["gcp:secretmanager/secret:Secret", "gcp:secretmanager/regionalSecret:RegionalSecret"] as const;

/** https://cloud.google.com/secret-manager/docs/secret-rotation: Google reminds, and rotates nothing. */
export const rotation = resourceRule({
  name: "gcp-secretmanager-rotation",
  requires: "Somebody is reminded to rotate a secret",
  severity: Severity.Medium,
  ids: ["Prowler secretmanager_secret_rotation_enabled"],
  mend: "set rotation with a rotationPeriod, and topics",
  opinion: "what another company issues may not be rotated by anybody here",
  types,
  problems: ({ inputs: { rotation: reminder } }) => (isSet(reminder) ? [] : ["rotation is missing"]),
});

export const rotationInterval = resourceRule({
  name: "gcp-secretmanager-rotation-interval",
  requires: "Somebody is reminded often enough to rotate a secret",
  severity: Severity.Medium,
  ids: ["Prowler secretmanager_secret_rotation_enabled"],
  mend: "set rotation.rotationPeriod to at most maximumDays days (90 unless configured), such as 2592000s",
  types,
  config: { maximumDays: z.int().min(1).default(90).describe("The most days between two reminders") },
  problems: ({ inputs }, { maximumDays }) => {
    const days = daysOf(at(inputs, "rotation", "rotationPeriod"));
    return days !== undefined && days > maximumDays
      ? [`rotation.rotationPeriod is longer than ${maximumDays} days`]
      : [];
  },
});
