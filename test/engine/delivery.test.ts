import { aws } from "./support/aws";
import { eventually } from "./support/eventually";
import { conditionsOf, create, externalSecret } from "./support/externalSecrets";
import { kubernetes, secretsIn } from "./support/kubernetes";
import { Project, type Run, root } from "./support/project";
import { operatorRequestsDuring } from "./support/requestLog";
import { type Change, changesSince, resourceVersion } from "./support/watched";

/** Two workspaces on one cluster, with one operator. */
const mine = "delivery-mine";
const other = "delivery-other";

/** Characters that a URL, a shell or YAML would take for something else. */
const password = "p@ss/w?rd +\"%&='$(A){{}}";
const dockerConfig = JSON.stringify({ auths: { "ghcr.io": { auth: "canary-registry" } } });
const config = { apiKey: "canary-first", password, dockerConfig, key: "canary-pem", theirs: "canary-theirs" };

const program = (...more: string[]) => `
const pulumi = require("@pulumi/pulumi");
const { Deployment } = require("@pulumi/kubernetes/apps/v1");
const { DeploymentBinding, Secret, Workspace } = require(${JSON.stringify(root)});

const config = new pulumi.Config();
const oidcProviderArn = "arn:aws:iam::111122223333:oidc-provider/kubernetes.default.svc.cluster.local";
const workspace = (namespace) => new Workspace(namespace, {
  organization: "Acme",
  aws: { region: "us-east-1", accountId: "111122223333" },
  kubernetes: { namespace, cluster: { eksIrsa: { oidcProviderArn } } },
}).ref;
const [mine, other] = ["${mine}", "${other}"].map(workspace);
const secret = (name, content, workspace = mine) =>
  new Secret(name, { workspace, recoveryWindowInDays: 0, ...content });
const apiKey = secret("api-key", { value: config.requireSecret("apiKey") });
const database = secret("database", {
  fields: { user: "app", password: config.requireSecret("password"), "db.host": "db.local" },
});
const certificate = secret("certificate", { fields: { certificate: "public", key: config.requireSecret("key") } });
const registry = secret("registry", { value: config.requireSecret("dockerConfig") });
const late = secret("late", {});
const theirs = secret("jwt-secret", { value: config.requireSecret("theirs") }, other);
const bind = (name, args, dependsOn, workspace = mine) =>
  new DeploymentBinding(name, { workspace, ...args }, { dependsOn });
const run = (name, binding) => new Deployment(name, binding.inject({
  metadata: { name, annotations: { "pulumi.com/skipAwait": "true" } },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: "main", image: "a:1" }] } },
  },
}));

run("agent", bind("agent", {
  env: {
    API_KEY: { secret: "api-key" },
    DB_USER: { secret: "database", field: "user" },
    URL: { secret: "database", template: "postgres://{{user}}:{{password | uri}}@{{db.host}}/app" },
  },
  envFrom: [{ secret: "database", prefix: "DB_" }],
  files: { "/etc/secrets": { secrets: ["api-key"], items: { password: { secret: "database", field: "password" } } } },
  imagePullSecrets: [{ secret: "registry" }],
  tls: [{ secret: "certificate" }],
}, [apiKey, database, certificate, registry]));
const latest = { refreshSeconds: 2 };
run("watcher", bind("watcher", { ...latest, env: { API_KEY: { secret: "api-key" } } }, [apiKey]));
run("late", bind("late", { ...latest, env: { LATE: { secret: "late" } } }, [late]));
bind("theirs", { env: { JWT: { secret: "jwt-secret" } } }, [theirs], other);
${more.join("\n")}
`;
const added = `run("added", bind("added", { env: { API_KEY: { secret: "api-key" } } }, [apiKey]));`;
const kept = `bind("kept", { ...latest, keepOnDestroy: true, env: { API_KEY: { secret: "api-key" } } }, [apiKey]);`;

