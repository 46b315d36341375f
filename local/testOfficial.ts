/**
 * `npm run test:official`: the engine tests that make something in Kubernetes, with the Kubernetes plugin that Pulumi
 * publishes in place of ours; `npm run test:official -- yaml rbac` takes these files only. The plugin is built once, which
 * takes longer than all tests, so `npm test` does without.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startLocalCloud } from "./cloud";
import { builtTool } from "./cloud/build";
import { kubernetesPlugin, toolVersion } from "./cloud/toolCache";

const files = [
  "admission",
  "changedRoles",
  "delivery",
  "externalSecrets",
  "faults",
  "manifests",
  "missingOperator",
  "quickstart",
  "rbac",
  "reloader",
  "rollout",
  "secret",
  "transform",
  "yaml",
];

/** Tests of what the published provider doesn't do, with what that is. */
const known: Record<string, string> = {
  "through the engine what is not ready in time is an error that names the object and says why":
    "the published plugin says that the time is over, and not why",
};

interface Report {
  testResults: { name: string; assertionResults: { status: string; fullName: string }[] }[];
}

async function main(): Promise<boolean> {
  const plugin = await builtTool(kubernetesPlugin, console.log);
  process.env.PATH = [path.dirname(plugin), process.env.PATH].join(path.delimiter);
  const directory = mkdtempSync(path.join(os.tmpdir(), "vantedge-official-"));
  const cloud = await startLocalCloud({ directory, accountId: "111122223333", log: console.log });
  try {
    const report = path.join(directory, "report.json");
    const named = process.argv.slice(2);
    const tests = (named.length > 0 ? named : files).map((name) => path.join("test", "engine", `${name}.test.ts`));
    const flags = ["--selectProjects", "engine", "--runInBand", "--json", "--outputFile", report];
    const env = { ...process.env, ...cloud.env, VANTEDGE_REQUEST_LOG: cloud.requestLog };
    spawnSync("jest", [...tests, ...flags], {
      cwd: path.join(__dirname, ".."),
      env,
      stdio: ["ignore", "ignore", "inherit"],
    });
    return summarize(JSON.parse(readFileSync(report, "utf8")) as Report);
  } finally {
    await cloud.stop();
    rmSync(directory, { recursive: true });
  }
}

function summarize({ testResults }: Report): boolean {
  console.log(`\nwith pulumi-resource-kubernetes ${toolVersion(kubernetesPlugin)}:`);
  const failed = testResults.flatMap(({ name, assertionResults: tests }) => {
    const failing = tests.filter(({ status }) => status === "failed").map(({ fullName }) => fullName);
    console.log(`  ${path.basename(name)}: ${tests.length - failing.length} of ${tests.length} passed`);
    // A file that can't be run has no tests.
    return tests.length === 0 ? [name] : failing;
  });
  for (const name of failed) {
    console.log(known[name] === undefined ? `  failed: ${name}` : `  differs: ${name} (${known[name]})`);
  }
  return failed.every((name) => known[name] !== undefined);
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
