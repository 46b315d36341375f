import { readFileSync } from "node:fs";
import path from "node:path";
import type { LoggedCall } from "../../local/providers/google/callLog";
import { secretsIn } from "./support/kubernetes";
import { Project, type Run } from "./support/project";
import { googleRequestsDuring } from "./support/requestLog";

/** The quickstart's organization on Google Cloud, by the real engine, on a Google Cloud that refuses what Google refuses. */
const env = {
  VANTEDGE_SIMULATED_PROJECTS: "ai-startup-production=111111111111,ai-startup-development=222222222222",
};
const examples = path.resolve(__dirname, "..", "..", "examples", "quickstart");
// The operator reads the real Google Cloud only.
const manifest = readFileSync(path.join(examples, "vantedge.gcp.yaml"), "utf8")
  .replace(/^ {4}kind: .*$/gm, "$&\n    delivery: native")
  .replace(/^ {4}refreshSeconds: .*\n/gm, "")
  .replace(/namespace: (production|development)$/gm, "namespace: google-$1");
const values: Record<string, string> = {
  openaiApiKey: 'canary sk-proj-ÄÖ\n"quoted"',
  databaseUsername: "canary-app",
  databasePassword: "canary p@ss'w\\rd",
  databaseUrl: "postgres://canary-app:p%40ss@db.internal:5432/customers",
  stripeApiKey: "canary-sk_live_ ",
  openaiDevKey: "canary-dev",
  testDatabasePassword: "  canary with spaces  ",
  stripeTestKey: "canary-sk_test",
};

let project: Project;
const texts: string[] = [];

beforeAll(async () => {
  project = await Project.ofManifest("google-cloud", manifest, values);
  await project.configure("preflight", "false", []);
});
afterAll(() => project.forget());

/** What an operation asked of Google, but for what it only looked at. */
async function asked(operation: () => Promise<Run>): Promise<Run & { calls: string[]; looked: LoggedCall[] }> {
  const { result, requests } = await googleRequestsDuring(operation);
  texts.push(result.text, JSON.stringify(requests));
  const looks = /\.(get|getIamPolicy)$/;
  const calls = requests.filter(({ method }) => !looks.test(method));
  expect(calls.filter(({ status }) => status !== 200)).toEqual([]);
  return {
    ...result,
    calls: calls.map(({ method, name }) => `${method} ${name}`),
    looked: requests.filter(({ method }) => looks.test(method)),
  };
}

const secret = (name: string, workspace = "production") =>
  `projects/ai-startup-${workspace}/secrets/vantedge--${workspace}--${name}`;

test("a preview asks Google for metadata only, and creates nothing", async () => {
  const { exitCode, errors, calls, looked } = await asked(() => project.preview(env));
  expect([exitCode, errors, calls]).toEqual([0, [], []]);
  expect(looked.filter(({ method }) => method.includes("access"))).toEqual([]);
});

test("up provisions everything: a role before who is bound to it, a secret before its version", async () => {
  const { exitCode, errors, calls, changes } = await asked(() => project.up(env));
  expect([exitCode, errors]).toEqual([0, []]);
  const count = (start: string) => calls.filter((call) => call.startsWith(start)).length;
  expect({
    roles: count("iam.projects.roles.create"),
    bindings: count("cloudresourcemanager.projects.setIamPolicy"),
    secrets: count("secretmanager.projects.secrets.create"),
    versions: count("secretmanager.projects.secrets.addVersion"),
    grants: count("secretmanager.projects.secrets.setIamPolicy"),
  }).toEqual({ roles: 6, bindings: 8, secrets: 6, versions: 6, grants: 4 });
  const at = (call: string) => calls.findIndex((made) => made.startsWith(call));
  const last = (call: string) => calls.findLastIndex((made) => made.startsWith(call));
  expect(last("iam.projects.roles.create projects/ai-startup-production")).toBeLessThan(
    at("cloudresourcemanager.projects.setIamPolicy projects/ai-startup-production"),
  );
  expect(at("secretmanager.projects.secrets.create")).toBeLessThan(at("secretmanager.projects.secrets.addVersion"));
  expect(changes.create).toBeGreaterThan(50);
});

test("the cluster holds what is bound, byte for byte, and nothing else", async () => {
  const found = Object.values(await secretsIn("google-production")).map((data) => JSON.stringify(data));
  expect(found.sort()).toEqual(
    [
      { url: values.databaseUrl },
      { value: values.openaiApiKey },
      { value: values.stripeApiKey },
      { password: values.databasePassword },
    ]
      .map((data) => JSON.stringify(data))
      .sort(),
  );
  await expect(secretsIn("google-development")).resolves.toEqual({});
});

