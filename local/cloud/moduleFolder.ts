import { copyFileSync, existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { makeOnce } from "./cache";
import { run } from "./run";
import { buildDirectory, cacheDirectory, findOnPath, requiredVersion } from "./toolCache";
import { PartUnavailable } from "./unavailable";

export interface ModuleFolder {
  /** Folder in local/build whose go.mod pins the module. */
  build: string;
  /** Path of the Go module. */
  module: string;
  /** The folder in the module. */
  folder: string;
}

/**
 * Keeps in the cache, once, what is needed of a folder of a Go module: its files are data, nothing of the module is
 * built. Returns the folder in the cache.
 */
export async function moduleFolder(
  { build, module, folder }: ModuleFolder,
  keep: (source: string, scratch: string) => void = copyFiles,
): Promise<string> {
  const kept = path.join(cacheDirectory(), `${build}-${requiredVersion(build, module)}`);
  if (existsSync(kept)) return kept;
  if (findOnPath("go") === undefined) {
    throw new PartUnavailable(`${folder} comes from ${module}, and there is no \`go\` on PATH`);
  }
  const source = path.join(await moduleSource(build, module), folder);
  await makeOnce(
    kept,
    () => {},
    async (scratch) => keep(source, scratch),
  );
  return kept;
}

/** The folder of a pinned module in Go's module cache. */
export async function moduleSource(build: string, module: string): Promise<string> {
  const wanted = `${module}@${requiredVersion(build, module)}`;
  const printed = await run("go", ["mod", "download", "-json", wanted], { cwd: path.join(buildDirectory, build) });
  return (JSON.parse(printed) as { Dir: string }).Dir;
}

function copyFiles(source: string, scratch: string): void {
  for (const name of readdirSync(source)) copyFileSync(path.join(source, name), path.join(scratch, name));
}
