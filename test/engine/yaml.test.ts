import path from "node:path";
import { aws } from "./support/aws";
import { kubernetes, secretsIn } from "./support/kubernetes";
import { Project, root } from "./support/project";
import { receivedBy } from "./support/received";
import { requestsDuring } from "./support/requestLog";

const settings = [
  "openaiApiKey",
  "databaseUsername",
  "databasePassword",
  "databaseUrl",
  "stripeApiKey",
  "openaiDevKey",
  "testDatabasePassword",
  "stripeTestKey",
];
const values = Object.fromEntries(settings.map((name) => [name, `canary ${name} ÄÖ\n"quoted" \${nor a reference} $$`]));
const fields = { password: values.databasePassword, url: values.databaseUrl, username: values.databaseUsername };

const everything = 91;

describe("the quickstart in YAML", () => {
  let project: Project;
  beforeAll(async () => {
    project = await Project.ofFolder(path.join(root, "examples", "quickstart-yaml"), "yaml", values);
  });
  afterAll(() => project.end());

  test("a preview creates nothing and reads no value", async () => {
    const { result, requests } = await requestsDuring(() => project.preview());
    expect(result).toMatchObject({ exitCode: 0, errors: [], warnings: [], changes: { create: everything } });
    expect(
      requests.map(({ action }) => action).filter((action) => /^(Create|Put|GetSecretValue)/.test(action)),
    ).toEqual([]);
  });

  test("up provisions everything", async () => {
    const up = await project.up();
    expect(up).toMatchObject({ exitCode: 0, errors: [], changes: { create: everything } });
    expect(up.infos.filter((line) => line.includes("audit trail")).sort()).toEqual(
      ["development", "production"].map((workspace) => expect.stringContaining(`Workspace "${workspace}": no audit`)),
    );
  });

  test.each([
    ["vantedge/production/openai-api-key", values.openaiApiKey],
    ["vantedge/production/database-password", JSON.stringify(fields)],
    ["vantedge/production/stripe-api-key", values.stripeApiKey],
    ["vantedge/development/openai-dev-key", values.openaiDevKey],
    ["vantedge/development/test-db-password", values.testDatabasePassword],
    ["vantedge/development/stripe-test-key", values.stripeTestKey],
  ])("the cloud holds %s byte for byte", async (name, value) => {
    const { SecretString } = await aws("secretsmanager", "GetSecretValue", { SecretId: name });
    expect(SecretString).toBe(value);
  });

  test("the agent receives what is bound, byte for byte, and nothing else", async () => {
    const { env, files, all } = await delivered();
    expect(env).toEqual({ OPENAI_API_KEY: values.openaiApiKey, DATABASE_URL: values.databaseUrl });
    expect(files).toEqual({ "/etc/secrets/value": values.stripeApiKey });
    expect(all).toBe(4);
  });

  test("up again changes nothing, and so does a refresh", async () => {
    const again = { exitCode: 0, steps: [], infos: [], changes: { same: everything } };
    await expect(project.up()).resolves.toMatchObject(again);
    await expect(project.refresh()).resolves.toMatchObject({ exitCode: 0, changes: { same: everything } });
  });

  test("a changed value is a new version of that secret, and is in the cluster when the update ends", async () => {
    await project.configure("databaseUrl", "canary-changed");
    const up = await project.up();
    expect(up).toMatchObject({ exitCode: 0, errors: [] });
    expect(up.infos.sort()).toEqual([
      expect.stringContaining(
        '"agent-binding": database-password has a newer version than at the last pulumi up: Reloader',
      ),
      expect.stringContaining(
        '"report-binding": database-password has a newer version than at the last pulumi up: the next run',
      ),
    ]);
    expect([...new Set(up.steps.map((step) => step.split(" ").slice(1).join(" ")))].sort()).toEqual([
      "aws:secretsmanager/secretVersion:SecretVersion database-password-version",
      "kubernetes:external-secrets.io/v1:ExternalSecret agent-binding--database-password",
      "kubernetes:external-secrets.io/v1:ExternalSecret report-binding--database-password",
      "kubernetes:rbac.authorization.k8s.io/v1:Role agent-binding-values",
      "kubernetes:rbac.authorization.k8s.io/v1:Role report-binding-values",
    ]);
    const { SecretString } = await aws("secretsmanager", "GetSecretValue", {
      SecretId: "vantedge/production/database-password",
    });
    expect(SecretString).toBe(JSON.stringify({ ...fields, url: "canary-changed" }));
    await expect(delivered()).resolves.toMatchObject({ env: { DATABASE_URL: "canary-changed" }, all: 4 });
    await project.configure("databaseUrl", values.databaseUrl as string);
  });

  test("the quickstart in TypeScript finds nothing else to create, change or delete", async () => {
    const typescript = await Project.ofFolder(path.join(root, "examples", "quickstart"), "yaml", values);
    try {
      await typescript.import(asIfOfTypescript((await project.export()).text));
      const { exitCode, steps } = await typescript.preview();
      expect(exitCode).toBe(0);
      const known = [
        // The two languages ask for their providers in other words, and sort variables by other rules.
        /pulumi:providers:/,
        /^update kubernetes:(apps\/v1:Deployment support-agent|batch\/v1:CronJob usage-report)$/,
        /^update kubernetes:rbac\.authorization\.k8s\.io\/v1:Role production--(support-agent|usage-report)-values$/,
        /^update vantedge-secrets:index:DeploymentBinding production--(support-agent|usage-report)$/,
        // A version's number depends on the name of the secret's resource, and what is delivered on the version.
        /^(create-replacement|replace|delete-replaced) aws:secretsmanager\/secretVersion:SecretVersion [a-z-]+-version$/,
        /^(create-replacement|replace|delete-replaced|update) kubernetes:external-secrets\.io\/v1:ExternalSecret production--(support-agent|usage-report)--/,
      ];
      expect(steps.filter((step) => !known.some((pattern) => pattern.test(step)))).toEqual([]);
    } finally {
      await typescript.forget();
    }
  });

  test("destroy leaves nothing", async () => {
    await expect(project.destroy()).resolves.toMatchObject({ exitCode: 0, changes: { delete: everything } });
    const left = await aws("secretsmanager", "ListSecrets", { IncludePlannedDeletion: true });
    expect(left).toMatchObject({ SecretList: [] });
    expect((await kubernetes("GET", "/api/v1/namespaces/production")).status).toBe(404);
  });
});

