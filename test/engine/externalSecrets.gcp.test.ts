import { readFileSync } from "node:fs";
import path from "node:path";
import { shortHash } from "../../components/binding/delivered";
import { DeploymentBinding, type DeploymentBindingArgs, type WorkspaceRef } from "../../index";
import { gcpAnswers, gke } from "../support/gke";
import { run } from "../support/mocks";
import { eventually } from "./support/eventually";
import { conditionsOf, create, deleteNamespace } from "./support/externalSecrets";
import { type KubernetesObject, kubernetes, secretsIn } from "./support/kubernetes";

/**
 * What bindings on Google Cloud ask of External Secrets, and what the operator makes of it. In place of Google there is
 * a store that has the values in it: https://external-secrets.io/latest/provider/fake/
 */
const namespace = "google-templates";
const workspace: WorkspaceRef = { ...gke, namespace };

const database = {
  user: "app",
  password: "p@ss w/rd+&<{{ .user }}>",
  quoted: 'say "hi" to C:\\',
  "user-name": "with-hyphen",
  "tls.ca-file": "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n",
  "db.host": "db.local",
  db: { host: "not-this" },
  value: "a field of that name",
  port: 5432,
  id: 9007199254740991,
  ratio: -0.5,
  isOn: true,
  list: ["a&b", 1],
  none: null,
  empty: "",
};
const stored: Record<string, string> = {
  database: JSON.stringify(database),
  "api-key": 'sk-{{ "not a template" }}',
  text: "no JSON: { but a canary-of-text",
  list: '["canary-of-list"]',
  number: '{"id": 90071992547409931}',
  certificate: JSON.stringify({ certificate: "CERT\nIFICATE\n", key: "KEY\n" }),
  registry: '{"auths":{"ghcr.io":{"auth":"YQ=="}}}',
};

type Args = Partial<DeploymentBindingArgs>;
interface Emitted extends KubernetesObject {
  spec: { provider?: object };
}

/** Makes in the cluster what a binding makes for the operator, with the store changed for the one that has the values. */
async function deliver(bindingName: string, args: Args): Promise<string[]> {
  const { resources } = await run(
    () => {
      new DeploymentBinding(bindingName, { workspace, freshness: "latest", ...args });
    },
    { calls: gcpAnswers },
  );
  const emitted = resources.map(({ inputs }) => inputs as unknown as Emitted);
  const store = emitted.find(({ kind }) => kind === "SecretStore") as Emitted;
  const externalSecrets = emitted.filter(({ kind }) => kind === "ExternalSecret");
  await create({ ...store, spec: { provider: { fake: { data: data() } } } } as KubernetesObject, ...externalSecrets);
  return externalSecrets.map(({ metadata }) => metadata.name);
}

/** By the ids that Google's secrets have: the latest, and version 7. */
function data(): object[] {
  return Object.entries(stored).flatMap(([name, value]) => {
    const key = `vantedge--production--${name}`;
    return [
      { key, value },
      { key, value: `${value} of version 7`, version: "7" },
    ];
  });
}

const delivered = (name: string, expected: Record<string, string>) =>
  eventually(
    () => secretsIn(namespace),
    (secrets) => expect(secrets[name]).toEqual(expected),
    10,
  );

/** Why there is no Secret: what `kubectl describe` shows once the operator has tried. */
async function refusals(name: string): Promise<string[]> {
  await eventually(
    () => conditionsOf("ExternalSecret", namespace, name),
    (found) => expect(found).toMatchObject([{ type: "Ready", status: "False", reason: "SecretSyncedError" }]),
  );
  expect(Object.keys(await secretsIn(namespace))).not.toContain(name);
  const events = `/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.name=${name}`;
  return eventually(
    async () => ((await kubernetes("GET", events)).body as { items: { message: string }[] }).items,
    (found) => expect(found).not.toEqual([]),
  ).then((found) => found.map(({ message }) => message));
}

beforeAll(() => create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }));
afterAll(() => deleteNamespace(namespace));

