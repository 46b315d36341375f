import { spawnSync } from "node:child_process";
import path from "node:path";
import { motoPython } from "../../../local/cloud/toolCache";

/** For each pattern, whether it matches each of the events: decided by moto, in one process. */
export function matches(patterns: readonly string[], events: readonly object[]): boolean[][] {
  const { status, stdout, stderr } = spawnSync(motoPython(), [path.join(__dirname, "matchEvents.py")], {
    input: JSON.stringify({ patterns, events }),
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  if (status !== 0) throw new Error(`moto's matcher: ${stderr}`);
  return JSON.parse(stdout) as boolean[][];
}
