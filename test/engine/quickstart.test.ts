import { readFileSync } from "node:fs";
import path from "node:path";
import { aws, iam } from "./support/aws";
import { eventually } from "./support/eventually";
import { kubernetes, secretsIn } from "./support/kubernetes";
import { Project, root } from "./support/project";
import { requestsDuring } from "./support/requestLog";

const values: Record<string, string> = {
  openaiApiKey: 'canary sk-proj-ÄÖ\n"quoted" $(not a command) ${nor a template}',
  databaseUsername: "canary-app",
  databasePassword: "canary p@ss'w\\rd",
  databaseUrl: "postgres://canary-app:p%40ss@db.internal:5432/customers?sslmode=require",
  stripeApiKey: "canary-sk_live_\u0000\u2028",
  openaiDevKey: "canary-dev",
  testDatabasePassword: "  canary with spaces  ",
  stripeTestKey: "canary-sk_test",
};

/** What Secrets Manager must hold, byte for byte. */
const stored: Record<string, string | undefined> = {
  "vantedge/production/openai-api-key": values.openaiApiKey,
  "vantedge/production/database-password": JSON.stringify({
    password: values.databasePassword,
    url: values.databaseUrl,
    username: values.databaseUsername,
  }),
  "vantedge/production/stripe-api-key": values.stripeApiKey,
  "vantedge/development/openai-dev-key": values.openaiDevKey,
  "vantedge/development/test-db-password": values.testDatabasePassword,
  "vantedge/development/stripe-test-key": values.stripeTestKey,
};

const everything = 91;

let project: Project;
beforeAll(async () => {
  project = await Project.ofFolder(path.join(root, "examples", "quickstart"), "lifecycle", values);
});
afterAll(() => project.end());

const texts: string[] = [];

test("a preview creates nothing and reads no value", async () => {
  const { result, requests } = await requestsDuring(() => project.preview());
  texts.push(result.text);
  expect(result).toMatchObject({ exitCode: 0, errors: [], warnings: [], changes: { create: everything } });
  expect(requests.map(({ action }) => action)).not.toContain("GetSecretValue");
  await expect(aws("secretsmanager", "ListSecrets", {})).resolves.toMatchObject({ SecretList: [] });
});

test("up provisions everything", async () => {
  const up = await project.up();
  texts.push(up.text);
  expect(up).toMatchObject({ exitCode: 0, errors: [], changes: { create: everything } });
});

test.each(Object.entries(stored))("the cloud holds %s byte for byte", async (name, value) => {
  const { SecretString } = await aws("secretsmanager", "GetSecretValue", { SecretId: name });
  expect(SecretString).toBe(value);
});

test("the cluster holds what is bound, byte for byte, and nothing else", async () => {
  expect(Object.values(await secretsIn("production")).sort(byText)).toEqual(
    [
      { url: values.databaseUrl },
      { value: values.openaiApiKey },
      { value: values.stripeApiKey },
      { password: values.databasePassword },
    ].sort(byText),
  );
  await expect(secretsIn("development")).resolves.toEqual({});
});

test("the agent refers to the Secrets that are there", async () => {
  const { env, volumeMounts } = (await agent()).template.spec.containers[0] as Container;
  const names = Object.keys(await secretsIn("production"));
  expect(env.map(({ name, valueFrom }) => [name, valueFrom.secretKeyRef.key])).toEqual([
    ["OPENAI_API_KEY", "value"],
    ["DATABASE_URL", "url"],
  ]);
  for (const { valueFrom } of env) expect(names).toContain(valueFrom.secretKeyRef.name);
  expect(volumeMounts).toEqual([expect.objectContaining({ mountPath: "/etc/secrets", readOnly: true })]);
});

test("up again changes nothing, and so does a refresh", async () => {
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, steps: [], changes: { same: everything } });
  const refreshed = await project.refresh();
  expect(refreshed).toMatchObject({ exitCode: 0, errors: [], changes: { same: everything } });
});

test("a preview of what is there reads no value either", async () => {
  const { result, requests } = await requestsDuring(() => project.preview());
  expect(result).toMatchObject({ exitCode: 0, steps: [] });
  expect(requests.map(({ action }) => action)).not.toContain("GetSecretValue");
});

