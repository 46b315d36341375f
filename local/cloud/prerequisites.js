// @ts-check
// What this machine needs before anything can be installed or built, and how to get it.
// Plain JavaScript without dependencies: quickstart.js asks this on a fresh clone, before there is a node_modules.
const { execFile } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { findTerraformAwsProvider, terraformAwsVersion } = require("./terraformProvider.js");
const { cacheDirectory, findOnPath, goTools, motoPython, toolBinary } = require("./toolCache.js");

const gigabyte = 1e9;
/** Sources, build cache and binaries of the Go tools; then node_modules; the rest is small. */
const diskForBuilding = 14 * gigabyte;
const diskForRunning = 1.5 * gigabyte;
/** Linking the API server takes 2 GB; the running cloud and the engine take about 1.3. */
const memoryForBuilding = 3 * gigabyte;
const memoryForRunning = 2 * gigabyte;

/**
 * All that is missing, from what was found. Commands are for Homebrew on macOS and for Debian and Ubuntu otherwise.
 * @param {import("./prerequisites").MachineFacts} facts
 * @returns {import("./prerequisites").MissingPrerequisite[]}
 */
function missingPrerequisites(facts) {
  const isMac = facts.platform === "darwin";
  /** @type {import("./prerequisites").MissingPrerequisite[]} */
  const missing = [];
  if (facts.platform === "win32") {
    missing.push({ name: "Linux or macOS", found: "Windows", install: "wsl --install, and run this inside of it" });
  }
  if (!isAtLeast(facts.node, "18")) {
    missing.push({ name: "Node.js >= 18", found: facts.node, install: "https://nodejs.org/en/download, version 22" });
  }
  if (!isAtLeast(facts.npm, "8")) {
    missing.push({ name: "npm >= 8", found: facts.npm, install: "npm install --global npm@10" });
  }
  if (!facts.everythingBuilt && !isAtLeast(facts.go, "1.26")) {
    missing.push({
      name: "Go >= 1.26",
      found: facts.go,
      install: isMac ? "brew install go" : "https://go.dev/dl, or: sudo snap install go --classic",
      ...(facts.pulumiInstalled && { simulated: "Kubernetes" }),
    });
  }
  if (!facts.motoInstalled && !(isAtLeast(facts.python, "3.9") && facts.pythonHasVenv)) {
    const isOld = !isAtLeast(facts.python, "3.9");
    missing.push({
      name: isOld ? "Python >= 3.9" : "Python's venv module",
      found: facts.python,
      install: isMac ? "brew install python" : "sudo apt-get install python3 python3-venv",
      simulated: "AWS",
    });
  }
  if (!facts.awsProvider && !facts.terraform) {
    missing.push({
      name: `Terraform, or the binary of its AWS provider ${terraformAwsVersion} in VANTEDGE_TERRAFORM_AWS`,
      install: isMac
        ? "brew install hashicorp/tap/terraform"
        : "https://developer.hashicorp.com/terraform/install, or: sudo snap install terraform --classic",
      simulated: "AWS",
    });
  }
  const disk = facts.everythingBuilt ? diskForRunning : diskForBuilding;
  if (facts.freeDisk < disk) {
    missing.push({
      name: `${inGigabytes(disk)} of free disk space for ${facts.cacheDirectory}`,
      found: inGigabytes(facts.freeDisk),
      install: "free some, or set XDG_CACHE_HOME, GOCACHE and GOMODCACHE to folders on a larger disk",
    });
  }
  const memory = facts.everythingBuilt ? memoryForRunning : memoryForBuilding;
  if (facts.freeMemory !== undefined && facts.freeMemory < memory) {
    missing.push({
      name: `${inGigabytes(memory)} of free memory`,
      found: inGigabytes(facts.freeMemory),
      install: "end other programs, or add swap space",
    });
  }
  return missing;
}

/** @param {number} bytes */
function inGigabytes(bytes) {
  return `${(bytes / gigabyte).toFixed(1)} GB`;
}

/**
 * @param {string | undefined} version
 * @param {string} minimum
 */
function isAtLeast(version, minimum) {
  if (version === undefined) return false;
  const have = version.split(".").map((part) => Number.parseInt(part, 10));
  for (const [index, needed] of minimum.split(".").map(Number).entries()) {
    const part = have[index] ?? 0;
    if (part !== needed) return part > needed;
  }
  return true;
}

/** @returns {Promise<import("./prerequisites").MachineFacts>} */
async function gatherFacts() {
  const [npm, go, python] = await Promise.all([npmVersion(), goVersion(), pythonFacts()]);
  const cache = cacheDirectory();
  const pulumiInstalled = findOnPath("pulumi") !== undefined && findOnPath("pulumi-language-nodejs") !== undefined;
  const needed = Object.values(goTools).filter((tool) => !(pulumiInstalled && tool.name.startsWith("pulumi")));
  return {
    platform: process.platform,
    node: process.versions.node,
    npm,
    go,
    python: python?.version,
    pythonHasVenv: python?.hasVenv ?? false,
    terraform: findOnPath("terraform"),
    awsProvider: findTerraformAwsProvider() ?? findOnPath("pulumi-resource-aws"),
    pulumiInstalled,
    everythingBuilt: needed.every((tool) => fs.existsSync(toolBinary(tool))),
    motoInstalled: fs.existsSync(motoPython()),
    kubectl: findOnPath("kubectl"),
    cacheDirectory: cache,
    freeDisk: freeDisk(cache),
    freeMemory: freeMemory(),
  };
}

async function npmVersion() {
  // npm says it to the scripts that it runs: "npm/10.8.2 node/v20.20.2 linux x64".
  const agent = /npm\/(\S+)/.exec(process.env.npm_config_user_agent ?? "");
  return agent?.[1] ?? (await output("npm", ["--version"]));
}

async function goVersion() {
  return /go(\d+(?:\.\d+)*)/.exec((await output("go", ["version"])) ?? "")?.[1];
}

async function pythonFacts() {
  const script = [
    "import importlib.util, platform",
    "modules = ('venv', 'ensurepip')",
    "print(platform.python_version(), all(importlib.util.find_spec(name) for name in modules))",
  ].join("\n");
  const [version, hasVenv] = (await output("python3", ["-c", script]))?.split(" ") ?? [];
  return version === undefined ? undefined : { version, hasVenv: hasVenv === "True" };
}

/**
 * What a command prints, or undefined if there is none or it fails.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<string | undefined>}
 */
function output(command, args) {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 4000 }, (error, stdout) => resolve(error ? undefined : stdout.trim()));
  });
}

/**
 * Free bytes of the disk that a folder is on or will be on.
 * @param {string} folder
 */
function freeDisk(folder) {
  let existing = folder;
  while (!fs.existsSync(existing)) existing = path.dirname(existing);
  const { bavail, bsize } = fs.statfsSync(existing);
  return bavail * bsize;
}

/** Undefined where nothing says it: other systems count as used what they would give at once. */
function freeMemory() {
  if (!fs.existsSync("/proc/meminfo")) return undefined;
  const kilobytes = /^MemAvailable:\s+(\d+)/m.exec(fs.readFileSync("/proc/meminfo", "utf8"))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

module.exports = { missingPrerequisites, gatherFacts };
