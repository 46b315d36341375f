import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Ends the plugins that an engine left when it was killed: the official language hosts notice it after minutes. They are
 * told by the path that they were started by, which is in the cloud's directory; what is ours ends by itself
 * (../endWithParent.ts).
 */
export function endLeftOvers(directory: string): void {
  for (const [pid, command] of processes()) {
    if (command.startsWith(`${directory}${path.sep}`)) end(pid);
  }
}

type Process = [pid: number, command: string];

/** Without `ps` where there is another way: small images have none. */
function processes(): Process[] {
  if (existsSync("/proc/self/cmdline")) {
    return readdirSync("/proc").flatMap((name): Process[] =>
      /^\d+$/.test(name) ? [[Number(name), commandOf(name)]] : [],
    );
  }
  const listed = execFileSync("ps", ["-axww", "-o", "pid=,args="], { encoding: "utf8" });
  return [...listed.matchAll(/^ *(\d+) (.*)$/gm)].map(([, pid, command]) => [Number(pid), command as string]);
}

function commandOf(pid: string): string {
  try {
    return readFileSync(path.join("/proc", pid, "cmdline"), "utf8");
  } catch {
    // It ended in between.
    return "";
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
