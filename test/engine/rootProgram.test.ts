import { readFileSync } from "node:fs";
import path from "node:path";
import { aws } from "./support/aws";
import { secretsIn } from "./support/kubernetes";
import { Project, root } from "./support/project";

/** The product page's own snippets, word for word. */
const page = readFileSync(path.join(root, "test", "fixtures", "product.md"), "utf8");
const snippet = (heading: string) => {
  const after = page.slice(page.indexOf(heading));
  return after.slice(after.indexOf("\n", after.indexOf("```yaml")) + 1, after.indexOf("\n```\n") + 1);
};
const indented = (text: string) => text.replace(/^(?=.)/gm, "    ");

const provider = "arn:aws:iam::111122223333:oidc-provider/kubernetes.default.svc.cluster.local";
const platform = `organization: "AI Startup"
cloud:
  aws: { region: us-east-1, accountId: "111122223333" }
workspaces:
  - name: production
    namespace: production
    cluster: { eksIrsa: { oidcProviderArn: "${provider}" } }
    roles: { members: [{ arn: "arn:aws:iam::111122223333:role/developers" }] }
  - name: sandbox
    roles: { members: [{ arn: "arn:aws:iam::111122223333:role/developers" }] }
`;

const team = `${snippet("## Creating Secrets")}
---
name: postgres-connection
workspace: production
type: database-credentials
value: { config: databaseUrl }
---
name: service-account-key
workspace: production
value: { config: serviceAccountKey }
---
bindings:
  - name: assistant
    workspace: production
    kind: agent
${indented(snippet("**Environment Variables**"))}
${indented(snippet("**File Mounts**"))}
`;

let platformStack: Project;
let teamStack: Project;
beforeAll(async () => {
  platformStack = await Project.ofManifest("platform", platform);
  teamStack = await Project.ofManifest("team", team, { databaseUrl: "canary-url", serviceAccountKey: "canary-key" });
});
afterAll(async () => {
  await teamStack.end();
  await platformStack.end();
});

test("a file that declares no workspace says what to set or add", async () => {
  const { exitCode, errors } = await teamStack.up();
  expect(exitCode).toBe(1);
  expect(errors.join("\n").split("\n")[0]).toBe(
    'vantedge.yaml:6:12: workspace: "production" is not declared in this file: add a document with organization, cloud and workspaces, ' +
      "or refer to an existing one: pulumi config set organization NAME && pulumi config set --path aws.region REGION && pulumi config set --path aws.accountId ACCOUNT " +
      "(on Google Cloud gcp.projectId and gcp.projectNumber in place of aws)",
  );
});

test("a workspace that is not in the cloud yet is said in one line", async () => {
  await teamStack.configure("organization", "AI Startup", []);
  await teamStack.configure("aws.region", "us-east-1", ["--path"]);
  await teamStack.configure("aws.accountId", "111122223333", ["--path"]);
  await teamStack.configure("cluster.eksIrsa.oidcProviderArn", provider, ["--path"]);
  const { exitCode, errors } = await teamStack.preview();
  expect(exitCode).not.toBe(0);
  expect(errors).toEqual([
    'the namespace "production" is missing: run "kubectl create namespace production", or declare it as namespace of the workspace',
  ]);
});

test("the configuration chooses the workspaces that a stack provisions", async () => {
  await platformStack.configure("workspaces[0]", "production", ["--path"]);
  await expect(platformStack.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  const { Aliases } = await aws("kms", "ListAliases", {});
  const names = (Aliases as { AliasName: string }[]).map(({ AliasName }) => AliasName);
  expect(names).toContain("alias/vantedge-production");
  expect(names).not.toContain("alias/vantedge-sandbox");
});

test("another stack's secrets find the workspace by name, and its key by alias", async () => {
  const up = await teamStack.up();
  expect(up).toMatchObject({ exitCode: 0, errors: [] });
  expect(up.warnings).toEqual([
    "vantedge.yaml:4:8: the value stands in the file in clear: set it with pulumi config set --secret KEY and write { config: KEY }",
  ]);
  const { KmsKeyId, Tags, Description } = await aws("secretsmanager", "DescribeSecret", {
    SecretId: "vantedge/production/openai-api-key",
  });
  const { resources } = await platformStack.export();
  expect(KmsKeyId).toBe(resources.find(({ type }) => type === "aws:kms/key:Key")?.outputs?.arn);
  expect(Description).toBe("OpenAI API key for GPT-4 models");
  expect(Tags).toContainEqual({ Key: "vantedge-type", Value: "api-token" });
  const { SecretString } = await aws("secretsmanager", "GetSecretValue", {
    SecretId: "vantedge/production/openai-api-key",
  });
  expect(SecretString).toBe("sk-proj-...");
});

test("the page's env and volume snippets deliver", async () => {
  expect(await secretsIn("production")).toEqual({
    "assistant-openai-api-key": { value: "sk-proj-..." },
    "assistant-postgres-connection": { value: "canary-url" },
    "assistant-service-account-key": { value: "canary-key" },
  });
});

test("up again changes nothing", async () => {
  await expect(teamStack.up()).resolves.toMatchObject({ exitCode: 0, steps: [] });
  await expect(platformStack.up()).resolves.toMatchObject({ exitCode: 0, steps: [] });
});

test("all problems of a file are reported together, with no value, and nothing is touched", async () => {
  teamStack.write(
    "vantedge.yaml",
    `secrets:
  - { name: Bad_Name, workspace: production, value: canary-one }
  - { name: api-key, workspace: production, valu: canary-two }
  - { name: api-key, workspace: production, value: "" }
  - { name: other, workspace: production, value: { config: nothing } }
bindings:
  - name: tool
    workspace: production
    env: [{ name: KEY, valueFrom: { secretKeyRef: { name: unknown } } }]
`,
  );
  const { exitCode, errors, text } = await teamStack.up();
  expect(exitCode).toBe(1);
  expect(errors.join("\n").split("\n")).toEqual([
    expect.stringMatching(/^vantedge.yaml:2:13: secrets\[0\].name: must be 1 to 63 lower-case letters/),
    expect.stringMatching(/^vantedge.yaml:3:45: secrets\[1\].valu: unknown key: did you mean value\?$/),
    expect.stringMatching(
      /^vantedge.yaml:4:13: secrets\[2\].name: "api-key" is declared twice, first at vantedge.yaml:3:13/,
    ),
    expect.stringMatching(/^vantedge.yaml:4:52: secrets\[2\].value: is empty/),
    expect.stringMatching(/^vantedge.yaml:5:50: secrets\[3\].value: configuration key "nothing" is not set/),
    expect.stringMatching(
      /^vantedge.yaml:9:59: bindings\[0\].env\[0\].valueFrom.secretKeyRef.name: there is no secret "unknown"/,
    ),
  ]);
  expect(text).not.toContain("canary");
  expect(Object.keys(await secretsIn("production"))).toHaveLength(3);
});
