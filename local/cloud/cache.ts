import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, isRunning, type ProcessIdentity } from "./processIdentity";
import type { Log } from "./progress";

/**
 * Makes a folder of the cache once. It is made under another name and then renamed, so that it is there whole or not at
 * all; a lock keeps two processes from doing the same work.
 */
export async function makeOnce(directory: string, log: Log, make: (scratch: string) => Promise<void>): Promise<void> {
  if (existsSync(directory)) return;
  const release = await acquireLock(`${directory}.lock`, log);
  try {
    if (existsSync(directory)) return;
    removeScratchOf(directory);
    const scratch = `${directory}.${randomBytes(4).toString("hex")}.tmp`;
    mkdirSync(scratch, { recursive: true });
    try {
      await make(scratch);
      // Two processes may both have taken over a stale lock: the first to finish wins.
      if (!existsSync(directory)) renameSync(scratch, directory);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  } finally {
    release();
  }
}

/** What a killed process left half made. Only the holder of the lock makes something, so nobody is using it. */
function removeScratchOf(directory: string): void {
  const parent = path.dirname(directory);
  for (const name of readdirSync(parent)) {
    if (name.startsWith(`${path.basename(directory)}.`) && name.endsWith(".tmp")) {
      rmSync(path.join(parent, name), { recursive: true, force: true });
    }
  }
}

/** A file that names its owner. One left behind by a process that was killed is taken over. */
async function acquireLock(file: string, log: Log): Promise<() => void> {
  mkdirSync(path.dirname(file), { recursive: true });
  const self = JSON.stringify(identify(process.pid));
  for (let announced = false; ; ) {
    try {
      writeFileSync(file, self, { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const owner = readOwner(file);
    if (owner !== undefined && !isRunning(owner)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!announced && owner !== undefined)
      log(`waiting for process ${owner.pid}, which makes ${file.slice(0, -".lock".length)}`);
    announced ||= owner !== undefined;
    await sleep(300);
  }
}

function readOwner(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    // Being written, or just released.
    return undefined;
  }
}
