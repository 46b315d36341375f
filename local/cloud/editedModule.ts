import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { buildDirectory, type SourceEdit } from "./toolCache";

export interface EditedModule {
  /** Folder in local/build whose go.mod pins the module. */
  build: string;
  /** Path of the Go module. */
  module: string;
  /** The module's folder in Go's module cache. */
  source: string;
  edit: SourceEdit;
}

/**
 * Makes a folder to build a changed module in: the copy of its source takes the place of the pinned module. An overlay
 * would do without the copy, but Go takes none for its module cache.
 */
export function writeEditedModule(folder: string, { build, module, source, edit }: EditedModule): void {
  const copy = path.join(folder, "source");
  copyWritable(source, copy);
  const file = path.join(copy, edit.file);
  const before = readFileSync(file, "utf8");
  if (!before.includes(edit.text)) throw new Error(`${module}: ${edit.file} does not contain "${edit.text}"`);
  writeFileSync(
    file,
    before.replace(edit.text, () => edit.by),
  );
  const pinning = path.join(buildDirectory, build);
  const pinned = readFileSync(path.join(pinning, "go.mod"), "utf8");
  writeFileSync(path.join(folder, "go.mod"), `${pinned}\nreplace ${module} => ./source\n`);
  for (const name of ["go.sum", "main.go"]) {
    if (existsSync(path.join(pinning, name))) copyFileSync(path.join(pinning, name), path.join(folder, name));
  }
}

/** Folders and files of the module cache are read-only, and a copy that kept this could not be removed again. */
function copyWritable(source: string, target: string): void {
  for (const entry of readdirSync(source, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const folder = path.join(target, path.relative(source, entry.parentPath));
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, entry.name), readFileSync(path.join(entry.parentPath, entry.name)));
  }
}
