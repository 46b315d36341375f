import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import os from "node:os";
import path from "node:path";
import { findOnPath } from "./toolCache";

const repository = path.join(__dirname, "..", "..");
/** Tells our wrappers from installed plugins, when a local cloud is started in the environment of another one. */
const wrapperMark = "# wrapper of the local cloud of vantedge-secrets";

/** Node 22 from the npm package `node`, whatever Node started this. */
export const nodeBinary = path.join(repository, "node_modules", "node", "bin", "node");
const tsxPreload = path.join(repository, "node_modules", "tsx", "dist", "cjs", "index.cjs");

const ownPackage = "vantedge-secrets";
const policyPackEntry = path.join(repository, "node_modules", "@pulumi", "pulumi", "cmd", "run-policy-pack");

/** How to run a file of this repository. TypeScript costs a preload, which plain JavaScript does without. */
export function nodeArguments(file: string): string[] {
  const preload = file.endsWith(".ts") ? ["--require", tsxPreload] : [];
  return [...preload, path.join(repository, file)];
}

/** Who serves a package: the plugin that Pulumi publishes, the one of this repository, or the simulated provider. */
export type ServedBy = OfficialPlugin | "ours" | "simulated";

/**
 * Writes the folder that makes the engine find every plugin, and returns it. They are in the plugin cache of the cloud's
 * own PULUMI_HOME as well: with PULUMI_IGNORE_AMBIENT_PLUGINS=true the engine takes them from there, and does not warn
 * of each that it comes from PATH.
 */
export function writePlugins(directory: string, served: { aws: ServedBy; kubernetes: ServedBy }): string {
  const folder = path.join(directory, "bin");
  const cache = path.join(directory, "pulumi-home", "plugins");
  for (const made of [folder, cache]) mkdirSync(made, { recursive: true });
  const inCache = (name: string, file: string) => {
    const cached = path.join(cache, `resource-${name}-v${packageVersion(name)}`);
    mkdirSync(cached);
    symlinkSync(file, path.join(cached, executableOf(name)));
  };
  const plugin = (name: string, file: string, ...args: string[]) => {
    const executable = path.join(folder, executableOf(name));
    writeWrapper(executable, [nodeBinary, ...nodeArguments(file), ...args]);
    inCache(name, executable);
  };
  for (const [name, by] of Object.entries(served)) {
    if (by === "simulated") plugin(name, "local/providers/plugin.js", "simulated", name);
    else if (by !== "ours") inCache(name, by.executable);
  }
  if (served.aws === "ours") plugin("aws", "local/providers/plugin.js", "aws");
  if (served.kubernetes === "ours") plugin("kubernetes", "local/providers/kubernetes/plugin.ts");
  plugin("gcp", "local/providers/plugin.js", "gcp");
  plugin(ownPackage, "local/componentPlugin.ts");
  // Policy packs are run by Pulumi's own entry point, for programs that need no Node.js language host.
  writeWrapper(path.join(folder, "pulumi-analyzer-policy-nodejs"), [nodeBinary, policyPackEntry]);
  return folder;
}

/** The Node.js language host of this repository, beside the built ones. It generates SDKs with a built program. */
export function writeNodeLanguageHost(directory: string, folder: string, generator: string): void {
  const executable = path.join(folder, "pulumi-language-nodejs");
  writeWrapper(executable, [nodeBinary, ...nodeArguments("local/languageHost/host.ts"), `--generator=${generator}`]);
  const cached = path.join(directory, "pulumi-home", "plugins", `language-nodejs-v${packageVersion("pulumi")}`);
  mkdirSync(cached, { recursive: true });
  symlinkSync(executable, path.join(cached, path.basename(executable)));
}

/** An executable that runs a command with what it is given. */
export function writeWrapper(file: string, command: string[]): void {
  const words = command.map(quote).join(" ");
  writeFileSync(file, `#!/bin/sh\n${wrapperMark}\nexec ${words} "$@"\n`, { mode: 0o755 });
}

/** The version that the SDK of a package asks for. */
function packageVersion(name: string): string {
  const folder = name === ownPackage ? repository : path.join(repository, "node_modules", "@pulumi", name);
  return (JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string }).version;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function executableOf(packageName: string): string {
  return `pulumi-resource-${packageName}`;
}

export interface OfficialPlugin {
  version: string;
  /** On PATH, or in the user's plugin cache. */
  executable: string;
}

/** The plugin that Pulumi publishes, in the version that the SDK of this repository asks for, or any on PATH. */
export function findOfficialPlugin(packageName: string): OfficialPlugin | undefined {
  const name = executableOf(packageName);
  const onPath = findOnPath(name);
  if (onPath !== undefined && !isWrapper(onPath)) return { version: "the one on PATH", executable: onPath };
  const version = packageVersion(packageName);
  const home = process.env.PULUMI_HOME || path.join(os.homedir(), ".pulumi");
  const executable = path.join(home, "plugins", `resource-${packageName}-v${version}`, name);
  return existsSync(executable) ? { version, executable } : undefined;
}

export function isWrapper(file: string): boolean {
  const start = Buffer.alloc(200);
  const descriptor = openSync(file, "r");
  try {
    readSync(descriptor, start);
  } finally {
    closeSync(descriptor);
  }
  return start.includes(wrapperMark);
}
