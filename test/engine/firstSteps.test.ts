import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { kubernetes, secretsIn } from "./support/kubernetes";
import { type Section, sectionsOf } from "./support/page";
import { root } from "./support/project";
import { receivedBy } from "./support/received";

/** The README's own steps, word for word, but for the versions of Pulumi's packages, and from the package as it is packed. */
const page = sectionsOf(readFileSync(path.join(root, "README.md"), "utf8"));
const program = page["A first program"] as Section;
const manifest = page["A first manifest"] as Section;
const [, , , install, provision] = program.commands as [string, string, string, string, string];
const { devDependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const canary = "canary-first-steps";

const scratch = mkdtempSync(path.join(os.tmpdir(), "vantedge-first-steps-"));
const folders = { agents: path.join(scratch, "agents"), support: path.join(scratch, "support") };

/** Runs commands as users type them, with what they answer. Pulumi asks nobody whether it is sure. */
async function shell(folder: string, commands: string, answer = ""): Promise<string> {
  const env = { ...process.env, PULUMI_SKIP_CONFIRMATIONS: "true" };
  const running = promisify(execFile)("bash", ["-euc", commands], { cwd: folder, env });
  running.child.stdin?.end(answer);
  const { stdout } = await running;
  return stdout;
}

function write(folder: string, { files }: Section): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
}

beforeAll(async () => {
  mkdirSync(path.join(scratch, "vantedge-secrets"));
  await shell(root, `npm pack --ignore-scripts --pack-destination "${scratch}/vantedge-secrets"`);
}, 60_000);
afterAll(async () => {
  for (const folder of Object.values(folders))
    await shell(folder, "pulumi destroy; pulumi stack rm --yes").catch(() => {});
  rmSync(scratch, { recursive: true });
}, 120_000);

test("a first program provisions, and its pods receive the value", async () => {
  await shell(
    scratch,
    install.replace(/@pulumi\/\w+/g, (name) => `${name}@${devDependencies[name]}`),
  );
  write(folders.agents, program);
  await shell(folders.agents, provision, canary);
  expect(await secretsIn("agents")).toEqual({ "support-agent-openai-api-key": { value: canary } });
  const { body } = await kubernetes("GET", "/apis/apps/v1/namespaces/agents/deployments");
  const [deployment] = (body as { items: { metadata: { name: string } }[] }).items;
  expect(await receivedBy("agents", deployment?.metadata.name as string)).toEqual({
    env: { OPENAI_API_KEY: canary },
    files: { "/etc/secrets/openai-api-key": canary },
  });
  expect(await shell(folders.agents, "pulumi stack output updateCommand")).toContain("put-secret-value");
}, 240_000);

test("a first manifest does the same beside it", async () => {
  mkdirSync(folders.support);
  symlinkSync(path.join(folders.agents, "node_modules"), path.join(folders.support, "node_modules"));
  write(folders.support, manifest);
  await shell(folders.support, manifest.commands[0] as string, canary);
  expect(await secretsIn("support")).toEqual({ "support-agent-openai-api-key": { value: canary } });
  expect(await shell(folders.agents, "pulumi preview --expect-no-changes")).toContain("unchanged");
}, 120_000);
