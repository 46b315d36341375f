/** The quickstart after installing: starts the local cloud and runs the real engine on examples/quickstart, twice. */
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type LocalCloud, startLocalCloud } from "./cloud";
import { type PulumiOptions, pulumi } from "./quickstart/pulumi";
import { rotate } from "./quickstart/rotation";
import { type ExportedResource, summary } from "./quickstart/summary";

const root = path.resolve(__dirname, "..");
const example = path.join(root, "examples", "quickstart");
/** `npm run quickstart -- gcp`: in a local cloud of its own, since both make the namespace production. */
const google = process.argv.slice(2).includes("gcp");
const stack = google ? "quickstart-gcp" : "quickstart";
const manifestFile = google ? "vantedge.gcp.yaml" : "vantedge.yaml";
const cloudFolder = path.join(".local", google ? "cloud-gcp" : "cloud");

const times: [what: string, seconds: number][] = [];

async function main(): Promise<void> {
  const started = Number(process.env.VANTEDGE_QUICKSTART_STARTED ?? Date.now());
  times.push(["install", (Date.now() - started) / 1000]);

  const cloud = await timed("local cloud", () =>
    startLocalCloud({
      directory: path.join(root, cloudFolder),
      accountId: "111122223333",
      detached: true,
      log: console.log,
    }),
  );
  describe(cloud);

  // Plugins come from the plugin cache, without a warning that each is on PATH.
  const env = { ...cloud.env, PULUMI_IGNORE_AMBIENT_PLUGINS: "true", ...simulatedProjects() };
  const options: PulumiOptions = { folder: example, env };
  await prepareStack(options, cloud);
  console.log("\npulumi up\n");
  await timed("first up", () => pulumi(up(), { ...options, show: true }));
  console.log(`\n${summary(await exported(options))}`);
  console.log("pulumi up, again\n");
  await timed("second up", () => pulumi(up("--expect-no-changes"), { ...options, show: true }));
  console.log("\nNo changes: what was declared is what is there.\n");
  await showRotation(cloud, options);
  sayWhatNext();
  sayTimes(started);
}

/** The simulated Google Cloud has the projects of the manifest, with their numbers. */
function simulatedProjects(): Record<string, string> {
  if (!google) return {};
  const manifest = readFileSync(path.join(example, manifestFile), "utf8");
  const projects = [...manifest.matchAll(/projectId: (\S+)\s+projectNumber: "(\d+)"/g)];
  return { VANTEDGE_SIMULATED_PROJECTS: projects.map(([, id, number]) => `${id}=${number}`).join(",") };
}

/** Native delivery sees what Pulumi writes, and nothing else. */
async function showRotation(cloud: LocalCloud, options: PulumiOptions): Promise<void> {
  if (google) return;
  if (!has(cloud, "external-secrets")) {
    console.log("Without the External Secrets Operator, a rotated value would arrive with the next pulumi up.\n");
    return;
  }
  console.log("A new database password is put into AWS Secrets Manager, past Pulumi, as a rotation does:");
  const { arrived, restarted } = await timed("rotation", () => rotate(cloud, has(cloud, "reloader")));
  console.log(`  it was in the cluster after ${arrived.toFixed(0)} s, where the next run of usage-report reads it.`);
  if (restarted === undefined) {
    console.log("  support-agent has it as a variable, and nothing here restarts pods: the next pulumi up does.\n");
    await timed("third up", () => pulumi(up(), { ...options, show: true }));
  } else
    console.log(`  support-agent has it as a variable: Reloader restarted its pods after ${restarted.toFixed(0)} s.\n`);
}

function has({ parts }: LocalCloud, part: string): boolean {
  return parts.some(({ name, real }) => name === part && real);
}

function up(...more: string[]): string[] {
  const policies = ["--policy-pack", path.join(root, "policies", "strict")];
  return ["up", "--yes", "--skip-preview", "--suppress-outputs", "--stack", stack, ...policies, ...more];
}