test("up again changes nothing, and so does a refresh, and neither reads a value", async () => {
  expect(await asked(() => project.up(env))).toMatchObject({ exitCode: 0, steps: [], calls: [] });
  const refreshed = await asked(() => project.refresh(env));
  expect(refreshed).toMatchObject({ exitCode: 0, errors: [], calls: [] });
  expect(Object.keys(refreshed.changes)).toEqual(["same"]);
  expect(await asked(() => project.up(env))).toMatchObject({ exitCode: 0, steps: [], calls: [] });
});

test("a changed value is a new version, made before anything happens to the one before, which is kept", async () => {
  await project.configure("databaseUrl", "canary-changed");
  const { exitCode, steps, calls } = await asked(() => project.up(env));
  expect(exitCode).toBe(0);
  expect(calls).toEqual([`secretmanager.projects.secrets.addVersion ${secret("database-password")}`]);
  const version = "gcp:secretmanager/secretVersion:SecretVersion production--database-password-version";
  expect(steps.filter((step) => step.endsWith(version))).toEqual(
    ["create-replacement", "replace", "delete-replaced"].map((step) => `${step} ${version}`),
  );
  const delivered = await secretsIn("google-production");
  expect(Object.values(delivered)).toContainEqual({ url: "canary-changed" });
  expect(await asked(() => project.up(env))).toMatchObject({ steps: [], calls: [] });
});

test("where the one before is to be disabled, that comes after the new one is there", async () => {
  const disabling = manifest.replace(
    /(name: stripe-test-key\n(?: {4}.*\n)*)/,
    "$1    gcp: { previousVersion: disable }\n",
  );
  project.write("vantedge.yaml", disabling);
  expect(await asked(() => project.up(env))).toMatchObject({ exitCode: 0, calls: [] });
  await project.configure("stripeTestKey", "canary-changed-test-key");
  const { calls } = await asked(() => project.up(env));
  const name = secret("stripe-test-key", "development");
  expect(calls).toEqual([
    `secretmanager.projects.secrets.addVersion ${name}`,
    `secretmanager.projects.secrets.versions.disable ${name}/versions/1`,
  ]);
});

test("a secret whose place Google can't change is refused in the preview, and loses nothing", async () => {
  project.write(
    "vantedge.yaml",
    manifest.replace(
      /(name: stripe-api-key\n(?: {4}.*\n)*?) {4}gcp: \{/,
      "$1    gcp: { replicas: [{ location: europe-west3 }], ",
    ),
  );
  const { exitCode, errors, calls } = await asked(() => project.preview(env));
  expect(exitCode).not.toBe(0);
  const setting = "vantedge-secrets:import.production/stripe-api-key";
  expect(errors).toEqual([
    [
      'workspace "production" in project ai-startup-production: there are secrets with these names: stripe-api-key',
      `choose other names, or take the secrets over: pulumi config set --plaintext --path "${setting}" "${secret("stripe-api-key")}"`,
      "where this program made them, Google can't change where their values are kept: make others",
    ].join("\n"),
  ]);
  expect(calls).toEqual([]);
  project.write("vantedge.yaml", manifest);
});

test("a project's number that is not its own is refused, and nothing is made", async () => {
  const other = await Project.ofManifest(
    "google-wrong-number",
    `organization: AI\nworkspaces:\n  - { name: production, gcp: { projectId: ai-startup-production, projectNumber: "999999999999" }, roles: { admins: [{ gcp: "group:a@b.example" }] } }\n`,
  );
  await other.configure("preflight", "false", []);
  const { exitCode, errors, calls } = await asked(() => other.preview(env));
  expect(exitCode).not.toBe(0);
  expect(errors.join()).toContain("project ai-startup-production has the number 111111111111, not 999999999999");
  expect(calls).toEqual([]);
  await other.forget();
});

test("no value is in the state, in what is printed, or in what is logged", async () => {
  const { text } = await project.export();
  for (const all of [text, ...texts]) expect(all).not.toMatch(/canary[ -]/);
});

test("destroy leaves no secret, no role and no binding", async () => {
  const { exitCode, errors, calls } = await asked(() => project.destroy(env));
  expect([exitCode, errors]).toEqual([0, []]);
  expect(calls.filter((call) => call.startsWith("secretmanager.projects.secrets.delete"))).toHaveLength(6);
  expect(calls.filter((call) => call.includes("versions.destroy"))).toEqual([]);
  expect((await project.export()).resources).toEqual([]);
});
