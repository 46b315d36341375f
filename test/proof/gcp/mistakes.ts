import type { Project } from "./decide";
import type { Recorded } from "./recorded";

/** Wrong conditions that are known to happen (facts/iam.md 2.3): what each makes of a right one. */
export const mistakes = {
  /** Found in public code: every value of the project is open, since a version is no secret. */
  "missing SecretVersion": (expression: string) =>
    expression.replace(
      /\(resource\.type == "([^"]*)" \|\| resource\.type == "[^"]*"\) && (.*)$/,
      '(resource.type != "$1" || $2)',
    ),
  /** Matches nothing. */
  "project id in place of number": (expression: string, { id, number }: Project) =>
    expression.replaceAll(`"projects/${number}/`, `"projects/${id}/`),
  /** `production` is `production-eu` too. */
  "missing delimiter": (expression: string) => expression.replaceAll(/--"\)/g, '")'),
} as const;

/** The same bindings with other conditions. */
export function withConditions(recorded: Recorded, change: (expression: string) => string): Recorded {
  return {
    ...recorded,
    bindings: recorded.bindings.map((binding) =>
      binding.condition === undefined ? binding : { ...binding, condition: change(binding.condition) },
    ),
  };
}