function describe(cloud: LocalCloud): void {
  console.log(`\nThe local cloud is ${cloud.startedHere ? "up" : "up already"}, on this machine only:`);
  for (const { what, real, version, why } of cloud.parts) {
    const [state, shown] = real ? ["real", `: ${version}`] : [version, ""];
    console.log(`  ${state.padEnd(9)}  ${what}${shown}${why === undefined ? "" : ` (${why})`}`);
  }
}

/** Values are made up, once for each stack: a second run of the quickstart changes nothing. */
async function prepareStack(options: PulumiOptions, cloud: LocalCloud): Promise<void> {
  const stacks = JSON.parse(await pulumi(["stack", "ls", "--json"], options)) as { name: string }[];
  if (stacks.some(({ name }) => name === stack)) {
    await pulumi(["stack", "select", stack], options);
    return;
  }
  await pulumi(["stack", "init", stack], options);
  if (google || cloud.parts.some(({ name, version }) => version === "simulated" && name !== "gcp-provider")) {
    // Nobody answers there before the first resource.
    await pulumi(["config", "set", "preflight", "false", "--stack", stack], options);
  }
  const manifest = readFileSync(path.join(example, manifestFile), "utf8");
  if (google) await deliverNatively(manifest, "The operator reads the real Google Cloud only", options);
  else if (!has(cloud, "external-secrets")) {
    await deliverNatively(manifest, "There is no External Secrets Operator here (see above)", options);
  }
  for (const [, key] of manifest.matchAll(/\{ config: (\w+) \}/g)) {
    const input = `demo-${randomBytes(12).toString("hex")}`;
    await pulumi(["config", "set", "--secret", key as string, "--stack", stack], { ...options, input });
  }
}

/** The same manifest, with delivery native in its bindings; what native does not know is left out. */
async function deliverNatively(manifest: string, reason: string, options: PulumiOptions): Promise<void> {
  const native = manifest
    .replace(/^ {4}kind: .*$/gm, "$&\n    delivery: native")
    .replace(/^ {4}refreshSeconds: .*\n/gm, "");
  mkdirSync(path.join(root, ".local"), { recursive: true });
  const file = path.join(root, ".local", `${stack}-native.yaml`);
  writeFileSync(file, native);
  await pulumi(["config", "set", "manifest", path.relative(example, file), "--stack", stack], options);
  console.log(`${reason}: values are delivered natively.`);
}

async function exported(options: PulumiOptions): Promise<ExportedResource[]> {
  const state = JSON.parse(await pulumi(["stack", "export", "--stack", stack], options));
  return state.deployment.resources as ExportedResource[];
}

function sayWhatNext(): void {
  const variables = google ? { VANTEDGE_LOCAL_CLOUD_DIRECTORY: cloudFolder, ...simulatedProjects() } : {};
  const local = [...Object.entries(variables).map((pair) => pair.join("=")), "npm run local --"].join(" ");
  const example = `-C examples/quickstart${google ? ` --stack ${stack}` : ""}`;
  const changed = google ? path.join(".local", `${stack}-native.yaml`) : "vantedge.yaml in examples/quickstart";
  console.log("Look around:");
  console.log(`  ${local} exec pulumi stack ${example}`);
  console.log(`  ${local} exec kubectl get externalsecrets,secrets,deployments,cronjobs --namespace production`);
  console.log(`  ${local} exec kubectl auth can-i --list --namespace production`);
  console.log(`Change ${changed}, then:`);
  console.log(`  ${local} exec pulumi up ${example}`);
  console.log("Destroy what was provisioned, then end the local cloud:");
  console.log(`  ${local} exec pulumi destroy ${example}`);
  console.log(`  ${local} stop\n`);
}

function sayTimes(started: number): void {
  const parts = times.map(([what, seconds]) => `${what} ${seconds.toFixed(0)} s`).join(", ");
  console.log(`Times: ${parts}; ${((Date.now() - started) / 1000).toFixed(0)} s in all.`);
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await work();
  times.push([what, (Date.now() - start) / 1000]);
  return result;
}

main().catch((error: Error) => {
  console.error(`quickstart: ${error.message}`);
  process.exitCode = 1;
});
