import type { Policies } from "@pulumi/policy";
import { levels, Preset } from "./levels";
import { rules } from "./rules";

/** All rules at the levels of a preset, for `new PolicyPack(name, { policies: policies() })`. */
export function policies(preset: Preset = Preset.Recommended): Policies {
  return rules.map((rule) => ({ ...rule, enforcementLevel: levels[preset](rule.facts) }));
}
