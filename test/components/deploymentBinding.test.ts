import * as k8s from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { shortHash } from "../../components/binding/delivered";
import { mendedByUp } from "../../components/kubernetes/namespace";
import { DeploymentBinding, type DeploymentBindingArgs, Secret, type SecretArgs, Workspace } from "../../index";
import { accountId, canary, labels, production, ref } from "../support/fixtures";
import { attempt, type Calls, leaks, lookups, named, only, run, summary } from "../support/mocks";

const component = "vantedge-secrets:index:DeploymentBinding";
const secretType = "kubernetes:core/v1:Secret";
const getVersions = "aws:secretsmanager/getSecretVersions:getSecretVersions";

const args: DeploymentBindingArgs = {
  workspace: { ...ref, namespace: "apps" },
  kind: "agent",
  delivery: "native",
  env: { OPENAI_API_KEY: { secret: "openai" }, DATABASE_URL: { secret: "postgres", field: "url" } },
  files: {
    "/etc/secrets": {
      secrets: ["service-account"],
      items: { "db/password": { secret: "postgres", field: "password" } },
    },
  },
  values: {
    openai: { value: "sk", versionId: "v-openai" },
    postgres: { fields: { url: "postgres://", password: "pw", unused: canary }, versionId: "v-postgres" },
    "service-account": { value: "{}", versionId: "v-account" },
  },
};

const names = {
  openai: "agent-openai",
  postgres: "agent-postgres",
  "service-account": "agent-service-account",
};
const volume = `vantedge-${shortHash("/etc/secrets")}`;

const use = (secret: string, fields: string[], as: string, at: string) => ({
  secret,
  fields,
  as,
  at,
  binding: "agent",
  kind: "agent",
  namespace: "apps",
});

const bind = (more: Partial<DeploymentBindingArgs> = {}) =>
  run(() => {
    const { bindingName, namespace, env, volumes, volumeMounts } = new DeploymentBinding("agent", { ...args, ...more });
    return { bindingName, namespace, env, volumes, volumeMounts };
  });

test("a binding is one Kubernetes Secret for each bound secret, and the right to read them by name", async () => {
  const { resources } = await bind();
  expect(summary(resources).sort()).toEqual([
    `${secretType} agent--openai`,
    `${secretType} agent--postgres`,
    `${secretType} agent--service-account`,
    "kubernetes:rbac.authorization.k8s.io/v1:Role agent-values",
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding agent-values",
    `${component} agent`,
  ]);
  expect(only(resources, component).inputs).toEqual({
    bindingName: "agent",
    kind: "agent",
    workspace: "production",
    cloud: "aws",
    workload: "Deployment",
    delivery: "native",
    freshness: "pinned",
    restartedBy: "auto",
    uses: [
      use("openai", [], "env", "OPENAI_API_KEY"),
      use("postgres", ["url"], "env", "DATABASE_URL"),
      use("service-account", [], "file", "/etc/secrets/service-account"),
      use("postgres", ["password"], "file", "/etc/secrets/db/password"),
    ],
  });
});

test.each([
  ["openai", "v-openai", { value: "sk" }],
  ["postgres", "v-postgres", { url: "postgres://", password: "pw" }],
  ["service-account", "v-account", { value: "{}" }],
] as const)("the Secret of %s says its version, and has the used keys only", async (name, version, data) => {
  const { inputs, secretInputs } = only((await bind()).resources, secretType, `agent--${name}`);
  expect(inputs).toEqual({
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: names[name],
      namespace: "apps",
      labels: { ...labels, "vantedge.run/binding": "agent" },
      annotations: { ...mendedByUp, "vantedge.run/requested-version": version },
    },
    type: "Opaque",
    stringData: data,
  });
  expect(secretInputs).toEqual(["stringData"]);
});

test("the outputs go into a pod as they are", async () => {
  expect((await bind()).result).toEqual({
    bindingName: "agent",
    namespace: "apps",
    env: [
      { name: "OPENAI_API_KEY", valueFrom: { secretKeyRef: { name: names.openai, key: "value" } } },
      { name: "DATABASE_URL", valueFrom: { secretKeyRef: { name: names.postgres, key: "url" } } },
    ],
    volumes: [
      {
        name: volume,
        projected: {
          sources: [
            { secret: { name: names["service-account"], items: [{ key: "value", path: "service-account" }] } },
            { secret: { name: names.postgres, items: [{ key: "password", path: "db/password" }] } },
          ],
          defaultMode: 0o440,
        },
      },
    ],
    volumeMounts: [{ name: volume, mountPath: "/etc/secrets", readOnly: true }],
  });
});