interface Pod {
  containers: [
    {
      env: { name: string; valueFrom: { secretKeyRef: { name: string; key: string } } }[];
      envFrom: { prefix: string; secretRef: { name: string } }[];
    },
  ];
  volumes: { projected: { sources: { secret: { name: string; items: { key: string; path: string }[] } }[] } }[];
  imagePullSecrets: { name: string }[];
}
type Deployment = { spec: { template: { metadata: { annotations?: Record<string, string> }; spec: Pod } } };
/** What Reloader writes into a template. */
const isRestart =
  (name: string) =>
  ({ object }: Change<Deployment>) =>
    object.metadata.name === name &&
    "reloader.stakater.com/last-reloaded-from" in (object.spec.template.metadata.annotations ?? {});

const podOf = async (name: string): Promise<Pod> => {
  const { body } = await kubernetes("GET", `/apis/apps/v1/namespaces/${mine}/deployments/${name}`);
  return (body as Deployment).spec.template.spec;
};
/** Which Secret a variable is taken from. */
const secretOf = ({ containers }: Pod, variable: string) =>
  containers[0].env.find(({ name }) => name === variable)?.valueFrom.secretKeyRef.name as string;
const namesIn = async (namespace: string) => Object.keys(await secretsIn(namespace)).sort();
const inOrder = ({ steps }: Run) => [...steps].sort();
const put = (name: string, SecretString: string) =>
  aws("secretsmanager", "PutSecretValue", { SecretId: `vantedge/${mine}/${name}`, SecretString });
const arrives = (name: string, value: string, seconds: number) =>
  eventually(
    () => secretsIn(mine),
    (secrets) => expect(secrets[name]).toEqual({ value }),
    seconds,
  );
const customObjects = async (plural: string) => {
  const { body } = await kubernetes("GET", `/apis/external-secrets.io/v1/${plural}`);
  const { items } = body as { items: { metadata: { name: string; namespace: string } }[] };
  return items.filter(({ metadata }) => [mine, other].includes(metadata.namespace));
};

let project: Project;
beforeAll(async () => {
  project = await Project.ofProgram("delivery", program(), config);
});
afterAll(() => project.end());