/** What the agent's container gets by variables and files, and how many Secrets there are in its namespace. */
async function delivered() {
  const received = await receivedBy("production", "support-agent");
  return { ...received, all: Object.keys(await secretsIn("production")).length };
}

/** The state under the names that the TypeScript program gives: the manifest's secrets are `workspace--name` there. */
function asIfOfTypescript(state: string): string {
  const workspaceOf = (name: string) => (/dev|test/.test(name) ? "development" : "production");
  return state
    .replaceAll("vantedge-quickstart-yaml", "vantedge-quickstart")
    .replace(/(:index:DeploymentBinding[^"]*::)agent-binding/g, "$1production--support-agent")
    .replace(/(:index:DeploymentBinding[^"]*::)report-binding/g, "$1production--usage-report")
    .replace(/(:index:Secret\b[^"]*::)([a-z-]+)"/g, (_, before, name) => `${before}${workspaceOf(name)}--${name}"`);
}

describe("a mistake ends in clear words, and nothing is created", () => {
  const workspace = `{ name: production, organization: AI Startup, cloud: aws, region: us-east-1, accountId: "111122223333", keyArn: "\${production.keyArn}" }`;
  const program = `resources:
  production:
    type: vantedge-secrets:Workspace
    properties:
      organization: AI Startup
      aws: { region: us-east-1, accountId: "111122223333" }
      kubernetes: { namespace: production }
  openai-api-key:
    type: vantedge-secrets:Secret
    properties:
      workspace: ${workspace}
      value: \${key}
      recoveryWindowInDays: 0
  agent:
    type: vantedge-secrets:DeploymentBinding
    properties:
      workspace: ${workspace}
      delivery: native
      env: { KEY: { secret: openai-api-key } }
      values: { openai-api-key: { value: "\${key}", versionId: "\${openai-api-key.versionId}" } }
`;
  let project: Project;
  beforeAll(async () => {
    project = await Project.ofYaml("mistakes", program, { key: "canary-in-config" });
  });
  afterAll(() => project.end());

  const inComponent = (type: string, name: string) =>
    `vantedge-secrets:index:${type} resource '${name}' has a problem: `;
  /** The engine ends the constructions that still run when one fails, and says so. */
  const ended =
    /^vantedge-secrets:index:\w+ resource '\S+' has a problem: .*(the client connection is closing|Canceled)/;

  test.each<[string, (program: string) => string, string]>([
    [
      "a name that is none",
      (text) => text.replace("      kubernetes:", "      workspaceName: Production\n$&"),
      `${inComponent("Workspace", "production")}Workspace "production": workspaceName: must be 1 to 32 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit`,
    ],
    [
      "a bound secret without its value",
      (text) => text.replace(/ {6}values: .*\n/, ""),
      `${inComponent("DeploymentBinding", "agent")}DeploymentBinding "agent": env.KEY: secret "openai-api-key" has no value here: give it under values.openai-api-key, as to the Secret`,
    ],
    [
      "a workspace by reference",
      (text) =>
        text.replace(`workspace: ${workspace}`, "workspace: ${ref}").concat(`variables:\n  ref: ${workspace}\n`),
      `${inComponent("Secret", "openai-api-key")}Secret "openai-api-key": workspace: must be written out here, key by key: an Output (a reference to a resource or a secret) can't stand for the whole`,
    ],
  ])("%s", async (_, change, message) => {
    project.write("Pulumi.yaml", `name: mistakes\nruntime: yaml\n${change(program)}`);
    const { exitCode, errors, text } = await project.upAfterPreview();
    expect(exitCode).not.toBe(0);
    expect(errors.filter((error) => !ended.test(error))).toEqual([message]);
    expect(text).not.toMatch(/canary| at .*\.[jt]s:\d/);
  });

  test("a value that is too long", async () => {
    project.write("Pulumi.yaml", `name: mistakes\nruntime: yaml\n${program}`);
    await project.configure("key", `canary${"x".repeat(65_536)}`);
    const { exitCode, errors, text } = await project.upAfterPreview();
    expect(exitCode).not.toBe(0);
    const rule = "has 65542 bytes; a secret holds at most 65536: shorten it, or make it several secrets";
    for (const error of errors.filter((error) => !ended.test(error))) expect(error).toMatch(new RegExp(`: ${rule}$`));
    expect(errors[0]).toContain('Secret "openai-api-key": value: ');
    expect(text).not.toMatch(/canary| at .*\.[jt]s:\d/);
  });

  test("what the schema does not know is found by the YAML host, with its line", async () => {
    const wrong = program.replace("recoveryWindowInDays:", "recoveryWindow:");
    project.write("Pulumi.yaml", `name: mistakes\nruntime: yaml\n${wrong}`);
    const { exitCode, text } = await project.upAfterPreview();
    expect(exitCode).not.toBe(0);
    expect(text).toContain("Error: Property recoveryWindow does not exist on 'vantedge-secrets:index:Secret'");
    expect(text).toContain("on Pulumi.yaml line 15:");
  });

  test("nothing was created", async () => {
    await expect(project.export()).resolves.toMatchObject({ resources: [] });
  });
});
