import type { Choice, Formula } from "../../components/prover/formula";

/** The formula for one choice, by all that may be true of it. */
export function truths(one: Formula, choice: Choice): { sure: boolean; possible: boolean } {
  if ("variable" in one) {
    const at = (set: bigint) => ((set >> BigInt(choice.get(one.variable) as number)) & 1n) === 1n;
    return { sure: at(one.sure), possible: at(one.possible) };
  }
  if ("not" in one) {
    const { sure, possible } = truths(one.not, choice);
    return { sure: !possible, possible: !sure };
  }
  const parts = ("all" in one ? one.all : one.some).map((part) => truths(part, choice));
  const join = (by: "sure" | "possible") =>
    "all" in one ? parts.every((part) => part[by]) : parts.some((part) => part[by]);
  return { sure: join("sure"), possible: join("possible") };
}
