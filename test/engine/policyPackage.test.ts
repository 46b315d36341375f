import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
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

const program = (rotated: boolean) => `name: packed
runtime: yaml
resources:
  orders:
    type: aws:kms:Key
    properties: { description: orders, enableKeyRotation: ${rotated} }
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
