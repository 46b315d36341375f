import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { isAtLeast } from "../../../local/cloud/engine";
import {
  findTerraformAwsProvider,
  mirrorDirectories,
  terraformAwsVersion,
  terraformPlatform,
} from "../../../local/cloud/terraformProvider";
import { deploymentTools, findOnPath, goTools, toolDirectory, toolVersion } from "../../../local/cloud/toolCache";

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(path.join(os.tmpdir(), "search-"));
});
afterEach(() => rmSync(scratch, { recursive: true }));

function providerIn(mirror: string): string {
  const layout = ["registry.terraform.io", "hashicorp", "aws", terraformAwsVersion, terraformPlatform()];
  const folder = path.join(mirror, ...layout);
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `terraform-provider-aws_v${terraformAwsVersion}_x5`);
  writeFileSync(file, "", { mode: 0o755 });
  return file;
}

describe("the Terraform AWS provider is found", () => {
  test("by VANTEDGE_TERRAFORM_AWS before anything else", () => {
    const named = path.join(scratch, "provider");
    writeFileSync(named, "");
    providerIn(scratch);
    expect(findTerraformAwsProvider({ VANTEDGE_TERRAFORM_AWS: named, TF_PLUGIN_CACHE_DIR: scratch })).toBe(named);
  });

  test("in TF_PLUGIN_CACHE_DIR", () => {
    const file = providerIn(scratch);
    expect(findTerraformAwsProvider({ TF_PLUGIN_CACHE_DIR: scratch, HOME: scratch })).toBe(file);
  });

  test("in the filesystem mirror of the CLI configuration", () => {
    const mirror = path.join(scratch, "mirror");
    const file = providerIn(mirror);
    const config = path.join(scratch, "terraformrc");
    writeFileSync(config, `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`);
    expect(findTerraformAwsProvider({ TF_CLI_CONFIG_FILE: config, HOME: scratch })).toBe(file);
  });

  test("in the implied mirror of the home folder", () => {
    const file = providerIn(path.join(scratch, ".terraform.d", "plugins"));
    expect(findTerraformAwsProvider({ HOME: scratch })).toBe(file);
  });
});

test("a VANTEDGE_TERRAFORM_AWS that names nothing is an error, not a search elsewhere", () => {
  const missing = path.join(scratch, "missing");
  expect(() => findTerraformAwsProvider({ VANTEDGE_TERRAFORM_AWS: missing })).toThrow(missing);
});

test("mirrors of a CLI configuration may be on one line and below the home folder", () => {
  writeFileSync(path.join(scratch, ".terraformrc"), 'provider_installation { filesystem_mirror { path = "/a" } }\n');
  expect(mirrorDirectories({ HOME: scratch })).not.toContain("~");
  writeFileSync(path.join(scratch, ".terraformrc"), '  filesystem_mirror { path = "/a" }\nplugin_cache_dir = "~/b"\n');
  const mirrors = mirrorDirectories({ HOME: scratch });
  expect(mirrors).toEqual(expect.arrayContaining(["/a", path.join(os.homedir(), "b")]));
});

test("a tool is found on PATH only if it can be run", () => {
  writeFileSync(path.join(scratch, "tool"), "", { mode: 0o644 });
  expect(findOnPath("tool", scratch)).toBeUndefined();
  const other = path.join(scratch, "bin");
  mkdirSync(other);
  writeFileSync(path.join(other, "tool"), "", { mode: 0o755 });
  expect(findOnPath("tool", [scratch, other].join(path.delimiter))).toBe(path.join(other, "tool"));
});

test("every Go tool has a pinned version and a folder of its own", () => {
  const tools = Object.values({ ...goTools, ...deploymentTools });
  for (const tool of tools) expect(toolVersion(tool)).toMatch(/^v\d+\.\d+\.\d+$/);
  expect(new Set(tools.map(toolDirectory)).size).toBe(tools.length);
});

test.each([
  ["v3.259.0", "v3.250.0", true],
  ["v3.250.0", "v3.250.0", true],
  ["v3.249.9", "v3.250.0", false],
  ["v4.0.0", "v3.250.0", true],
  ["v3.260.0-alpha.1", "v3.250.0", true],
  ["", "v3.250.0", false],
])("engine %s against minimum %s: %s", (version, minimum, enough) => {
  expect(isAtLeast(version, minimum)).toBe(enough);
});
