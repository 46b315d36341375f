import { askedOutsideOfJest } from "../support/fakeClusters";
import { aws } from "./support/aws";
import { eventually } from "./support/eventually";
import { conditionsOf, create, deleteNamespace, externalSecret, reader, secretStore } from "./support/externalSecrets";
import { kubernetes, secretsIn } from "./support/kubernetes";
import { Project } from "./support/project";
import { operatorRequestsDuring, requestsDuring } from "./support/requestLog";

/** Two workspaces on one cluster, with one operator. */
const mine = "operator-mine";
const other = "operator-other";
const roleArn = (workspace: string) => `arn:aws:iam::111122223333:role/${workspace}-reader`;

beforeAll(async () => {
  for (const workspace of [mine, other]) {
    await create(
      { apiVersion: "v1", kind: "Namespace", metadata: { name: workspace } },
      reader(workspace, "agent-reader", roleArn(workspace)),
      secretStore(workspace, "agent", `${workspace}/`, "agent-reader"),
    );
  }
});
afterAll(async () => {
  for (const workspace of [mine, other]) await deleteNamespace(workspace);
});

/** Of a secret that is made for it. */
async function firstVersion(name: string, SecretString: string): Promise<string> {
  return (await aws("secretsmanager", "CreateSecret", { Name: name, SecretString })).VersionId as string;
}

async function nextVersion(SecretId: string, SecretString: string): Promise<string> {
  return (await aws("secretsmanager", "PutSecretValue", { SecretId, SecretString })).VersionId as string;
}

async function valueOf(namespace: string, name: string): Promise<string | undefined> {
  return (await secretsIn(namespace))[name]?.value;
}

const arrives = (namespace: string, name: string, value: string, seconds?: number) =>
  eventually(
    () => valueOf(namespace, name),
    (found) => expect(found).toBe(value),
    seconds,
  );

test("a secret arrives in the namespace, read with the role of the reader's account and with no keys", async () => {
  await firstVersion(`${mine}/api-key`, "first");
  const { result, requests } = await operatorRequestsDuring(() =>
    requestsDuring(async () => {
      await create(externalSecret(mine, "api-key", "agent", { key: "api-key" }));
      await arrives(mine, "api-key", "first");
    }),
  );
  expect(requests).toContainEqual(
    expect.objectContaining({
      service: "unsigned",
      action: "AssumeRoleWithWebIdentity",
      parameters: expect.objectContaining({ RoleArn: roleArn(mine) }),
    }),
  );
  const reads = requests.filter(({ action }) => action === "GetSecretValue");
  expect(reads.length).toBeGreaterThan(0);
  for (const { principal, parameters } of reads) {
    expect(principal).toMatch(`:assumed-role/${mine}-reader/`);
    expect(parameters).toMatchObject({ SecretId: `${mine}/api-key` });
  }
  expect(JSON.stringify(requests)).not.toMatch(/first|eyJ/);
  expect(result.requests).toEqual([]);
});

test("a value that changes elsewhere arrives within the refresh interval", async () => {
  await nextVersion(`${mine}/api-key`, "second");
  await arrives(mine, "api-key", "second", 5);
});

test("a pinned version is delivered once and stays as it is", async () => {
  const old = await firstVersion(`${mine}/token`, "old");
  const pinned = (version: string, name: string) =>
    externalSecret(
      mine,
      name,
      "agent",
      { key: "token", version: `uuid/${version}` },
      { refreshPolicy: "CreatedOnce", target: { immutable: true } },
    );
  await create(pinned(old, "token-old"));
  await arrives(mine, "token-old", "old");
  const recent = await nextVersion(`${mine}/token`, "recent");
  // The other one is read again meanwhile, and shows that the operator is at work.
  await create(pinned(recent, "token-recent"), externalSecret(mine, "token-latest", "agent", { key: "token" }));
  await arrives(mine, "token-recent", "recent");
  await arrives(mine, "token-latest", "recent");
  expect(await valueOf(mine, "token-old")).toBe("old");
  const { body } = await kubernetes("GET", `/api/v1/namespaces/${mine}/secrets/token-old`);
  expect(body).toMatchObject({ immutable: true });
});

