import { type ChildProcess, spawn } from "node:child_process";

export interface RunOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

const linesShownOnFailure = 8;

const running = new Set<ChildProcess>();

/** Ends the commands that run, on the way out of this process. */
export function endCommands(): void {
  for (const child of running) child.kill("SIGTERM");
}

/** Runs a command to its end and returns what it printed; a failure is an error with its last lines. */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    let output = "";
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      printed += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    child.on("error", (error) => {
      running.delete(child);
      reject(new Error(`${command}: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      if (code === 0) resolve(output);
      else {
        const ending = printed.trim().split("\n").slice(-linesShownOnFailure).join("\n  ");
        reject(new Error(`${command} ${args[0] ?? ""} ended with ${signal ?? `code ${code}`}:\n  ${ending}`));
      }
    });
  });
}
