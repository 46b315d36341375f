import { shortHash } from "../../../components/binding/delivered";
import { DeploymentBinding, Secret, type SecretArgs } from "../../../index";
import { bindingLabels, bound, irsa, outputs } from "../../support/bindings";
import { accountId, canary, ref } from "../../support/fixtures";
import { arrivalOf, type Calls, leaks, named, only, run, summary } from "../../support/mocks";

const storeType = "kubernetes:external-secrets.io/v1:SecretStore";
const externalType = "kubernetes:external-secrets.io/v1:ExternalSecret";
const getVersions = "aws:secretsmanager/getSecretVersions:getSecretVersions";
const current: Calls = {
  [getVersions]: ({ secretId }) => ({
    versions: [{ versionId: `current-of-${secretId}`, versionStages: ["AWSCURRENT"] }],
  }),
};
const patchForce = { "pulumi.com/patchForce": "true" };
const remote = { conversionStrategy: "Default", decodingStrategy: "None", metadataPolicy: "None" };
const target = (name: string, version: string) => ({
  name,
  creationPolicy: "Owner",
  deletionPolicy: "Retain",
  template: {
    engineVersion: "v2",
    mergePolicy: "Replace",
    type: "Opaque",
    metadata: { labels: bindingLabels, annotations: { "vantedge.run/requested-version": version } },
  },
});
const currentOf = (name: string) => `current-of-vantedge/production/${name}`;
const pinned = { freshness: "pinned" } as const;

test("a binding is a store, one ExternalSecret for each secret, and the identity that reads; no Secret, no value", async () => {
  const { resources } = await bound(
    { env: { A: { secret: "a" }, B: { secret: "b", field: "f" } } },
    { calls: current },
  );
  expect(summary(resources).sort()).toEqual([
    "aws:iam/role:Role agent-reader",
    "aws:iam/rolePolicy:RolePolicy agent-reader-access",
    "aws:iam/rolePolicy:RolePolicy agent-reader-isolation",
    "kubernetes:core/v1:ServiceAccount agent-reader",
    `${externalType} agent--a`,
    `${externalType} agent--b`,
    `${storeType} agent-store`,
    "kubernetes:rbac.authorization.k8s.io/v1:Role agent-values",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding agent-values",
    "vantedge-secrets:index:DeploymentBinding agent",
  ]);
});

test("the store is in the namespace, puts the workspace's prefix before every key, and has the binding's own identity", async () => {
  const { resources } = await bound({}, { calls: current });
  expect(only(resources, storeType).inputs).toEqual({
    apiVersion: "external-secrets.io/v1",
    kind: "SecretStore",
    metadata: { name: "agent", namespace: "apps", labels: bindingLabels, annotations: patchForce },
    spec: {
      provider: {
        aws: {
          service: "SecretsManager",
          region: "us-east-1",
          prefix: "vantedge/production/",
          auth: { jwt: { serviceAccountRef: { name: "agent-reader" } } },
        },
      },
    },
  });
});

test("latest: no version, read again and again", async () => {
  const { resources, result } = await bound({ refreshSeconds: 3600 }, { calls: current });
  expect(only(resources, externalType).inputs).toEqual({
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name: "agent-a", namespace: "apps", labels: bindingLabels, annotations: patchForce },
    spec: {
      secretStoreRef: { kind: "SecretStore", name: "agent" },
      refreshPolicy: "Periodic",
      refreshInterval: expect.stringMatching(/^(5[7-9]m\d+s|1h0m0s)$/),
      target: target("agent-a", currentOf("a")),
      data: [{ secretKey: "value", remoteRef: { key: "a", ...remote } }],
    },
  });
  expect(result.env).toEqual([{ name: "A", valueFrom: { secretKeyRef: { name: "agent-a", key: "value" } } }]);
});

test("pinned: the version that is current in this update, whatever the program says, read once", async () => {
  const { resources, result } = await bound({ ...pinned, values: { a: { versionId: "v-1" } } }, { calls: current });
  expect(only(resources, externalType).inputs.spec).toEqual({
    secretStoreRef: { kind: "SecretStore", name: "agent" },
    refreshPolicy: "OnChange",
    refreshInterval: expect.stringMatching(/^(2m5\d|3m0)s$/),
    target: target("agent-a", currentOf("a")),
    data: [{ secretKey: "value", remoteRef: { key: "a", ...remote, version: `uuid/${currentOf("a")}` } }],
  });
  expect(result.env).toEqual([{ name: "A", valueFrom: { secretKeyRef: { name: "agent-a", key: "value" } } }]);
});

