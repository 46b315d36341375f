/**
 * `npm test`: formatting and types, unit tests, then the engine tests inside a local cloud of their own. The proof of
 * the access documents runs beside these, which mostly wait; what it prints comes after what they print.
 */
import { spawn } from "node:child_process";
import { openSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type LocalCloud, startLocalCloud } from "./cloud";

interface Totals {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numRuntimeErrorTestSuites: number;
}

const root = path.resolve(__dirname, "..");

async function main(): Promise<number> {
  const scratch = await mkdtemp(path.join(os.tmpdir(), "vantedge-test-"));
  try {
    if ((await run("biome", ["check", "."])) !== 0 || (await run("tsc", ["-p", "tsconfig.check.json"])) !== 0) return 1;
    if ((await run("npm", ["run", "--silent", "build"])) !== 0) return 1;
    const unit = await jest("unit", path.join(scratch, "unit.json"));
    const proof = proofTests(scratch);
    const engine = await engineTests(scratch).finally(() => proof);
    return closingLines([unit, await proof, engine.totals], engine.cloud);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** In one process, so that the engine tests keep a processor. */
async function proofTests(scratch: string): Promise<Totals> {
  const log = path.join(scratch, "proof.log");
  const report = path.join(scratch, "proof.json");
  await run("jest", [...jestFlags("proof", report), "--runInBand"], {}, openSync(log, "w"));
  console.log(`\nproof tests\n${readFileSync(log, "utf8")}`);
  return totalsOf(report);
}

async function engineTests(scratch: string): Promise<{ totals: Totals; cloud: LocalCloud }> {
  const cloud = await startLocalCloud({
    directory: path.join(scratch, "cloud"),
    accountId: "111122223333",
    log: (line) => console.log(line),
  });
  try {
    const env = { ...cloud.env, VANTEDGE_REQUEST_LOG: cloud.requestLog };
    return { totals: await jest("engine", path.join(scratch, "engine.json"), ["--runInBand"], env), cloud };
  } finally {
    await cloud.stop();
  }
}

async function jest(
  project: string,
  report: string,
  flags: string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<Totals> {
  console.log(`\n${project} tests`);
  await run("jest", [...jestFlags(project, report), ...flags], env);
  return totalsOf(report);
}

function jestFlags(project: string, report: string): string[] {
  return ["--selectProjects", project, "--json", "--outputFile", report];
}

function totalsOf(report: string): Totals {
  return JSON.parse(readFileSync(report, "utf8")) as Totals;
}

function closingLines(all: Totals[], cloud: LocalCloud): number {
  const total = (count: (totals: Totals) => number) => all.reduce((sum, totals) => sum + count(totals), 0);
  const failed = total((totals) => totals.numFailedTests + totals.numRuntimeErrorTestSuites);
  console.log("\nThe engine tests ran on:");
  for (const { what, real, version, why } of cloud.parts) {
    console.log(`  ${real ? "real" : "simulated"}: ${what}: ${version}${why === undefined ? "" : ` (${why})`}`);
  }
  console.log(`${total(({ numPassedTests }) => numPassedTests)} passed, ${failed} failed`);
  return failed === 0 && total(({ numPassedTests }) => numPassedTests) > 0 ? 0 : 1;
}

function run(
  command: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
  output: "inherit" | number = "inherit",
): Promise<number> {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", output, output],
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}

main().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
