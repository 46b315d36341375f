import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findOfficialPlugin, type ServedBy, writePlugins, writeWrapper } from "../../../local/cloud/plugins";

const { PATH, PULUMI_HOME } = process.env;
let scratch: string;
let cloud: string;
beforeEach(() => {
  scratch = realpathSync(mkdtempSync(path.join(os.tmpdir(), "plugins-")));
  cloud = path.join(scratch, "cloud");
  Object.assign(process.env, { PATH: path.join(scratch, "bin"), PULUMI_HOME: path.join(scratch, "home") });
});
afterEach(() => {
  Object.assign(process.env, { PATH, PULUMI_HOME });
  if (PULUMI_HOME === undefined) delete process.env.PULUMI_HOME;
  rmSync(scratch, { recursive: true });
});

const version = (name: string) =>
  JSON.parse(readFileSync(require.resolve(`@pulumi/${name}/package.json`), "utf8")).version;
/** Where the engine looks with PULUMI_IGNORE_AMBIENT_PLUGINS=true. */
const inCache = (name: string) =>
  realpathSync(
    path.join(cloud, "pulumi-home", "plugins", `resource-${name}-v${version(name)}`, `pulumi-resource-${name}`),
  );

function executable(...segments: string[]): string {
  const file = path.join(scratch, ...segments);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, "#!/bin/sh\n", { mode: 0o755 });
  return file;
}

function official(name: string): ServedBy {
  const found = findOfficialPlugin(name);
  if (found === undefined) throw new Error(`no plugin ${name} is found`);
  return found;
}

test("a plugin on PATH is in the plugin cache of the cloud as well, in the version that the SDK asks for", () => {
  const file = executable("bin", "pulumi-resource-kubernetes");
  expect(official("kubernetes")).toEqual({ version: "the one on PATH", executable: file });
  writePlugins(cloud, { aws: "ours", kubernetes: official("kubernetes") });
  expect(inCache("kubernetes")).toBe(file);
});

test("a plugin of the user's plugin cache is in that of the cloud", () => {
  const file = executable("home", "plugins", `resource-aws-v${version("aws")}`, "pulumi-resource-aws");
  expect(official("aws")).toEqual({ version: version("aws"), executable: file });
  writePlugins(cloud, { aws: official("aws"), kubernetes: "ours" });
  expect(inCache("aws")).toBe(file);
});

test("a wrapper of another local cloud on PATH is no official plugin, and its own are in the cache", () => {
  mkdirSync(path.join(scratch, "bin"));
  writeWrapper(path.join(scratch, "bin", "pulumi-resource-kubernetes"), ["true"]);
  expect(findOfficialPlugin("kubernetes")).toBeUndefined();
  const folder = writePlugins(cloud, { aws: "simulated", kubernetes: "ours" });
  for (const name of ["aws", "kubernetes", "gcp"]) {
    expect(inCache(name)).toBe(path.join(folder, `pulumi-resource-${name}`));
  }
});