test("two bindings of one secret coexist", async () => {
  const values = { c: { value: "v", versionId: "1" } };
  const { resources } = await run(() => {
    for (const name of ["x", "y"]) {
      new DeploymentBinding(name, { workspace: ref, delivery: "native", env: { A: { secret: "c" } }, values });
    }
  });
  const secrets = resources.filter(({ type }) => type === secretType);
  expect(secrets.map(({ inputs }) => (inputs.metadata as { name: string }).name)).toEqual(["x-c", "y-c"]);
});

const current: Calls = {
  [getVersions]: ({ secretId }) => ({
    versions: [
      { versionId: "old", versionStages: ["AWSPREVIOUS"] },
      { versionId: `current-of-${secretId}`, versionStages: ["AWSCURRENT"] },
    ],
  }),
};
const unversioned: Partial<DeploymentBindingArgs> = {
  env: { A: { secret: "a" } },
  files: {},
  values: { a: { value: "v" } },
};

test("a version that isn't given is found by listing versions, after what the binding waits for", async () => {
  const { resources, calls } = await run(
    () => {
      const provider = new k8s.Provider("cluster");
      const dependsOn = [new Secret("b", { workspace: ref, value: "v" })];
      new DeploymentBinding("agent", { ...args, ...unversioned }, { provider, dependsOn });
    },
    { calls: current },
  );
  expect(lookups(calls)).toEqual([
    { token: getVersions, inputs: { secretId: "vantedge/production/a", region: "us-east-1" }, provider: "" },
  ]);
  const { inputs, options } = only(resources, secretType);
  expect(inputs.metadata).toMatchObject({
    annotations: { "vantedge.run/requested-version": "current-of-vantedge/production/a" },
  });
  expect(options.provider).toMatch(/:cluster::cluster-id$/);
  expect(options.dependencies).toEqual(expect.arrayContaining(["b", "b-version"]));
});

test("a secret without a current version is said", async () => {
  const { errors } = await attempt(() => new DeploymentBinding("agent", { ...args, ...unversioned }), {
    calls: { [getVersions]: () => ({ versions: [] }) },
  });
  expect(errors).toEqual([
    'DeploymentBinding "agent": secret "a" of workspace "production" has no current version: give it a value first, or leave freshness: "pinned" out',
  ]);
});

test("what a binding makes waits for the workspace's namespace, and takes its name", async () => {
  const { resources } = await run(() => {
    const workspace = new Workspace("production", { ...production, kubernetes: { namespace: "apps" } });
    new DeploymentBinding("agent", { ...args, workspace: workspace.ref });
  });
  const { inputs, options } = only(resources, secretType, "agent--openai");
  expect(inputs.metadata).toMatchObject({ namespace: "apps" });
  expect(options).toMatchObject({ parent: "agent", provider: "" });
  expect(options.dependencies).toContain("production-namespace");
});

test("the version of a Secret of this program is awaited, and the same is registered in a preview", async () => {
  const program = () => {
    const { versionId } = new Secret("openai", { workspace: ref, value: canary });
    const env = { A: { secret: "openai" } };
    new DeploymentBinding("agent", {
      workspace: ref,
      delivery: "native",
      env,
      values: { openai: { value: canary, versionId } },
    });
  };
  const [update, preview] = [await run(program), await run(program, { preview: true })];
  expect(only(update.resources, secretType).inputs.metadata).toMatchObject({
    annotations: { "vantedge.run/requested-version": "version-of-openai-version" },
  });
  expect(summary(preview.resources).sort()).toEqual(summary(update.resources).sort());
});

const { output, secret } = pulumi;
test.each<[string, DeploymentBindingArgs["values"]]>([
  ["a text", { a: { value: canary, versionId: "1" } }],
  ["a secret", { a: { value: secret(canary), versionId: "1" } }],
  ["an Output", { a: { value: output(canary), versionId: "1" } }],
  ["fields", { a: { fields: { f: canary, g: output(canary), h: secret(canary) }, versionId: "1" } }],
])("bound values are nowhere in clear: %s", async (_, values) => {
  const env = Object.fromEntries(
    Object.keys(values?.a?.fields ?? { whole: "" }).map((field) => [
      field.toUpperCase(),
      { secret: "a", ...(values?.a?.fields && { field }) },
    ]),
  );
  for (const preview of [false, true]) {
    const outcome = await run(
      () => {
        const binding = new DeploymentBinding("agent", {
          workspace: ref,
          delivery: "native",
          env,
          values: values as never,
        });
        return { env: binding.env, pod: binding.inject({ spec: { template: { spec: { containers: [{}] } } } }) };
      },
      { preview },
    );
    expect(leaks(outcome, canary)).toEqual([]);
  }
});

const nameRule =
  "must be 1 to 63 lower-case letters, digits and single hyphens, beginning and ending with a letter or digit";
const nothing = "binds nothing: give it env, files or another of what it can bind";
const env = (secret: string, field?: string) => ({ env: { A: { secret, ...(field && { field }) } }, files: {} });