test("fields are one read each time, templates are filled by the operator", async () => {
  const template = "postgres://{{user}}:{{password | uri}}@db/app";
  const env = { URL: { secret: "a", template }, USER: { secret: "a", field: "user" } };
  const { resources, result } = await bound({ env }, { calls: current });
  const { spec } = only(resources, externalType).inputs as { spec: { data: object[]; target: { template: object } } };
  const property = (field: string) => ({
    secretKey: field,
    remoteRef: { key: "a", ...remote, property: field },
  });
  const key = `template.${shortHash(template)}`;
  expect(spec.data).toEqual([property("user"), property("password")]);
  expect(spec.target.template).toMatchObject({
    data: {
      [key]: 'postgres://{{ index . "user" }}:{{ index . "password" | urlquery | replace "+" "%20" }}@db/app',
      user: '{{ index . "user" }}',
    },
  });
  expect(result.env.map((one: { valueFrom: object }) => one.valueFrom)).toEqual(
    [key, "user"].map((one) => ({ secretKeyRef: { name: "agent-a", key: one } })),
  );
});

test("all fields as variables, certificates and image pulls are Secrets of their own", async () => {
  const more = {
    env: {},
    envFrom: [{ secret: "a", prefix: "DB_", optional: true }],
    tls: [{ secret: "cert" }],
    imagePullSecrets: [{ secret: "registry" }],
  };
  const { resources, result } = await bound({ ...more, ...pinned }, { calls: current });
  expect(Object.keys(named(resources, externalType)).sort()).toEqual([
    "agent--a--env",
    "agent--cert--tls",
    "agent--registry--pull",
  ]);
  const specOf = (name: string) =>
    only(resources, externalType, name).inputs.spec as { target: { template: Record<string, unknown> } };
  expect(specOf("agent--a--env")).toMatchObject({
    dataFrom: [
      {
        extract: { key: "a", ...remote, version: `uuid/${currentOf("a")}` },
        rewrite: [{ regexp: { source: "[^a-zA-Z0-9_]", target: "_" } }],
      },
    ],
  });
  expect(specOf("agent--a--env")).not.toHaveProperty("data");
  expect(specOf("agent--cert--tls").target.template).toMatchObject({
    type: "kubernetes.io/tls",
    data: { "tls.crt": '{{ index . "certificate" }}', "tls.key": '{{ index . "key" }}' },
  });
  expect(specOf("agent--registry--pull").target.template).toMatchObject({
    type: "kubernetes.io/dockerconfigjson",
    data: { ".dockerconfigjson": '{{ index . "value" }}' },
  });
  expect(result).toMatchObject({
    envFrom: [{ prefix: "DB_", secretRef: { name: "agent-a--env", optional: true } }],
    tlsSecretNames: { cert: "agent-cert--tls" },
    imagePullSecrets: [{ name: "agent-registry--pull" }],
  });
});

