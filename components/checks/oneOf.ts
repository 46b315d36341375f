import { z } from "zod";

/** An object of which exactly one of `keys` must be set: our stand-in for unions, which other languages lack. */
export function oneOf<Shape extends z.ZodRawShape>(keys: (keyof Shape & string)[], shape: Shape) {
  return z.strictObject(shape).superRefine((value, context) => {
    const set = keys.filter((key) => (value as Record<string, unknown>)[key] !== undefined);
    if (set.length !== 1) {
      const found = set.length === 0 ? "none is set" : `${set.join(" and ")} are set`;
      context.addIssue({ code: "custom", message: `exactly one of ${keys.join(", ")} must be set; ${found}` });
    }
  });
}
