import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { builtTool } from "../../../local/cloud/build";
import { deploymentTools } from "../../../local/cloud/toolCache";

const run = promisify(execFile);

/** Runs commands as users type them, in a folder, and returns what they print. What fails is an error. */
export async function shell(folder: string, commands: string): Promise<string> {
  const env = { ...process.env, PATH: await pathWithTools() };
  const { stdout } = await run("bash", ["-euc", commands], { cwd: folder, env });
  return stdout;
}

/** Minutes where none of them is in the cache. */
export async function buildTools(): Promise<void> {
  for (const tool of Object.values(deploymentTools)) await builtTool(tool, console.log);
}

/** With kubectl and Helm. */
export async function pathWithTools(): Promise<string> {
  const { kubectl, helm } = deploymentTools;
  const binaries = await Promise.all([kubectl, helm].map((tool) => builtTool(tool, console.log)));
  return [...binaries.map((binary) => path.dirname(binary)), process.env.PATH].join(path.delimiter);
}
