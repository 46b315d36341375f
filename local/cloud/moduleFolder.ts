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
  const version = requiredVersion(build, module);
  const kept = path.join(cacheDirectory(), `${build}-${version}`);
  if (existsSync(kept)) return kept;
  const go = findOnPath("go");
  if (go === undefined) throw new PartUnavailable(`${folder} comes from ${module}, and there is no \`go\` on PATH`);
  const cwd = path.join(buildDirectory, build);
  const printed = await run(go, ["mod", "download", "-json", `${module}@${version}`], { cwd });
  const source = path.join((JSON.parse(printed) as { Dir: string }).Dir, folder);
  await makeOnce(
    kept,
    () => {},
    async (scratch) => keep(source, scratch),
  );
  return kept;
}

function copyFiles(source: string, scratch: string): void {
  for (const name of readdirSync(source)) copyFileSync(path.join(source, name), path.join(scratch, name));
}