test("a changed value is a new version of that secret, and rolls out to the agent", async () => {
  const secret = "vantedge/production/database-password";
  const before = (await aws("secretsmanager", "DescribeSecret", { SecretId: secret })).VersionIdsToStages as Stages;
  const others = await versions(secret);
  await project.configure("databaseUrl", "canary-changed");

  const up = await project.up();
  texts.push(up.text);
  expect(up.exitCode).toBe(0);
  const version = "aws:secretsmanager/secretVersion:SecretVersion production--database-password-version";
  const delivered = (binding: string) =>
    `kubernetes:external-secrets.io/v1:ExternalSecret production--${binding}--database-password`;
  const steps = [
    ...["create-replacement", "replace", "delete-replaced"].map((step) => `${step} ${version}`),
    ...["support-agent", "usage-report"].flatMap((binding) => [
      `update ${delivered(binding)}`,
      `update kubernetes:rbac.authorization.k8s.io/v1:Role production--${binding}-values`,
    ]),
  ];
  expect([...up.steps].sort()).toEqual(steps.sort());

  const after = (await aws("secretsmanager", "DescribeSecret", { SecretId: secret })).VersionIdsToStages as Stages;
  const [old] = Object.keys(before) as [string];
  expect(after[old]).toEqual(["AWSPREVIOUS"]);
  expect(Object.values(after).flat().sort()).toEqual(["AWSCURRENT", "AWSPREVIOUS"]);
  await expect(versions(secret)).resolves.toEqual(others);

  expect((await secretsIn("production"))["support-agent-database-password"]).toEqual({ url: "canary-changed" });
  await eventually(
    async () => (await agent()).template.metadata.annotations ?? {},
    (annotations) => expect(Object.keys(annotations)).toEqual(["reloader.stakater.com/last-reloaded-from"]),
  );
  await expect(project.up()).resolves.toMatchObject({ steps: [], changes: { same: everything } });
});

test("a password that is rotated past Pulumi is in every workload that binds it, with no pulumi up", async () => {
  const restart = (await agent()).template.metadata.annotations;
  const fields = { password: "canary-rotated", url: "canary-rotated-url", username: "canary-app" };
  await aws("secretsmanager", "PutSecretValue", {
    SecretId: "vantedge/production/database-password",
    SecretString: JSON.stringify(fields),
  });
  await eventually(
    () => secretsIn("production"),
    (secrets) =>
      expect(secrets).toMatchObject({
        "support-agent-database-password": { url: "canary-rotated-url" },
        "usage-report-database-password": { password: "canary-rotated" },
      }),
  );
  // Pods start anew, when Reloader has waited for what else may change.
  await eventually(
    agent,
    ({ paused = false, template }) =>
      expect([paused, template.metadata.annotations]).toEqual([false, expect.not.objectContaining({ ...restart })]),
    60,
  );
  const up = await project.up();
  texts.push(up.text);
  expect(up.infos).toContain(
    'DeploymentBinding "production--support-agent": database-password has a newer version than at the last pulumi up: Reloader restarts the pods with its annotation',
  );
  await expect(project.up()).resolves.toMatchObject({ steps: [], changes: { same: everything } });
});