test("a secret of another workspace is not to be had, by its name nor by its ARN", async () => {
  await firstVersion(`${other}/jwt-secret`, "theirs");
  const { ARN } = await aws("secretsmanager", "DescribeSecret", { SecretId: `${other}/jwt-secret` });
  const ways = { name: "jwt-secret", path: `${other}/jwt-secret`, up: `../${other}/jwt-secret`, arn: ARN as string };
  const names = Object.keys(ways).map((way) => `stolen-by-${way}`);
  const { requests } = await operatorRequestsDuring(async () => {
    await create(externalSecret(other, "jwt-secret", "agent", { key: "jwt-secret" }));
    await create(
      ...Object.entries(ways).map(([way, key]) => externalSecret(mine, `stolen-by-${way}`, "agent", { key })),
    );
    await arrives(other, "jwt-secret", "theirs");
    for (const name of names) {
      await eventually(
        () => conditionsOf("ExternalSecret", mine, name),
        (conditions) => expect(conditions).toMatchObject([{ type: "Ready", status: "False" }]),
      );
    }
  });
  const asked = requests.filter(({ principal }) => principal?.includes(`:assumed-role/${mine}-reader/`));
  const keys = asked.filter(({ action }) => action === "GetSecretValue").map(({ parameters }) => parameters?.SecretId);
  expect(keys).toEqual(expect.arrayContaining(Object.values(ways).map((key) => `${mine}/${key}`)));
  for (const key of keys) expect(key).toMatch(new RegExp(`^${mine}/`));
  expect(Object.keys(await secretsIn(mine)).filter((name) => names.includes(name))).toEqual([]);
});

test("the operator tells what has arrived, and why the rest has not", async () => {
  const place = { kubeconfig: process.env.KUBECONFIG };
  const arrival = (name: string) => ({
    args: [place, { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", namespace: mine, name }, 2],
  });
  const answers = await askedOutsideOfJest("arrivalOf", [arrival("api-key"), arrival("stolen-by-arn")], {});
  expect(answers).toEqual([
    { isSynced: true },
    { isSynced: false, problem: expect.stringMatching(/^SecretSyncedError: could not get secret data from provider/) },
  ]);
});

describe("through the engine", () => {
  const awaited = "operator-awaited";
  const program = (key: string) => `
const { CustomResource } = require("@pulumi/kubernetes/apiextensions");
const { Namespace, ServiceAccount } = require("@pulumi/kubernetes/core/v1");

const namespace = new Namespace("namespace", { metadata: { name: "${awaited}" } }).metadata.name;
new ServiceAccount("reader", {
  metadata: { name: "reader", namespace, annotations: { "eks.amazonaws.com/role-arn": "${roleArn(awaited)}" } },
});
const apiVersion = "external-secrets.io/v1";
const annotations = { "pulumi.com/waitFor": "condition=Ready", "pulumi.com/timeoutSeconds": "5" };
const auth = { jwt: { serviceAccountRef: { name: "reader" } } };
const store = new CustomResource("store", {
  apiVersion,
  kind: "SecretStore",
  metadata: { name: "agent", namespace, annotations },
  spec: { provider: { aws: { service: "SecretsManager", region: "us-east-1", prefix: "${awaited}/", auth } } },
});
new CustomResource("awaited", {
  apiVersion,
  kind: "ExternalSecret",
  metadata: { name: "awaited", namespace, annotations },
  spec: {
    secretStoreRef: { name: "agent" },
    data: [{ secretKey: "value", remoteRef: { key: "${key}" } }],
  },
}, { dependsOn: [store] });
`;
  let project: Project;
  beforeAll(async () => {
    project = await Project.ofProgram("external-secrets", program("missing"));
  });
  afterAll(() => project.end());

  test("what is not ready in time is an error that names the object and says why", async () => {
    await expect(project.preview()).resolves.toMatchObject({ exitCode: 0 });
    const { exitCode, errors } = await project.up();
    expect(exitCode).not.toBe(0);
    expect(errors.join("\n")).toMatch(
      new RegExp(
        `ExternalSecret ${awaited}/awaited .*timed out waiting for the condition: Ready is False, not True .*SecretSyncedError`,
      ),
    );
  });

  test("the next update waits again, and is done when the Secret is there", async () => {
    await firstVersion(`${awaited}/api-key`, "there");
    project.write("index.js", program("api-key"));
    await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
    expect(await valueOf(awaited, "awaited")).toBe("there");
  });

  test("what the cluster fills in is no difference, and a second update changes nothing", async () => {
    const { exitCode, changes } = await project.refresh();
    expect({ exitCode, changes }).toEqual({ exitCode: 0, changes: { same: 5 } });
    await expect(project.up()).resolves.toMatchObject({ exitCode: 0, steps: [], changes: { same: 5 } });
  });

  test("what is deleted is gone, with all that the operator has to do for it", async () => {
    await expect(project.destroy()).resolves.toMatchObject({ exitCode: 0, errors: [] });
    expect((await kubernetes("GET", `/api/v1/namespaces/${awaited}`)).status).toBe(404);
  });
});
