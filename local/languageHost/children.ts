import type { ChildProcess } from "node:child_process";

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill();
});

/** Ends a process with this one, at the latest. */
export function endingWithHost<Child extends ChildProcess>(child: Child): Child {
  running.add(child);
  child.on("close", () => running.delete(child));
  return child;
}
