import { type Decision, decide } from "./decide";
import type { Mutant } from "./mutants";
import { type Row, type Stage, wantedOf } from "./rows";

export interface Survey {
  /** The names of the mutants by which a decision is another, and of those by which none is. */
  told: string[];
  alive: string[];
  asked: number;
}

interface Asked {
  row: Row;
  wanted: Decision;
}

/**
 * Rows that told an earlier fault are asked first: a fault is told by few rows, and often by the same.
 */
export function survey(mutants: readonly Mutant[], rows: readonly Row[], stage: Stage): Survey {
  let order: Asked[] = rows.map((row) => ({ row, wanted: wantedOf(row, stage) }));
  const outcome: Survey = { told: [], alive: [], asked: 0 };
  for (const { name, recorded, concerns } of mutants) {
    const telling = order.find(({ row, wanted }) => {
      if (!concerns(row)) return false;
      outcome.asked += 1;
      return decide(row.actor, row.request, recorded) !== wanted;
    });
    (telling === undefined ? outcome.alive : outcome.told).push(name);
    if (telling !== undefined) order = [telling, ...order.filter((one) => one !== telling)];
  }
  return outcome;
}