const field = (name: string) => ({ secret: "database", field: name });
const filled = (template: string) => ({ secret: "database", template });

/** What variables bind, and what the one key of the Secret then holds. */
const one: Record<string, [DeploymentBindingArgs["env"] & object, string]> = {
  "a whole value, which is no template": [{ A: { secret: "api-key" } }, stored["api-key"] as string],
  "a whole value that is JSON, as it is": [{ A: { secret: "list" } }, '["canary-of-list"]'],
  "a field": [{ A: field("user") }, "app"],
  "a field that looks like a template": [{ A: field("password") }, database.password],
  "a field with quotes and a backslash": [{ A: field("quoted") }, database.quoted],
  "a field of several lines": [{ A: field("tls.ca-file") }, database["tls.ca-file"]],
  "a whole value that is no JSON": [{ A: { secret: "text" } }, stored.text as string],
  "a field with a hyphen": [{ A: field("user-name") }, "with-hyphen"],
  "a field with a dot, and not one inside of another": [{ A: field("db.host") }, "db.local"],
  "a field called value": [{ A: field("value") }, "a field of that name"],
  "a field that is empty": [{ A: field("empty") }, ""],
  "a number": [{ A: field("port") }, "5432"],
  "the largest number that is exact": [{ A: field("id") }, "9007199254740991"],
  "a fraction": [{ A: field("ratio") }, "-0.5"],
  "yes or no": [{ A: field("isOn") }, "true"],
  "an object, as JSON": [{ A: field("db") }, '{"host":"not-this"}'],
  "a list, as JSON": [{ A: field("list") }, '["a&b",1]'],
  "nothing, as JSON": [{ A: field("none") }, "null"],
  "a template": [{ A: filled("{{user}}:{{ db.host }}/{{port}}") }, "app:db.local/5432"],
  "a template for a URL": [
    { A: filled("pg://{{user|uri}}:{{password | uri}}@{{db.host}}/app") },
    "pg://app:p%40ss%20w%2Frd%2B%26%3C%7B%7B%20.user%20%7D%7D%3E@db.local/app",
  ],
  "a template with braces of its own, and JSON": [
    { A: filled('{"{{user}}": {{quoted | json}}}') },
    '{"app": "say \\"hi\\" to C:\\\\"}',
  ],
  "a template in base64": [
    { A: filled("Basic {{password|base64}}") },
    `Basic ${Buffer.from(database.password).toString("base64")}`,
  ],
  // No field of that name is bound, so it stands for the whole.
  "a template of a whole value that is JSON": [
    { A: { secret: "list", template: "{{value | base64}}" } },
    Buffer.from(stored.list as string).toString("base64"),
  ],
  "a template of a whole value": [
    { A: { secret: "api-key", template: "Bearer {{value}}" } },
    `Bearer ${stored["api-key"]}`,
  ],
};

test("each way to refer to a value is delivered as it is meant", async () => {
  const names = Object.entries(one);
  const secrets = await Promise.all(names.map(([, [env]], index) => deliver(`one-${index}`, { env })));
  await eventually(
    () => secretsIn(namespace),
    (found) =>
      expect(
        Object.fromEntries(names.map(([what], index) => [what, Object.values(found[secrets[index]?.[0] ?? ""] ?? {})])),
      ).toEqual(Object.fromEntries(names.map(([what, [, text]]) => [what, [text]]))),
  );
});

test("what is bound of one secret is one object, each key with its own", async () => {
  const env = { USER: field("user"), NAME: filled("{{value}} of {{user-name}}"), VALUE: field("value") };
  const [name] = await deliver("several", { env, files: { "/etc/db": { items: { "port.txt": field("port") } } } });
  await delivered(name as string, {
    user: "app",
    value: "a field of that name",
    port: "5432",
    [`template.${shortHash("{{value}} of {{user-name}}")}`]: "a field of that name of with-hyphen",
  });
});

