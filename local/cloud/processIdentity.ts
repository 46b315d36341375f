import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** A process that is told apart from a later one that got the same id. */
export interface ProcessIdentity {
  pid: number;
  started: string;
}

/** When a process started, or undefined when it is gone (a zombie is gone: it only waits for its parent to notice). */
export function startTime(pid: number): string | undefined {
  if (existsSync("/proc/self/stat")) {
    let stat: string;
    try {
      stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    } catch {
      return undefined;
    }
    // proc_pid_stat(5): the name in parentheses may hold anything; after it come the state (3) and, as field 22, the start time.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[22 - 3];
  }
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

export function identify(pid: number): ProcessIdentity | undefined {
  const started = startTime(pid);
  return started === undefined ? undefined : { pid, started };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return startTime(identity.pid) === identity.started;
}
