import { type DeliveredSecret, deliveredSecrets, nameOf } from "../../components/binding/delivered";
import { referencesOf } from "../../components/binding/references";
import { gcpInCluster } from "../../components/gcp/inCluster";
import { externalSecret as externalSecretOf } from "../../components/kubernetes/externalSecrets";
import type { DeploymentBindingArgs, WorkspaceRef } from "../../index";
import { eventually } from "./support/eventually";
import { conditionsOf, create, deleteNamespace } from "./support/externalSecrets";
import { type KubernetesObject, kubernetes, secretsIn } from "./support/kubernetes";

/**
 * What a binding on Google Cloud asks of the operator: to read a value once, and to take its fields out. The operator is
 * the real one; the store is its provider `fake`, since it reads no other Google Cloud than the real one.
 */
const namespace = "google-fields";
const workspace: WorkspaceRef = {
  name: "production",
  organization: "AI Startup",
  cloud: "gcp",
  projectId: "ai-startup-production",
  projectNumber: "111111111111",
  prefix: "vantedge",
  namespace,
  cluster: { gke: { location: "europe-west3", clusterName: "main" } },
};

const fields = {
  username: "app",
  password: 'p@ss w\\rd"{{ not a template }}',
  port: 5432,
  "tls.ca-file": "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n",
  value: "a field called value",
  nested: { b: [1, null], a: true },
};
const stored: Record<string, string> = {
  db: JSON.stringify(fields),
  whole: "no JSON: {",
  pair: JSON.stringify({ certificate: "CERT", key: "KEY" }),
  registry: '{"auths":{"registry.example.com":{"auth":"YTpi"}}}',
};

beforeAll(async () => {
  const data = Object.entries(stored).flatMap(([name, value]) => [
    { key: gcpInCluster.remote(workspace, name).key, value, version: "" },
    { key: gcpInCluster.remote(workspace, name).key, value: `${value}`, version: "7" },
  ]);
  await create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } }, {
    apiVersion: "external-secrets.io/v1",
    kind: "SecretStore",
    metadata: { name: "agent", namespace },
    spec: { provider: { fake: { data } } },
  } as KubernetesObject);
});
afterAll(() => deleteNamespace(namespace));

/** The ExternalSecrets of a binding, as it makes them. */
async function bind(binding: string, args: Partial<DeploymentBindingArgs>): Promise<DeliveredSecret[]> {
  const delivered = deliveredSecrets(referencesOf(args));
  for (const one of delivered) {
    const made = externalSecretOf({
      workspace,
      binding,
      delivered: one,
      cloud: gcpInCluster,
      pinned: false,
      versionId: undefined,
      fixedVersion: false,
      refreshSeconds: 5,
      keepOnDestroy: false,
      awaited: false,
      hasFieldValue: one.secretName === "db",
      apiVersion: "external-secrets.io/v1",
    });
    const object = JSON.parse(
      JSON.stringify({ ...made, spec: { ...made.spec, secretStoreRef: { kind: "SecretStore", name: "agent" } } }),
    );
    await create(object as KubernetesObject);
  }
  return delivered;
}

async function arrives(binding: string, [one]: DeliveredSecret[], expected: Record<string, string>): Promise<void> {
  const name = nameOf(binding, one as DeliveredSecret);
  await eventually(
    () => secretsIn(namespace),
    (secrets) => expect(secrets[name]).toEqual(expected),
  );
}

test("fields arrive byte for byte, under their names, and no others", async () => {
  const bound = await bind("fields", {
    env: { A: { secret: "db", field: "username" }, B: { secret: "db", field: "password" } },
    files: { "/tls": { items: { ca: { secret: "db", field: "tls.ca-file" } } } },
  });
  await arrives("fields", bound, {
    username: fields.username,
    password: fields.password,
    "tls.ca-file": fields["tls.ca-file"],
  });
});

test("what is no text arrives as JSON, and a field called value is not the whole", async () => {
  const bound = await bind("others", {
    env: {
      PORT: { secret: "db", field: "port" },
      NESTED: { secret: "db", field: "nested" },
      VALUE: { secret: "db", field: "value" },
    },
  });
  await arrives("others", bound, {
    port: "5432",
    nested: JSON.stringify({ a: true, b: [1, null] }),
    value: fields.value,
  });
});

test("a whole value that is no JSON arrives as it is", async () => {
  await arrives("whole", await bind("whole", { env: { A: { secret: "whole" } } }), { value: stored.whole as string });
});

test("templates are filled in, with what stands after a bar", async () => {
  const bound = await bind("templates", {
    env: { URL: { secret: "db", template: "pg://{{username}}:{{password | uri}}@{{port}}/{{value | json}}" } },
  });
  const [key] = Object.keys(bound[0]?.keys ?? {});
  await arrives("templates", bound, {
    [key as string]: 'pg://app:p%40ss%20w%5Crd%22%7B%7B%20not%20a%20template%20%7D%7D@5432/"a field called value"',
  });
});

test("certificates and image pulls", async () => {
  const certificates = await bind("tls", { tls: [{ secret: "pair" }] });
  await arrives("tls", certificates, { "tls.crt": "CERT", "tls.key": "KEY" });
  const pulls = await bind("pull", { imagePullSecrets: [{ secret: "registry" }] });
  await arrives("pull", pulls, { ".dockerconfigjson": stored.registry as string });
});

test("all fields as variables", async () => {
  const bound = await bind("all", { envFrom: [{ secret: "pair" }] });
  await arrives("all", bound, { certificate: "CERT", key: "KEY" });
});

test.each([
  ["missing", { secret: "db", field: "nowhere" }, "the value has no field nowhere"],
  ["no-fields", { secret: "whole", field: "username" }, "the value is not made of fields"],
])(
  "a field that is not there fails the sync, says its name, and delivers nothing: %s",
  async (binding, reference, reason) => {
    const [one] = await bind(binding, { env: { A: reference } });
    const name = nameOf(binding, one as DeliveredSecret);
    await eventually(
      () => conditionsOf("ExternalSecret", namespace, name),
      (conditions) => expect(conditions).toContainEqual(expect.objectContaining({ type: "Ready", status: "False" })),
    );
    const { body, text } = await kubernetes("GET", `/api/v1/namespaces/${namespace}/events`);
    const events = (body as { items: { involvedObject: { name: string }; message: string }[] }).items;
    const own = events.filter(({ involvedObject }) => involvedObject.name === name);
    expect(own.map(({ message }) => message)).toContainEqual(expect.stringContaining(reason));
    for (const value of ["p@ss", "no JSON"]) expect(text).not.toContain(value);
    expect(Object.keys(await secretsIn(namespace))).not.toContain(name);
  },
);
