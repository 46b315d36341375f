import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pulumi } from "../../local/quickstart/pulumi";
import { root } from "./support/project";

/** An empty Node.js program. */
let folder: string;
const manifest = () => JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "vantedge-node-"));
  write("Pulumi.yaml", "name: empty\nruntime: nodejs\n");
  write("package.json", '{ "name": "empty" }');
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: string[]) => pulumi(args, { folder, env: { ...process.env } });

test("pulumi package add generates an SDK from the schema, compiles it, and makes it a dependency", async () => {
  await run("package", "add", path.join(root, "sdk", "schema.json"));
  expect(manifest().dependencies).toEqual({ "@pulumi/vantedge-secrets": "file:sdks/vantedge-secrets" });
  const sdk = createRequire(path.join(folder, "index.js"))("@pulumi/vantedge-secrets");
  expect(Object.keys(sdk)).toEqual(expect.arrayContaining(["AuditTrail", "DeploymentBinding", "Secret", "Workspace"]));
});

test("pulumi install installs what the program asks for, and says why it can't", async () => {
  write("package.json", '{ "name": "empty", "dependencies": { "missing": "file:./missing.tgz" } }');
  await expect(run("install")).rejects.toThrow(/ENOENT/);
  write("package.json", '{ "name": "empty", "scripts": { "prepare": "touch prepared" } }');
  await run("install");
  expect(readFileSync(path.join(folder, "prepared"), "utf8")).toBe("");
});