test.each<[string, object, string[]]>([
  ["nothing to bind", { env: {}, files: {} }, [nothing]],
  ["neither env nor files", { env: undefined, files: undefined }, [nothing]],
  ["a name that Kubernetes refuses", { bindingName: "Agent" }, [`bindingName: ${nameRule}`]],
  ["a kind that is none", { kind: "robot" }, ["kind: must be one of agent, model, data-source, tool, application"]],
  [
    "a variable that no shell takes",
    { env: { "1A": { secret: "openai" } } },
    ["env.1A: an environment variable's name must be letters, digits and underscores, not beginning with a digit"],
  ],
  ["a secret's name that is none", env("OpenAI"), [`env.A.secret: ${nameRule}`]],
  [
    "a relative directory",
    { files: { secrets: { secrets: ["openai"] } } },
    ["files.secrets: a directory must be an absolute path without a colon, and not the root"],
  ],
  [
    "a file outside of its directory",
    { files: { "/a": { items: { "../b": { secret: "openai" } } } } },
    ["files./a.items.../b: a file's name must be relative and stay in its directory"],
  ],
  ["a directory without files", { files: { "/a": {} } }, ["files./a: needs secrets, items or asFile"]],
  [
    "two files of one name",
    { files: { "/a": { secrets: ["openai"], items: { openai: { secret: "openai" } } } } },
    ["files./a: two files of the directory have one name"],
  ],
  ["no value", env("other"), ['env.A: secret "other" has no value here: give it under values.other, as to the Secret']],
  [
    "an empty value entry",
    { ...env("a"), values: { a: { versionId: "1" } } },
    ['env.A: secret "a" has no value here: give it under values.a, as to the Secret'],
  ],
  [
    "a field of a secret without fields",
    env("openai", "url"),
    ['env.A: secret "openai" is one value and has no field "url": leave field out'],
  ],
  [
    "fields without a field",
    env("postgres"),
    ['env.A: secret "postgres" is made of fields: choose one of password, unused, url as field'],
  ],
  [
    "a field that isn't there",
    env("postgres", "port"),
    ['env.A: secret "postgres" has no field "port": it has password, unused, url'],
  ],
  [
    "fields as a file",
    { files: { "/a": { secrets: ["postgres"] } } },
    ['files./a/postgres: secret "postgres" is made of fields: choose one of password, unused, url as field'],
  ],
  [
    "value and fields",
    { values: { ...args.values, a: { value: canary, fields: { b: canary } } } },
    ["values.a: value and fields are both set: keep one"],
  ],
  [
    "an empty value",
    { values: { ...args.values, openai: { value: "" } } },
    ["values.openai.value: must be a text that is not empty, or an Output"],
  ],
  ["a misspelt key", { envs: {} }, ["envs: unknown key: did you mean env?"]],
])("bad input: %s", async (_, more, problems) => {
  const outcome = await attempt(() => new DeploymentBinding("agent", { ...args, ...more }));
  expect(outcome.errors).toEqual(problems.map((problem) => `DeploymentBinding "agent": ${problem}`));
  expect(outcome.resources).toEqual([]);
  expect(leaks(outcome, canary)).toEqual([]);
});

test("a bound value that is known late and empty delivers nothing, and says so in one line", async () => {
  const values = { a: { value: output(""), versionId: "1" } };
  const outcome = await attempt(() => new DeploymentBinding("agent", { ...args, ...env("a"), values }));
  expect(outcome.errors).toEqual([
    'DeploymentBinding "agent": values.a: value: is empty: give it a value, or leave it out',
  ]);
  expect(summary(outcome.resources)).toEqual([`${component} agent`]);
});

const lambdaArn = `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production--rotator`;
test.each<[string, Partial<SecretArgs>, string]>([
  [
    "rotated",
    { value: canary, rotation: { lambdaArn, intervalDays: 7 } },
    "is rotated, and the program holds its first value only: use delivery external-secrets or csi",
  ],
  [
    "pinned",
    { pinVersion: "1".repeat(36) },
    "is pinned to a version whose value the program does not hold: use delivery external-secrets, or unpin it",
  ],
])("the program's value is not delivered under the version of a secret that is %s", async (_, args, problem) => {
  const calls = {
    [getVersions]: () => ({
      versions: [{ versionId: "1".repeat(36), versionStages: [], createdTime: "" }],
    }),
  };
  const program = () => {
    const { versionId } = new Secret("db", { workspace: ref, ...args });
    new DeploymentBinding("agent", {
      workspace: ref,
      delivery: "native",
      env: { A: { secret: "db" } },
      values: { db: { value: canary, versionId } },
    });
  };
  const outcome = await attempt(program, { calls });
  expect(outcome.errors).toEqual([`DeploymentBinding "agent": env.A: secret "db" ${problem}`]);
  expect(named(outcome.resources, "kubernetes:core/v1:Secret")).toEqual({});
  expect(leaks(outcome, canary)).toEqual([]);
});
