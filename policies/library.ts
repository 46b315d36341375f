export { InputError } from "../components/errors";
export { Preset } from "./levels";
export { policies } from "./presets";
export type { Rule, RuleFacts, Severity } from "./rule";
export { rules } from "./rules";