describe("the first update", () => {
  test("waits for what has a value and for nothing else, and each binding's role reads its secrets alone", async () => {
    const { result, requests } = await operatorRequestsDuring(() => project.up());
    expect([result.errors, result.exitCode]).toEqual([[], 0]);
    const reads = requests.filter(({ action }) => action === "GetSecretValue");
    const by = reads.map(
      ({ principal, parameters }) => `${/:assumed-role\/([^/]+)/.exec(principal ?? "")?.[1]} ${parameters?.SecretId}`,
    );
    expect([...new Set(by)].sort()).toEqual([
      `vantedge-${mine}--agent vantedge/${mine}/api-key`,
      `vantedge-${mine}--agent vantedge/${mine}/certificate`,
      `vantedge-${mine}--agent vantedge/${mine}/database`,
      `vantedge-${mine}--agent vantedge/${mine}/registry`,
      `vantedge-${mine}--late vantedge/${mine}/late`,
      `vantedge-${mine}--watcher vantedge/${mine}/api-key`,
      `vantedge-${other}--theirs vantedge/${other}/jwt-secret`,
    ]);
  });

  test("the pods find each key under the name that they ask for, and no key that nobody uses", async () => {
    const { containers, volumes, imagePullSecrets } = await podOf("agent");
    const secrets = await secretsIn(mine);
    const url = `postgres://app:${encodeURIComponent(password).replace(/['()]/g, (one) => `%${one.charCodeAt(0).toString(16)}`)}@db.local/app`;
    const refs = containers[0].env.map(({ name, valueFrom: { secretKeyRef } }) => [name, secretKeyRef] as const);
    expect(Object.fromEntries(refs.map(([name, { name: from, key }]) => [name, secrets[from]?.[key]]))).toEqual({
      API_KEY: "canary-first",
      DB_USER: "app",
      URL: url,
    });
    const [{ prefix, secretRef } = { prefix: "", secretRef: { name: "" } }] = containers[0].envFrom;
    expect([prefix, secrets[secretRef.name]]).toEqual(["DB_", { user: "app", password, db_host: "db.local" }]);
    const files = volumes[0]?.projected.sources.map(({ secret: { name, items } }) => [
      items[0]?.path,
      secrets[name]?.[items[0]?.key as string],
    ]);
    expect(Object.fromEntries(files ?? [])).toEqual({ "api-key": "canary-first", password });
    expect(secrets[imagePullSecrets[0]?.name as string]).toEqual({ ".dockerconfigjson": dockerConfig });
    const ofDatabase = refs.find(([name]) => name === "DB_USER")?.[1].name as string;
    expect(Object.keys(secrets[ofDatabase] ?? {}).sort()).toEqual([
      "password",
      expect.stringMatching(/^template\./),
      "user",
    ]);
  });

  test("is as the cloud and the cluster have it: what they fill in is no difference", async () => {
    const { exitCode, changes } = await project.refresh();
    expect({ exitCode, changes }).toEqual({ exitCode: 0, changes: { same: expect.any(Number) } });
  });

  test("has a secret without a value bound already, and its first value arrives when somebody puts it in", async () => {
    expect(secretOf(await podOf("late"), "LATE")).toBe("late-late");
    expect(await namesIn(mine)).not.toContain("late-late");
    await put("late", "canary-late");
    await arrives("late-late", "canary-late", 60);
  });

  test("copies nothing of what Pulumi is told about an object to the Secret", async () => {
    const { body } = await kubernetes("GET", `/api/v1/namespaces/${mine}/secrets/watcher-api-key`);
    const { annotations, labels } = (body as { metadata: Record<string, Record<string, string>> }).metadata;
    expect(Object.keys({ ...annotations, ...labels }).filter((key) => /pulumi/.test(key))).toEqual([]);
    expect(labels).toMatchObject({ "vantedge.run/workspace": mine, "vantedge.run/binding": "watcher" });
  });

  test("leaves no value in clear, in the state nor in what the operator is told", async () => {
    const { text } = await project.export();
    const told = JSON.stringify([await customObjects("externalsecrets"), await customObjects("secretstores")]);
    expect(told).toContain("agent-api-key");
    for (const value of [...Object.values(config), ...Object.values(config).map((one) => JSON.stringify(one))]) {
      expect(text).not.toContain(value);
      expect(told).not.toContain(value);
    }
  });
});

test("the second update takes note of what was put in since, and does nothing besides", async () => {
  const run = await project.up();
  expect([run.errors, run.exitCode]).toEqual([[], 0]);
  expect(inOrder(run)).toEqual([
    "update kubernetes:external-secrets.io/v1:ExternalSecret late--late",
    "update kubernetes:rbac.authorization.k8s.io/v1:Role late-values",
  ]);
});

test("bindings that are added are made, and nothing else is touched", async () => {
  project.write("index.js", program(added, kept));
  const run = await project.up();
  expect([run.errors, run.exitCode]).toEqual([[], 0]);
  const made = ["added", "kept"].flatMap((name) => [
    `create aws:iam/role:Role ${name}-reader`,
    `create aws:iam/rolePolicy:RolePolicy ${name}-reader-access`,
    `create aws:iam/rolePolicy:RolePolicy ${name}-reader-isolation`,
    `create kubernetes:core/v1:ServiceAccount ${name}-reader`,
    `create kubernetes:rbac.authorization.k8s.io/v1:Role ${name}-values`,
    `create kubernetes:rbac.authorization.k8s.io/v1:RoleBinding ${name}-values`,
    `create kubernetes:external-secrets.io/v1:ExternalSecret ${name}--api-key`,
    `create kubernetes:external-secrets.io/v1:SecretStore ${name}-store`,
    `create vantedge-secrets:index:DeploymentBinding ${name}`,
  ]);
  expect(inOrder(run)).toEqual([...made, "create kubernetes:apps/v1:Deployment added"].sort());
  expect((await secretsIn(mine))[secretOf(await podOf("added"), "API_KEY")]).toEqual({ value: "canary-first" });
});