test("an adopted secret is asked for by its ARN, through a store without the prefix", async () => {
  const arn = `arn:aws:secretsmanager:us-east-1:${accountId}:secret:legacy/db-AbCdEf`;
  const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/legacy`;
  const workspace = { ...irsa, adopted: [{ secretName: "old", arn, keyArn }] };
  const env = { A: { secret: "a" }, OLD: { secret: "old" } };
  const { resources } = await bound({ workspace, env }, { calls: current });
  const providerOf = (name: string) =>
    (only(resources, storeType, name).inputs.spec as { provider: { aws: { prefix?: string } } }).provider.aws;
  expect(providerOf("agent-store").prefix).toBe("vantedge/production/");
  expect(providerOf("agent--adopted-store")).not.toHaveProperty("prefix");
  expect(only(resources, externalType, "agent--old").inputs).toMatchObject({
    spec: { secretStoreRef: { name: "agent--adopted" }, data: [{ remoteRef: { key: arn } }] },
  });
});

const versionId = "1".repeat(36);
const lambdaArn = `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production--rotator`;
const versions = {
  [getVersions]: () => ({ versions: [{ versionId, versionStages: ["AWSCURRENT"], createdTime: "" }] }),
};

test.each<[string, Partial<SecretArgs>, object]>([
  ["written here", { value: canary }, { refreshPolicy: "Periodic" }],
  ["rotated", { value: canary, rotation: { lambdaArn, intervalDays: 7 } }, { refreshPolicy: "Periodic" }],
  ["pinned to an old version", { pinVersion: versionId }, { refreshPolicy: "OnChange", version: `uuid/${versionId}` }],
  ["put in by hand", {}, { refreshPolicy: "Periodic" }],
])("a Secret of this program that is %s decides by itself how it is delivered", async (_, args, expected) => {
  const outcome = await run(
    () => {
      const db = new Secret("db", { workspace: ref, ...args });
      new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret: "db" } } }, { dependsOn: [db] });
    },
    { calls: versions },
  );
  const { spec } = only(outcome.resources, externalType).inputs as {
    spec: { refreshPolicy: string; data: { remoteRef: { version?: string } }[] };
  };
  const { version } = spec.data[0]?.remoteRef ?? {};
  expect({ refreshPolicy: spec.refreshPolicy, ...(version && { version }) }).toEqual(expected);
  expect(leaks(outcome, canary)).toEqual([]);
});

test("what has no value yet is not awaited, and is delivered when it has one", async () => {
  const { resources } = await run(
    () => {
      const db = new Secret("db", { workspace: ref });
      new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret: "db" } } }, { dependsOn: [db] });
    },
    { calls: { [getVersions]: () => ({ versions: [] }) } },
  );
  expect(only(resources, externalType).inputs.spec).toMatchObject({ target: target("agent-db", "none") });
  expect(arrivalOf).not.toHaveBeenCalled();
});

test("a pinned version stays pinned beside a secret that is rotated", async () => {
  const { resources } = await run(
    () => {
      const db = new Secret("db", { workspace: ref, pinVersion: versionId });
      const token = new Secret("token", { workspace: ref, value: "v", rotation: { lambdaArn, intervalDays: 7 } });
      const env = { A: { secret: "db" }, B: { secret: "token" } };
      new DeploymentBinding("agent", { workspace: irsa, env }, { dependsOn: [db, token] });
    },
    { calls: versions },
  );
  expect(only(resources, externalType, "agent--db").inputs).toMatchObject({
    spec: { refreshPolicy: "OnChange", data: [{ remoteRef: { version: `uuid/${versionId}` } }] },
  });
  expect(only(resources, externalType, "agent--token").inputs).toMatchObject({
    spec: { data: [{ remoteRef: expect.not.objectContaining({ version: expect.anything() }) }] },
  });
});

test("a preview shows all but the version", async () => {
  const program = () => {
    const a = new Secret("a", { workspace: ref, value: canary });
    return outputs(
      new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret: "a" } } }, { dependsOn: [a] }),
    );
  };
  const [update, preview] = [await run(program, { calls: current }), await run(program, { preview: true })];
  expect(summary(preview.resources).sort()).toEqual(summary(update.resources).sort());
  expect(only(preview.resources, externalType).inputs).toMatchObject({
    metadata: { namespace: "apps" },
    spec: { refreshPolicy: "Periodic", data: [{ remoteRef: { key: "a" } }] },
  });
  expect(leaks(preview, canary)).toEqual([]);
});

test("what is kept on destroy has no owner that takes it away", async () => {
  const { resources } = await bound({ keepOnDestroy: true }, { calls: current });
  expect(only(resources, externalType).inputs).toMatchObject({ spec: { target: { creationPolicy: "Orphan" } } });
});

test("API versions are one argument", async () => {
  const apiVersions = { externalSecrets: "external-secrets.io/v2" };
  const { resources } = await bound({ apiVersions }, { calls: current });
  expect(summary(resources)).toContain("kubernetes:external-secrets.io/v2:ExternalSecret agent--a");
  expect(summary(resources)).toContain("kubernetes:external-secrets.io/v2:SecretStore agent-store");
});

test("bindings made together do not read together", async () => {
  const intervals = await Promise.all(
    ["one", "two", "three"].map(async (bindingName) => {
      const { resources } = await bound({ bindingName, refreshSeconds: 3600 }, { calls: current });
      return (only(resources, externalType).inputs.spec as { refreshInterval: string }).refreshInterval;
    }),
  );
  expect(new Set(intervals).size).toBe(3);
});
