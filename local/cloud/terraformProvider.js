// @ts-check
// Finds the binary of the Terraform AWS provider on this machine.
// Plain JavaScript without dependencies: quickstart.js asks this on a fresh clone, before there is a node_modules.
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { cacheDirectory } = require("./toolCache.js");

/** The version that local/providers was written and tried against. */
const terraformAwsVersion = "5.100.0";

function terraformPlatform() {
  const architectures = /** @type {Record<string, string>} */ ({ x64: "amd64", ia32: "386" });
  return `${process.platform === "win32" ? "windows" : process.platform}_${architectures[process.arch] ?? process.arch}`;
}

/** Where `terraform init` puts the provider when no mirror of this machine has it. */
function terraformInitDirectory() {
  return path.join(cacheDirectory(), `terraform-provider-aws-${terraformAwsVersion}`);
}

/**
 * Folders with the layout of a Terraform filesystem mirror, in the order in which they are looked through.
 * https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 * @param {NodeJS.ProcessEnv} env
 */
function mirrorDirectories(env) {
  const home = env.HOME || os.homedir();
  const cliConfig = env.TF_CLI_CONFIG_FILE || path.join(home, ".terraformrc");
  return [
    env.TF_PLUGIN_CACHE_DIR,
    ...configuredMirrors(cliConfig),
    path.join(home, ".terraform.d", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    path.join(home, ".terraform.d", "plugin-cache"),
    "/opt/tf-plugins",
    path.join(terraformInitDirectory(), ".terraform", "providers"),
  ].filter((folder) => folder !== undefined && folder !== "");
}

/**
 * `path` of the filesystem mirrors and `plugin_cache_dir` of a Terraform CLI configuration. A match by line is enough:
 * a folder that was not meant for this provider does not hold it.
 * @param {string} file
 */
function configuredMirrors(file) {
  let text = "";
  try {
    text = fs.readFileSync(file, "utf8");
  } catch {
    return [];
  }
  const matches = text.matchAll(/^\s*(?:filesystem_mirror\s*\{\s*)?(?:path|plugin_cache_dir)\s*=\s*"([^"]+)"/gm);
  return [...matches].map((match) => (match[1] ?? "").replace(/^~(?=\/)|^\$HOME(?=\/)/, os.homedir()));
}

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
function findTerraformAwsProvider(env = process.env) {
  if (env.VANTEDGE_TERRAFORM_AWS) {
    if (fs.existsSync(env.VANTEDGE_TERRAFORM_AWS)) return env.VANTEDGE_TERRAFORM_AWS;
    throw new Error(`VANTEDGE_TERRAFORM_AWS names ${env.VANTEDGE_TERRAFORM_AWS}, which does not exist`);
  }
  const layout = path.join("registry.terraform.io", "hashicorp", "aws", terraformAwsVersion, terraformPlatform());
  for (const mirror of mirrorDirectories(env)) {
    const folder = path.join(mirror, layout);
    const binary = fs.existsSync(folder)
      ? fs.readdirSync(folder).find((file) => file.startsWith("terraform-provider-aws"))
      : undefined;
    if (binary) return path.join(folder, binary);
  }
  return undefined;
}

module.exports = {
  terraformAwsVersion,
  terraformPlatform,
  terraformInitDirectory,
  mirrorDirectories,
  findTerraformAwsProvider,
};
