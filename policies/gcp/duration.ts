import type { Value } from "../value";

/** Days of a duration as Google writes it: `7776000s`, with a fraction or without. Undefined: it is none, or not known yet. */
export function daysOf(duration: Value): number | undefined {
  const seconds = typeof duration === "string" ? /^(\d+(?:\.\d+)?)s$/.exec(duration)?.[1] : undefined;
  return seconds === undefined ? undefined : Number(seconds) / 86_400;
}
