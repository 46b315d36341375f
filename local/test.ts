/**
 * `npm test`: formatting and types, unit tests, then the engine tests, in three local clouds side by side since they
 * mostly wait. The proof of the access documents runs beside them; what it prints comes when it ends.
 */
import { spawn } from "node:child_process";
import { openSync, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { benchPolicies } from "./bench/policy";
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
    const proof = quietly("proof", [], scratch);
    const engine = await engineTests(scratch).finally(() => proof);
    return closingLines([unit, await proof, ...engine.totals], engine);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

interface EngineResult {
  totals: Totals[];
  cloud: LocalCloud;
  isPackFast: boolean;
}

const clouds = 3;

/** Each file by itself, the largest first, in whichever cloud is free: files share what is in their cloud. */
async function engineTests(scratch: string): Promise<EngineResult> {
  const started: LocalCloud[] = [];
  try {
    // One after the other: the first builds what is missing.
    while (started.length < clouds) started.push(await startCloud(path.join(scratch, `cloud${started.length}`)));
    const queue = engineFiles();
    const totals = started.map(async (cloud) => {
      const env = { ...cloud.env, VANTEDGE_REQUEST_LOG: cloud.requestLog };
      const done: Totals[] = [];
      for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
        done.push(await quietly("engine", [file], scratch, env));
      }
      return done;
    });
    const all = (await Promise.all(totals)).flat();
    const [cloud] = started as [LocalCloud];
    // Times count when nothing else runs.
    console.log("\nthe policy pack's cost");
    return { totals: all, cloud, isPackFast: await benchPolicies(cloud) };
  } finally {
    for (const cloud of started) await cloud.stop();
  }
}

function startCloud(directory: string): Promise<LocalCloud> {
  return startLocalCloud({ directory, accountId: "111122223333", log: (line) => console.log(line) });
}

function engineFiles(): string[] {
  const folder = path.join("test", "engine");
  const size = (file: string) => statSync(path.join(root, file)).size;
  const files = readdirSync(path.join(root, folder)).filter((file) => file.endsWith(".test.ts"));
  return files.map((file) => path.join(folder, file)).sort((a, b) => size(b) - size(a));
}

/** Tests that run beside others: in one process, and what they print is printed when they end. */
async function quietly(
  project: string,
  files: string[],
  scratch: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Totals> {
  const file = path.join(scratch, [project, ...files.map((name) => path.basename(name))].join("-"));
  const [log, report] = [`${file}.log`, `${file}.json`];
  await run("jest", [...files, ...jestFlags(project, report), "--runInBand"], env, openSync(log, "w"));
  console.log(`\n${project} tests ${files.join(" ")}\n${readFileSync(log, "utf8")}`);
  return totalsOf(report);
}

async function jest(project: string, report: string): Promise<Totals> {
  console.log(`\n${project} tests`);
  await run("jest", jestFlags(project, report));
  return totalsOf(report);
}

function jestFlags(project: string, report: string): string[] {
  return ["--selectProjects", project, "--json", "--outputFile", report];
}

function totalsOf(report: string): Totals {
  return JSON.parse(readFileSync(report, "utf8")) as Totals;
}

function closingLines(all: Totals[], { cloud, isPackFast }: EngineResult): number {
  const total = (count: (totals: Totals) => number) => all.reduce((sum, totals) => sum + count(totals), 0);
  const failed = total((totals) => totals.numFailedTests + totals.numRuntimeErrorTestSuites);
  console.log("\nThe engine tests ran on:");
  for (const { what, real, version, why } of cloud.parts) {
    console.log(
      `  ${real ? "real" : version}: ${what}${real ? ` ${version}` : ""}${why === undefined ? "" : ` (${why})`}`,
    );
  }
  console.log(`${total(({ numPassedTests }) => numPassedTests)} passed, ${failed} failed`);
  if (!isPackFast) console.log("the policy pack makes previews too slow: see above");
  return isPackFast && failed === 0 && total(({ numPassedTests }) => numPassedTests) > 0 ? 0 : 1;
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
