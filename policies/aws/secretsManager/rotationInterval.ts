import { z } from "zod";
import { resourceRule, Severity } from "../../rule";
import { at } from "../../value";
import { longestGapDays } from "./schedule";

/** Read from the schedule itself: what CKV_AWS_304 lets pass with any cron expression is counted here. */
export const rotationInterval = resourceRule({
  name: "aws-secretsmanager-rotation-interval",
  requires: "A secret is rotated often enough",
  severity: Severity.Medium,
  ids: [
    "CKV_AWS_304",
    "Security Hub SecretsManager.4",
    "Config secretsmanager-secret-periodic-rotation",
    "Prowler secretsmanager_secret_rotated_periodically",
  ],
  mend: "rotate at least every maximumDays days (90 unless configured), for example with rate(30 days)",
  types: ["aws:secretsmanager/secretRotation:SecretRotation"],
  config: {
    maximumDays: z.int().min(1).max(1000).default(90).describe("The most days between two rotations"),
  },
  problems: ({ inputs }, { maximumDays }) => {
    const days = at(inputs, "rotationRules", "automaticallyAfterDays");
    const schedule = at(inputs, "rotationRules", "scheduleExpression");
    const found: string[] = [];
    if (typeof days === "number" && days > maximumDays) found.push("rotationRules.automaticallyAfterDays is rarer");
    if (typeof schedule === "string") {
      const gap = longestGapDays(schedule);
      if (gap === undefined)
        found.push("rotationRules.scheduleExpression is neither rate() nor cron() as AWS takes it");
      else if (gap > maximumDays) found.push("rotationRules.scheduleExpression is rarer");
    }
    return found.map((text) => (text.endsWith("rarer") ? `${text} than every ${maximumDays} days` : text));
  },
});
