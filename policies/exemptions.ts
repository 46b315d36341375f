import { z } from "zod";
import { wildcard } from "./wildcard";

/** Whom a rule lets pass for a time. Part of every rule's configuration. */
export const exemptions = z
  .array(
    z.strictObject({
      urn: z
        .string()
        .min(1, "is empty: * stands for any resource")
        .describe("Which resources: their URN, in which * stands for any text"),
      until: z.iso
        .date("must be a day that exists, as YYYY-MM-DD")
        .describe("The last day on which it holds, as YYYY-MM-DD in UTC"),
      reason: z.string().min(1, "is empty: say why").describe("Why, for whoever reads it later"),
    }),
  )
  .default([])
  .describe("Resources that the rule lets pass until a day, with the reason");

export type Exemption = z.output<typeof exemptions>[number];

/** Those for a resource, apart by whether they still hold. */
export function exemptionsFor(urn: string, all: readonly Exemption[]): { holds: boolean; ended: Exemption[] } {
  const today = new Date().toISOString().slice(0, 10);
  const about = all.filter(({ urn: pattern }) => wildcard(pattern, "", "*").test(urn));
  return { holds: about.some(({ until }) => until >= today), ended: about.filter(({ until }) => until < today) };
}
