import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { aws } from "./support/aws";
import { Project, root } from "./support/project";
import { requestsDuring } from "./support/requestLog";

const run = promisify(execFile);

/** An empty project with only the packed tarball installed, as a user of another language has it. */
const folder = mkdtempSync(path.join(os.tmpdir(), "vantedge-packed-"));
let project: Project;
beforeAll(async () => {
  const { stdout } = await run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
    cwd: root,
  });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  writeFileSync(path.join(folder, "package.json"), '{ "name": "empty", "private": true }\n');
  await run("npm", ["install", "--no-audit", "--no-fund", path.join(folder, filename)], { cwd: folder });
}, 300_000);
afterAll(async () => {
  await project?.end();
  rmSync(folder, { recursive: true, force: true });
});

const installed = path.join(folder, "node_modules", "vantedge-secrets");

const program = (rotated: boolean) => `name: packed
runtime: yaml
resources:
  orders:
    type: aws:kms:Key
    properties: { description: orders, enableKeyRotation: ${rotated} }
`;

const place =
  '{ name: installed, organization: Acme, cloud: aws, region: us-east-1, accountId: "111122223333", keyArn: "${installed.keyArn}" }';
const ofComponents = `
plugins: { providers: [{ name: vantedge-secrets, path: "${installed}" }] }
config:
  apiKey: { type: string, secret: true }
resources:
  installed:
    type: vantedge-secrets:Workspace
    properties: { organization: Acme, aws: { region: us-east-1, accountId: "111122223333" } }
  api-key:
    type: vantedge-secrets:Secret
    properties: { workspace: ${place}, value: "\${apiKey}", recoveryWindowInDays: 0 }
`;

test.each(["policies", "policies/strict", "policies/advisory"])("%s of the package runs as a pack", async (pack) => {
  writeFileSync(path.join(folder, "Pulumi.yaml"), program(false));
  project ??= await Project.ofFolder(folder, "packed", {});
  const flags = ["--policy-pack", path.join("node_modules", "vantedge-secrets", pack)];
  const { result: bad, requests } = await requestsDuring(() => project.upAfterPreview(flags));
  const stops = pack.endsWith("strict");
  // What only advises is told in the preview and in the update.
  const told = [`${stops ? "mandatory" : "advisory"} aws-kms-key-rotation aws:kms/key:Key orders`];
  expect(new Set(bad.violations)).toEqual(new Set(told));
  expect(bad.exitCode === 0).toBe(!stops);
  if (stops) expect(requests.map(({ action }) => action)).not.toContain("CreateKey");

  writeFileSync(path.join(folder, "Pulumi.yaml"), program(true));
  expect(await project.preview({}, flags)).toMatchObject({ exitCode: 0, errors: [], violations: [] });
});

test("a program in YAML takes its components from the installed package", async () => {
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const sdks = ["pulumi", "aws"].map((name) => `@pulumi/${name}@${devDependencies[`@pulumi/${name}`]}`);
  await run("npm", ["install", "--no-audit", "--no-fund", ...sdks], { cwd: folder });
  const components = await Project.ofYaml("installed", ofComponents, { apiKey: "canary" });
  try {
    expect(await components.up()).toMatchObject({ exitCode: 0, errors: [] });
    const { SecretString } = await aws("secretsmanager", "GetSecretValue", { SecretId: "vantedge/installed/api-key" });
    expect(SecretString).toBe("canary");
    expect(await components.preview()).toMatchObject({ exitCode: 0, steps: [] });
    // It comes from there, and from no other place where the engine finds plugins.
    const plugin = path.join(installed, "PulumiPlugin.yaml");
    renameSync(plugin, `${plugin}.away`);
    const { exitCode, text } = await components.preview();
    renameSync(`${plugin}.away`, plugin);
    expect(exitCode).not.toBe(0);
    expect(text).toContain(installed);
  } finally {
    await components.end();
  }
});

/** `pulumi package add` and `get-schema` install what the folder names, and that runs this script. */
test("installing in the folder of the package compiles nothing", async () => {
  await run("npm", ["run", "prepare"], { cwd: installed });
});