test("a whole value beside its fields", async () => {
  const [name] = await deliver("whole", {
    env: { A: { secret: "registry" }, B: { secret: "registry", field: "auths" } },
  });
  await delivered(name as string, { value: stored.registry as string, auths: '{"ghcr.io":{"auth":"YQ=="}}' });
});

test("all fields as variables, under names that variables can have", async () => {
  const [name] = await deliver("all", { envFrom: [{ secret: "database" }] });
  const {
    port,
    id,
    ratio,
    isOn,
    list,
    none,
    db,
    "user-name": hyphen,
    "db.host": dot,
    "tls.ca-file": ca,
    ...texts
  } = database;
  await delivered(name as string, {
    ...texts,
    user_name: hyphen,
    db_host: dot,
    tls_ca_file: ca,
    db: JSON.stringify(db),
    port: "5432",
    id: String(id),
    ratio: "-0.5",
    isOn: "true",
    list: JSON.stringify(list),
    // As External Secrets reads it, here as on AWS.
    none: "",
  });
});

test("certificates and image pulls are Secrets of the types that Kubernetes knows", async () => {
  const names = await deliver("typed", {
    tls: [{ secret: "certificate" }],
    imagePullSecrets: [{ secret: "registry" }],
  });
  expect(names.sort()).toEqual(["typed-certificate--tls", "typed-registry--pull"]);
  await delivered("typed-certificate--tls", { "tls.crt": "CERT\nIFICATE\n", "tls.key": "KEY\n" });
  await delivered("typed-registry--pull", { ".dockerconfigjson": stored.registry as string });
  const { body } = await kubernetes("GET", `/api/v1/namespaces/${namespace}/secrets`);
  const types = (body as { items: { metadata: { name: string }; type: string }[] }).items.map(
    ({ metadata, type }) => [metadata.name, type] as const,
  );
  expect(Object.fromEntries(types)).toMatchObject({
    "typed-certificate--tls": "kubernetes.io/tls",
    "typed-registry--pull": "kubernetes.io/dockerconfigjson",
  });
});

test("a pinned version is read by its number", async () => {
  const values = { "api-key": { versionId: "7@2026-11-25T15:01:23.004Z" } };
  const [name] = await deliver("pinned", { env: { A: { secret: "api-key" } }, freshness: "pinned", values });
  await delivered(name as string, { value: `${stored["api-key"]} of version 7` });
});

/** What must be seen nowhere. */
const secret = /canary|p@ss|db\.local|9007199/;

/** What can't be delivered, and what the operator says then: the name of the field, and nothing of a value. */
test.each<[string, DeploymentBindingArgs["env"] & object, string]>([
  ["a missing field", { A: field("missing") }, "the value has no field missing"],
  [
    "a missing field beside others",
    { A: field("user"), B: field("also.missing") },
    "the value has no field also.missing",
  ],
  ["a missing field in a template", { A: filled("{{user}}@{{no-host | uri}}") }, "the value has no field no-host"],
  ["a field inside of another", { A: field("db.port") }, "the value has no field db.port"],
  ["a field of a text", { A: { secret: "text", field: "user" } }, "the value is not made of fields"],
  ["a field of a list", { A: { secret: "list", field: "0" } }, "the value is not made of fields"],
  [
    "a number with more digits than are read",
    { A: { secret: "number", field: "id" } },
    "field id is a number with too many digits",
  ],
])("%s fails the sync and says so", async (what, env, expected) => {
  const [name] = await deliver(`no-${shortHash(what)}`, { env });
  const messages = await refusals(name as string);
  expect(messages).toContainEqual(expect.stringContaining(`error calling fail: ${expected}`));
  expect(messages.join("\n")).not.toMatch(secret);
});

test("the operator's log has no value in it", () => {
  const log = readFileSync(
    path.join(process.env.VANTEDGE_LOCAL_CLOUD as string, "logs", "external-secrets.log"),
    "utf8",
  );
  expect(log).toContain("the value has no field missing");
  expect(log).not.toMatch(secret);
});
