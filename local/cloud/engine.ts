import { mkdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import path from "node:path";
import { builtTool } from "./build";
import type { Log } from "./progress";
import { run } from "./run";
import { cacheDirectory, findOnPath, goTools, toolVersion } from "./toolCache";

export interface Engine {
  version: string;
  /** Folder that holds `pulumi`; undefined when the one on PATH is used. */
  folder?: string;
  /** Why the engine on PATH is not used, where there is one. */
  why?: string;
  /** Built language hosts. Beside an engine of ours, local/languageHost runs Node.js programs. */
  languageHosts: string[];
  /** The program that generates Node.js SDKs for local/languageHost. */
  generator?: string;
}

const repository = path.join(__dirname, "..", "..");

/** The installed engine if it is complete and new enough, else the one that local/build pins. */
export async function prepareEngine(log: Log): Promise<Engine> {
  const installed = await installedEngine();
  if (installed?.usable) {
    const yaml = findInstalled("pulumi-language-yaml");
    return {
      version: installed.version,
      languageHosts: yaml === undefined ? [await builtTool(goTools.languageYaml, log)] : [],
    };
  }
  const tools = [goTools.pulumi, goTools.languageYaml, goTools.generateNodejs];
  const [pulumi, yaml, generator] = (await Promise.all(tools.map((tool) => builtTool(tool, log)))) as [
    string,
    string,
    string,
  ];
  return {
    version: toolVersion(goTools.pulumi),
    folder: path.dirname(pulumi),
    languageHosts: [yaml],
    generator,
    ...(installed?.why && { why: installed.why }),
  };
}

type InstalledEngine = { usable: true; version: string } | { usable: false; why: string };

async function installedEngine(): Promise<InstalledEngine | undefined> {
  const pulumi = findInstalled("pulumi");
  if (pulumi === undefined) return undefined;
  const version = (await run(pulumi, ["version"], { env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" } })).trim();
  const minimum = minimumEngineVersion();
  if (!isAtLeast(version, minimum)) {
    return { usable: false, why: `${pulumi} is ${version || "of unknown version"}, at least ${minimum} is needed` };
  }
  if (findInstalled("pulumi-language-nodejs") === undefined) {
    return { usable: false, why: `${pulumi} has no pulumi-language-nodejs on PATH` };
  }
  return { usable: true, version };
}

/** On PATH, but not put there by a local cloud in whose environment this runs. */
function findInstalled(name: string): string | undefined {
  const file = findOnPath(name);
  return file === undefined || realpathSync(file).startsWith(cacheDirectory()) ? undefined : file;
}

/** The engine is asked for what the SDK is: the range of the peer dependency. */
function minimumEngineVersion(): string {
  const manifest = JSON.parse(readFileSync(path.join(repository, "package.json"), "utf8")) as {
    peerDependencies: { "@pulumi/pulumi": string };
  };
  return manifest.peerDependencies["@pulumi/pulumi"].replace(/^\^/, "v");
}

export function isAtLeast(version: string, minimum: string): boolean {
  const parts = (text: string) => text.replace(/^v/, "").split(/[.-]/).slice(0, 3).map(Number);
  const have = parts(version);
  for (const [index, needed] of parts(minimum).entries()) {
    const part = have[index] ?? Number.NaN;
    if (part !== needed) return part > needed;
  }
  return true;
}

/** Puts the built language hosts into a folder of their own and into the plugin cache, and returns the folder. */
export function linkLanguageHosts(directory: string, languageHosts: string[]): string {
  const folder = path.join(directory, "language-hosts");
  mkdirSync(folder, { recursive: true });
  for (const host of languageHosts) {
    const executable = path.basename(host);
    symlinkSync(host, path.join(folder, executable));
    // The folder of a build is called NAME-vVERSION-HASH.
    const [, language, version] =
      /^pulumi-(language-[a-z]+)-(v.*)-[0-9a-f]+$/.exec(path.basename(path.dirname(host))) ?? [];
    const cached = path.join(directory, "pulumi-home", "plugins", `${language}-${version}`);
    mkdirSync(cached, { recursive: true });
    symlinkSync(host, path.join(cached, executable));
  }
  return folder;
}
