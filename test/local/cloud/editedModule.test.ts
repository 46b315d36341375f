import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { writeEditedModule } from "../../../local/cloud/editedModule";
import { goTools, toolDirectory } from "../../../local/cloud/toolCache";

let scratch: string;
let source: string;
let folder: string;
const edit = { file: "cmd/main.go", text: 'listen(":9090")', by: "listen(address, $&)" };
const edited = { build: "reloader", module: "example.com/tool", edit };

/** As a module is in Go's module cache: read-only. */
beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), "edited-module-"));
  [source, folder] = [path.join(scratch, "cache"), path.join(scratch, "folder")];
  mkdirSync(path.join(source, "cmd"), { recursive: true });
  writeFileSync(path.join(source, "go.mod"), "module example.com/tool\n", { mode: 0o444 });
  writeFileSync(path.join(source, "cmd", "main.go"), 'func main() { listen(":9090") }\n', { mode: 0o444 });
  chmodSync(path.join(source, "cmd"), 0o555);
});
afterEach(() => {
  chmodSync(path.join(source, "cmd"), 0o755);
  rmSync(scratch, { recursive: true });
});

test("a changed module stands in for the pinned one, and can be removed", () => {
  writeEditedModule(folder, { ...edited, source });
  const main = path.join(folder, "source", "cmd", "main.go");
  expect(readFileSync(main, "utf8")).toBe("func main() { listen(address, $&) }\n");
  expect(readFileSync(path.join(folder, "source", "go.mod"), "utf8")).toBe("module example.com/tool\n");
  for (const made of [path.dirname(main), main]) expect(statSync(made).mode & 0o200).toBe(0o200);
  const goMod = readFileSync(path.join(folder, "go.mod"), "utf8");
  expect(goMod.split("\n").slice(-2)).toEqual(["replace example.com/tool => ./source", ""]);
  expect(goMod).toContain("require github.com/stakater/Reloader ");
});

test("a program of ours is built with the changed module", () => {
  writeEditedModule(folder, { ...edited, build: "argocd", source });
  expect(readFileSync(path.join(folder, "main.go"), "utf8")).toContain("package main\n");
});

test("a module that does not have the text is refused", () => {
  const text = 'listen(":80")';
  expect(() => writeEditedModule(folder, { ...edited, source, edit: { ...edit, text } })).toThrow(
    'example.com/tool: cmd/main.go does not contain "listen(":80")"',
  );
});

test("another edit is another build", () => {
  const { reloader } = goTools;
  const other = { ...reloader, edit: { ...edit, by: "listen(other)" } };
  const folders = [reloader, { ...reloader, edit }, other].map(toolDirectory);
  expect(new Set(folders).size).toBe(3);
});
