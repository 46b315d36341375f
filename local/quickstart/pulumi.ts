import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Environment } from "../cloud/environment";

/** Runs the CLI in a folder, with the local cloud's environment. */
export interface PulumiOptions {
  folder: string;
  env: Environment;
  /** Goes to standard input: a value never stands among a process's arguments. */
  input?: string;
  /** Whether to print what the CLI prints. */
  show?: boolean;
}

/** Lines that repeat what another line says, or what no user of the local cloud needs. */
const noise = [/^@ /, /\b(creating|updating|deleting|replacing|reading) \(/, /^\s*$/];

/** What a policy pack advises, each in several lines: it is counted by the pack's own line, and shown by the CLI. */
function adviceFilter(): (line: string) => boolean {
  let isIn = false;
  return (line) => {
    if (/^ {8}- \[/.test(line)) isIn = line.includes("[advisory]");
    else if (!line.startsWith("          ")) isIn = false;
    return isIn;
  };
}

/** Resolves to what was printed; an exit code other than 0 rejects with it. */
export async function pulumi(args: string[], { folder, env, input, show = false }: PulumiOptions): Promise<string> {
  const child = spawn("pulumi", [...args, "--non-interactive"], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.end(input ?? "");
  const lines: string[] = [];
  const isAdvice = adviceFilter();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      const isNoise = noise.some((pattern) => pattern.test(line)) || isAdvice(line);
      if (show && !isNoise) console.log(`  ${line}`);
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  const text = lines.join("\n");
  if (code !== 0) throw new Error(show ? `pulumi ${args[0]} ended with exit code ${code}` : text);
  return text;
}
