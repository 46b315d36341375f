// @ts-check
// `npm run quickstart`: from a fresh clone to a running example. This part is plain JavaScript and has no dependencies:
// it says what is missing, installs and compiles, and hands over to quickstart.ts.
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { gatherFacts, missingPrerequisites } = require("./cloud/prerequisites.js");

const repository = path.join(__dirname, "..");
const started = Date.now();
const secondsBetweenLines = 15;
const flag = "--simulate-missing";

/** @param {string[]} args */
async function main(args) {
  if (!(await checkPrerequisites(args.includes(flag)))) return 1;
  if (isOlder("node_modules/.package-lock.json", ["package-lock.json"])) {
    const code = await step("installing npm packages", "about 1 min", "npm", [
      "ci",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ]);
    if (code !== 0) return code;
  }
  if (
    isOlder("dist/index.js", [
      "index.ts",
      "program.ts",
      "components",
      "policies",
      "tsconfig.json",
      "tsconfig.build.json",
    ])
  ) {
    const code = await step("compiling", "about 10 s", "npm", ["run", "--silent", "build"]);
    if (code !== 0) return code;
  }
  const node = path.join(repository, "node_modules", ".bin", "node");
  const tsx = path.join(repository, "node_modules", ".bin", "tsx");
  const program = path.join(__dirname, "quickstart.ts");
  const rest = args.filter((argument) => argument !== flag);
  return run(node, [tsx, program, ...rest], { VANTEDGE_QUICKSTART_STARTED: String(started) });
}

/** @param {boolean} maySimulate */
async function checkPrerequisites(maySimulate) {
  const facts = await gatherFacts();
  const missing = missingPrerequisites(facts);
  const blocking = maySimulate ? missing.filter(({ simulated }) => simulated === undefined) : missing;
  if (missing.length > 0)
    console.log(`This machine lacks ${missing.length === 1 ? "one thing" : `${missing.length} things`}:`);
  for (const { name, found, install, simulated } of missing) {
    console.log(`  ${name}${found === undefined ? "" : ` (found: ${found})`}\n    install: ${install}`);
    if (simulated !== undefined) console.log(`    without it, ${flag} runs with ${simulated} simulated`);
  }
  if (facts.kubectl === undefined)
    console.log("Optional: kubectl, to look around (https://kubernetes.io/docs/tasks/tools)");
  return blocking.length === 0;
}

/**
 * Whether a result is missing, or older than one of the files and folders that it is made of.
 * @param {string} result
 * @param {string[]} sources
 */
function isOlder(result, sources) {
  const file = path.join(repository, result);
  if (!fs.existsSync(file)) return true;
  const made = fs.statSync(file).mtimeMs;
  return sources.some((source) => newest(path.join(repository, source)) > made);
}

/**
 * @param {string} file
 * @returns {number}
 */
function newest(file) {
  if (!fs.existsSync(file)) return 0;
  const stat = fs.statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...fs.readdirSync(file).map((name) => newest(path.join(file, name))));
}

/**
 * Runs something that takes long, and says that it goes on.
 * @param {string} what
 * @param {string} expected
 * @param {string} command
 * @param {string[]} args
 */
async function step(what, expected, command, args) {
  const start = Date.now();
  const elapsed = () => `${Math.round((Date.now() - start) / 1000)} s`;
  console.log(`${what} (${expected})`);
  const timer = setInterval(() => console.log(`  ${what}: ${elapsed()} so far`), secondsBetweenLines * 1000);
  const code = await run(command, args, {});
  clearInterval(timer);
  console.log(`  ${what}: ${code === 0 ? "done" : `failed with code ${code}`} in ${elapsed()}`);
  return code;
}

/**
 * Runs a command to its end. Ctrl-C reaches it by itself, as a member of the terminal's process group: it cleans up,
 * and this waits for it. Other signals are passed on.
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<number>}
 */
function run(command, args, env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: repository, env: { ...process.env, ...env }, stdio: "inherit" });
    const ignore = () => {};
    const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on("SIGINT", ignore).on("SIGTERM", pass).on("SIGHUP", pass);
    const settle = (/** @type {number} */ code) => {
      process.off("SIGINT", ignore).off("SIGTERM", pass).off("SIGHUP", pass);
      resolve(code);
    };
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      settle(1);
    });
    child.on("close", (code) => settle(code ?? 130));
  });
}

main(process.argv.slice(2)).then((code) => process.exit(code));
