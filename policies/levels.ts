import type { EnforcementLevel } from "@pulumi/policy";
import type { RuleFacts } from "./rule";

/** What a violation does: by severity, unless the rule is a matter of opinion. */
export function recommendedLevel({ severity, opinion }: Pick<RuleFacts, "severity" | "opinion">): EnforcementLevel {
  return opinion === undefined && (severity === "high" || severity === "critical") ? "mandatory" : "advisory";
}

export const levels: Record<Preset, (rule: RuleFacts) => EnforcementLevel> = {
  /** Tells everything, stops nothing. */
  advisory: () => "advisory",
  recommended: recommendedLevel,
  /** Stops at everything that is not a matter of opinion. */
  strict: ({ opinion }) => (opinion === undefined ? "mandatory" : "advisory"),
};

export const Preset = { Advisory: "advisory", Recommended: "recommended", Strict: "strict" } as const;
export type Preset = (typeof Preset)[keyof typeof Preset];
