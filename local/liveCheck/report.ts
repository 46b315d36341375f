import type { Point } from "./points";
import type { Finding } from "./tries";

export interface Result {
  point: Point;
  finding: Finding;
}

const widest = "not tried".length;

/** One line for each point that its turn came to, below it what was seen where there is something to see, and the sum. */
export function reportLines(results: readonly Result[], all: number): string[] {
  const count = (verdict: Finding["verdict"]) => results.filter(({ finding }) => finding.verdict === verdict).length;
  const untried = count("not tried") + all - results.length;
  return [
    ...results.flatMap(lines),
    ...(results.length === 0 ? [] : [""]),
    `${count("confirmed")} confirmed, ${count("refuted")} refuted, ${untried} not tried`,
  ];
}

function lines({ point: { id, statement, source }, finding: { verdict, saw } }: Result): string[] {
  const line = `${verdict.padEnd(widest)}  ${id}: ${statement} (${source})`;
  return saw === "" ? [line] : [line, `${" ".repeat(widest)}    ${saw}`];
}

export function isRefuted({ finding }: Result): boolean {
  return finding.verdict === "refuted";
}

/** The README's list, in Markdown. */
export function pointList(points: readonly Point[]): string[] {
  return points.map(({ id, statement, source }) => {
    const where = source.startsWith("https://") ? `[documented](${source})` : source;
    return `- \`${id}\`: ${statement} (${where})`;
  });
}
