import { fstatSync } from "node:fs";

/** The engine ends its plugins, but an engine that was killed can't: its end of our standard input closes then. */
export function endWithParent(): void {
  const leave = () => process.exit(0);
  if (fstatSync(0).isFIFO()) process.stdin.on("end", leave).on("error", leave).resume();
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && leave(), 1000).unref();
}
