import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, isRunning, type ProcessIdentity } from "./processIdentity";

export interface DaemonCommand {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
}

const secondsUntilKilled = 8;
const linesOfLogShown = 5;

/**
 * The processes of one local cloud. Each leads a process group of its own, writes to logs/NAME.log and has its identity
 * in run/NAME.json, so that a later run can end what a killed one left behind, and nothing else.
 */
export class Daemons {
  private ended = false;

  constructor(private readonly directory: string) {}

  private get runDirectory(): string {
    return path.join(this.directory, "run");
  }

  logFile(name: string): string {
    return path.join(this.directory, "logs", `${name}.log`);
  }

  /** A start that is under way when the cloud ends must not start anything more. */
  refuseStarts(): void {
    this.ended = true;
  }

  start({ name, command, args, env }: DaemonCommand): void {
    if (this.ended) throw new Error(`${name} is not started: the local cloud has been stopped`);
    for (const folder of [this.runDirectory, path.dirname(this.logFile(name))]) mkdirSync(folder, { recursive: true });
    const log = openSync(this.logFile(name), "w");
    try {
      const child = spawn(command, args, {
        cwd: this.directory,
        detached: true,
        env: env ?? process.env,
        stdio: ["ignore", log, log],
      });
      // A command that can't be started reports it here; `requireAlive` then names the log.
      child.on("error", (error) => writeFileSync(this.logFile(name), `${error.message}\n`));
      if (child.pid === undefined) throw new Error(`${name}: ${command} could not be started`);
      child.unref();
      const identity = identify(child.pid);
      if (identity !== undefined) writeFileSync(this.runFile(name), JSON.stringify(identity));
    } finally {
      closeSync(log);
    }
  }

  private runFile(name: string): string {
    return path.join(this.runDirectory, `${name}.json`);
  }

  private identity(name: string): ProcessIdentity | undefined {
    try {
      return JSON.parse(readFileSync(this.runFile(name), "utf8")) as ProcessIdentity;
    } catch {
      return undefined;
    }
  }

  /** Names of the daemons that have been started and not stopped, running or not. */
  names(): string[] {
    if (!existsSync(this.runDirectory)) return [];
    return readdirSync(this.runDirectory)
      .filter((file) => file.endsWith(".json"))
      .map((file) => file.slice(0, -".json".length));
  }

  isAlive(name: string): boolean {
    const identity = this.identity(name);
    return identity !== undefined && isRunning(identity);
  }

  requireAlive(name: string): void {
    if (this.isAlive(name)) return;
    const ending = readFileSync(this.logFile(name), "utf8").trim().split("\n").slice(-linesOfLogShown).join("\n  ");
    throw new Error(`${name} ended; its log ${this.logFile(name)} ends with:\n  ${ending}`);
  }

  /** Ends the process group: SIGTERM, and SIGKILL if that is not enough. */
  async stop(name: string): Promise<void> {
    const identity = this.identity(name);
    if (identity !== undefined && isRunning(identity)) {
      signalGroup(identity, "SIGTERM");
      const end = performance.now() + secondsUntilKilled * 1000;
      while (isRunning(identity) && performance.now() < end) await sleep(50);
      if (isRunning(identity)) signalGroup(identity, "SIGKILL");
    }
    rmSync(this.runFile(name), { force: true });
  }

  /** The last resort, where there is no time left to wait: on the exit of the process that owns the cloud. */
  killAll(): void {
    for (const name of this.names()) {
      const identity = this.identity(name);
      if (identity !== undefined && isRunning(identity)) signalGroup(identity, "SIGKILL");
      rmSync(this.runFile(name), { force: true });
    }
  }
}

function signalGroup(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  try {
    process.kill(-identity.pid, signal);
  } catch (error) {
    // It ended in between.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