describe("a value that changes", () => {
  test("elsewhere: it arrives within the interval", async () => {
    await arrives("watcher-api-key", "canary-first", 0);
    await put("api-key", "canary-elsewhere");
    await arrives("watcher-api-key", "canary-elsewhere", 5);
  });

  test("in the program: it is in the namespace when the update ends, and pods are told of it after that", async () => {
    const secrets = `/api/v1/namespaces/${mine}/secrets`;
    const since = await resourceVersion(secrets);
    await project.configure("apiKey", "canary-second");
    const run = await project.up();
    expect([run.errors, run.exitCode]).toEqual([[], 0]);
    const bindings = ["added", "agent", "kept", "watcher"];
    expect(inOrder(run)).toEqual(
      [
        ...["replace", "create-replacement", "delete-replaced"].map(
          (op) => `${op} aws:secretsmanager/secretVersion:SecretVersion api-key-version`,
        ),
        ...bindings.map((name) => `update kubernetes:external-secrets.io/v1:ExternalSecret ${name}--api-key`),
        ...bindings.map((name) => `update kubernetes:rbac.authorization.k8s.io/v1:Role ${name}-values`),
      ].sort(),
    );
    const there = await secretsIn(mine);
    for (const name of bindings) expect([name, there[`${name}-api-key`]?.value]).toEqual([name, "canary-second"]);

    const told = await eventually(
      () => changesSince<Deployment>(`/apis/apps/v1/namespaces/${mine}/deployments`, since),
      (changes) => expect(changes.some(isRestart("watcher"))).toBe(true),
    );
    const value = Buffer.from("canary-second").toString("base64");
    const held = await changesSince<{ data?: Record<string, string> }>(secrets, since);
    const order = [
      held.find(({ object }) => object.metadata.name === "watcher-api-key" && object.data?.value === value),
      told.find(isRestart("watcher")),
    ].map((change) => Number(change?.object.metadata.resourceVersion));
    expect(order).toEqual([...order].sort((one, two) => one - two));
  });

  test("twice in a row: the last one stays; a binding goes, and what keepOnDestroy says stays", async () => {
    await project.configure("apiKey", "canary-third");
    project.write("index.js", program());
    await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
    await eventually(
      () => namesIn(mine),
      (names) =>
        expect(names.filter((name) => /^(agent-api-key|added|kept)/.test(name))).toEqual([
          "agent-api-key",
          "kept-api-key",
        ]),
    );
    const secrets = await secretsIn(mine);
    expect(secrets["agent-api-key"]).toEqual({ value: "canary-third" });
    expect(secrets["kept-api-key"]?.value).toMatch(/^canary-(second|third)$/);
    await arrives("watcher-api-key", "canary-third", 5);
  });
});

test("who writes ExternalSecrets in one workspace gets nothing of another one", async () => {
  const ways = ["jwt-secret", `vantedge/${other}/jwt-secret`, `../${other}/jwt-secret`];
  const asked = ways.map((key, index) => ({ key, name: `stolen-${index}` }));
  await create(...asked.map(({ key, name }) => externalSecret(mine, name, "agent", { key })));
  for (const { name } of asked) {
    await eventually(
      () => conditionsOf("ExternalSecret", mine, name),
      (conditions) => expect(conditions).toMatchObject([{ type: "Ready", status: "False" }]),
    );
  }
  expect((await namesIn(mine)).filter((name) => name.startsWith("stolen"))).toEqual([]);
  expect(Object.values(await secretsIn(other))).toContainEqual({ value: config.theirs });
});

test("destroy leaves nothing, also where somebody has made ExternalSecrets by hand", async () => {
  await expect(project.destroy()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  for (const namespace of [mine, other]) {
    expect((await kubernetes("GET", `/api/v1/namespaces/${namespace}`)).status).toBe(404);
  }
  expect([...(await customObjects("externalsecrets")), ...(await customObjects("secretstores"))]).toEqual([]);
});