describe("what is changed behind the engine's back is shown by a refresh and mended by up", () => {
  const role = "vantedge-production-member";
  const drifts: [string, () => Promise<unknown>, string, () => Promise<unknown>, unknown][] = [
    [
      "an object edited",
      () =>
        kubernetes("PATCH", "/apis/apps/v1/namespaces/production/deployments/support-agent", {
          spec: { template: { spec: { containers: [{ name: "agent", image: "registry.example.com/intruder:9" }] } } },
        }),
      "update kubernetes:apps/v1:Deployment support-agent",
      async () => {
        return ((await agent()).template.spec.containers[0] as Container).image;
      },
      "registry.example.com/support-agent:1.0",
    ],
    [
      "a policy removed",
      () => iam("DeleteRolePolicy", { RoleName: role, PolicyName: "isolation" }),
      "delete aws:iam/rolePolicy:RolePolicy production-member-isolation",
      async () => (await iam("GetRolePolicy", { RoleName: role, PolicyName: "isolation" })).includes("IsoName"),
      true,
    ],
    [
      "a tag changed",
      () =>
        aws("secretsmanager", "TagResource", {
          SecretId: "vantedge/production/openai-api-key",
          Tags: [{ Key: "vantedge-workspace", Value: "development" }],
        }),
      "update aws:secretsmanager/secret:Secret production--openai-api-key",
      async () => {
        const { Tags } = await aws("secretsmanager", "DescribeSecret", {
          SecretId: "vantedge/production/openai-api-key",
        });
        return (Tags as { Key: string; Value: string }[]).find(({ Key }) => Key === "vantedge-workspace")?.Value;
      },
      "production",
    ],
  ];

  test.each(drifts)("%s", async (_, change, shown, look, mended) => {
    await change();
    expect(await look()).not.toEqual(mended);
    const refreshed = await project.refresh();
    const kinds = Object.keys(refreshed.changes).sort();
    expect(kinds).toEqual(["same", shown.split(" ")[0]].sort());
    const up = await project.up();
    expect(up.exitCode).toBe(0);
    expect(up.steps).toHaveLength(1);
    expect(await look()).toEqual(mended);
    await expect(project.up()).resolves.toMatchObject({ steps: [], changes: { same: everything } });
  });
});

test("no value is in clear in the state, the export, the logs or what the CLI printed", async () => {
  const { text } = await project.export();
  const places = { export: text, printed: texts.join("\n"), state: stateFiles(), requestLog: requestLog() };
  for (const [place, content] of Object.entries(places)) {
    expect([place, content.length > 100]).toEqual([place, true]);
    expect([place, content.includes("canary")]).toEqual([place, false]);
  }
});

test("destroy leaves nothing but keys that wait for their deletion", async () => {
  const { resources } = await project.export();
  const keys = resources
    .filter(({ type }) => type === "aws:kms/key:Key")
    .map(({ outputs }) => outputs?.keyId as string);
  await expect(project.destroy()).resolves.toMatchObject({ exitCode: 0, errors: [], changes: { delete: everything } });
  await expect(aws("secretsmanager", "ListSecrets", { IncludePlannedDeletion: true })).resolves.toMatchObject({
    SecretList: [],
  });
  expect(await iam("ListRoles", { PathPrefix: "/vantedge/" })).not.toContain("<RoleName>");
  const { Aliases } = await aws("kms", "ListAliases", {});
  expect(
    (Aliases as { AliasName: string }[]).filter(({ AliasName }) => AliasName.startsWith("alias/vantedge-")),
  ).toEqual([]);
  for (const namespace of ["production", "development"]) {
    expect((await kubernetes("GET", `/api/v1/namespaces/${namespace}`)).status).toBe(404);
  }
  await expect(Promise.all(keys.map(keyState))).resolves.toEqual(["PendingDeletion", "PendingDeletion"]);
});

interface Container {
  image: string;
  env: { name: string; valueFrom: { secretKeyRef: { name: string; key: string } } }[];
  volumeMounts: object[];
}
interface Deployment {
  spec: {
    paused?: boolean;
    template: { metadata: { annotations?: Record<string, string> }; spec: { containers: Container[] } };
  };
}

async function agent(): Promise<Deployment["spec"]> {
  const { body } = await kubernetes("GET", "/apis/apps/v1/namespaces/production/deployments/support-agent");
  return (body as Deployment).spec;
}
type Stages = Record<string, string[]>;

function byText(a: object, b: object): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

/** The version ids of every secret but one. */
async function versions(besides: string): Promise<unknown[]> {
  const names = Object.keys(stored).filter((name) => name !== besides);
  return Promise.all(
    names.map(async (name) => (await aws("secretsmanager", "DescribeSecret", { SecretId: name })).VersionIdsToStages),
  );
}

async function keyState(KeyId: string): Promise<unknown> {
  const { KeyMetadata } = await aws("kms", "DescribeKey", { KeyId });
  return (KeyMetadata as { KeyState: string }).KeyState;
}

function requestLog(): string {
  return readFileSync(process.env.VANTEDGE_REQUEST_LOG as string, "utf8");
}

function stateFiles(): string {
  const folder = (process.env.PULUMI_BACKEND_URL as string).replace("file://", "");
  return readFileSync(path.join(folder, ".pulumi", "stacks", "vantedge-quickstart", "lifecycle.json"), "utf8");
}
