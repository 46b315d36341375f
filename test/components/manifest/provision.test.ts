import { accessProblem } from "../../../components/aws/preflight";
import { clusterProblems } from "../../../components/kubernetes/preflight";
import { provisionManifest } from "../../../components/manifest/provision";
import { answers, oidcProviderArn } from "../../support/bindings";
import { accountId, arn, canary } from "../../support/fixtures";
import { file } from "../../support/manifest";
import { attempt, leaks, lookups, missingAt, named, only, reloaderAt, run, summary } from "../../support/mocks";

// Both ask over the network; each has a test of its own.
jest.mock("../../../components/aws/preflight", () => ({ accessProblem: jest.fn() }));
jest.mock("../../../components/kubernetes/preflight", () => ({ clusterProblems: jest.fn() }));
const cloud = jest.mocked(accessProblem);
const cluster = jest.mocked(clusterProblems);

beforeEach(() => {
  cloud.mockReset().mockResolvedValue(undefined);
  cluster.mockReset().mockResolvedValue([]);
});

const manifest = `organization: AI Startup
cloud: { aws: { region: us-east-1, accountId: "${accountId}", assumeRoleArn: "${arn("deployer")}" } }
workspaces:
  - name: production
    namespace: apps
    context: prod-cluster
    roles: { admins: [{ arn: "${arn("leads")}" }] }
  - name: development
    aws: { region: eu-west-1, accountId: "999900001111" }
secrets:
  - { name: openai, workspace: production, type: api-token, value: { config: openai }, description: GPT, tags: { a: b } }
  - { name: postgres, workspace: production, fields: { url: { config: url }, port: "5432-${canary}" }, recoveryWindowInDays: 0 }
  - { name: openai, workspace: development, value: "${canary}" }
bindings:
  - name: agent
    workspace: production
    kind: agent
    delivery: native
    env:
      - { name: OPENAI_API_KEY, valueFrom: { secretKeyRef: { name: openai } } }
      - { name: URL, valueFrom: { secretKeyRef: { name: postgres, key: url } } }
`;
const config = { "project:openai": canary, "project:url": canary };
const identities = {
  calls: { "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId }) },
};
// The mocks know one account, so development is on the same one in all but the provider's test.
const text = manifest.replace("999900001111", accountId);
const provision = (setting: object = {}) =>
  run(() => provisionManifest(file(text)).then((made) => Object.values(made).map(Object.keys)), {
    config,
    ...identities,
    ...setting,
  });

test("everything that the manifest declares, by workspace and name", async () => {
  const { resources, result } = await provision();
  expect(result).toEqual([
    [],
    ["production", "development"],
    ["production/openai", "production/postgres", "development/openai"],
    ["production/agent"],
    ["production/openai", "production/postgres", "development/openai"],
  ]);
  expect(
    summary(resources)
      .filter((line) => /^(vantedge|pulumi)/.test(line))
      .sort(),
  ).toEqual([
    "pulumi:providers:aws development-aws",
    "pulumi:providers:aws production-aws",
    "pulumi:providers:kubernetes production-kubernetes",
    "vantedge-secrets:index:DeploymentBinding production--agent",
    "vantedge-secrets:index:Secret development--openai",
    "vantedge-secrets:index:Secret production--openai",
    "vantedge-secrets:index:Secret production--postgres",
    "vantedge-secrets:index:Workspace development",
    "vantedge-secrets:index:Workspace production",
  ]);
});

test("says by secret which bindings use it, which fields and as what", async () => {
  const used = text
    .replace("namespace: apps", `namespace: apps\n    cluster: { eksIrsa: { oidcProviderArn: "${oidcProviderArn}" } }`)
    .concat(`  - { name: tool, workspace: production, kind: tool, secrets: [openai] }\n`);
  const { result } = await run(() => provisionManifest(file(used)).then(({ usedBy }) => usedBy), {
    config,
    ...identities,
  });
  const use = { namespace: "apps", binding: "agent", kind: "agent", as: "env", fields: [] };
  expect(result).toEqual({
    "production/openai": [
      { ...use, secret: "openai", at: "OPENAI_API_KEY" },
      { ...use, secret: "openai", at: "", as: "read", binding: "tool", kind: "tool" },
    ],
    "production/postgres": [{ ...use, secret: "postgres", at: "URL", fields: ["url"] }],
    "development/openai": [],
  });
});

/** What @pulumi/aws sets by itself. */
const bySdk = { skipCredentialsValidation: "false", skipRegionValidation: "true" };

test("each workspace has a provider for its region and account, and all of it uses that", async () => {
  const { resources, calls } = await provision();
  expect(only(resources, "pulumi:providers:aws", "production-aws").inputs).toEqual({
    region: "us-east-1",
    allowedAccountIds: JSON.stringify([accountId]),
    assumeRoles: JSON.stringify([{ roleArn: arn("deployer") }]),
    ...bySdk,
  });
  expect(only(resources, "pulumi:providers:aws", "development-aws").inputs).toEqual({
    region: "eu-west-1",
    allowedAccountIds: JSON.stringify([accountId]),
    ...bySdk,
  });
  expect(only(resources, "pulumi:providers:kubernetes").inputs).toMatchObject({ context: "prod-cluster" });
  for (const { type, inputs, options } of resources) {
    if (type.startsWith("kubernetes:")) expect(options.provider).toContain("::production-kubernetes::");
    if (type.startsWith("aws:") && inputs.region) {
      expect(options.provider).toContain(`::${inputs.region === "eu-west-1" ? "development" : "production"}-aws::`);
    }
    if (type.startsWith("aws:")) expect(options.provider).not.toBe("");
  }
  expect([...new Set(calls.map(({ provider }) => provider.split("::")[3]))].sort()).toEqual([
    "development-aws",
    "production-aws",
  ]);
});

test("rotation and lockdown reach the components", async () => {
  const lambdaArn = `arn:aws:lambda:us-east-1:${accountId}:function:vantedge-production--rotator`;
  const more = `  - name: db
    workspace: production
    value: { config: openai }
    rotation: { lambdaArn: "${lambdaArn}", scheduleExpression: rate(10 days), windowHours: 3 }
    overwriteRotated: true
    lockdown: { deployers: [{ arn: "${arn("deployer")}" }] }
`;
  const { resources } = await run(() => provisionManifest(file(text.replace("bindings:", `${more}bindings:`))), {
    config,
    ...identities,
  });
  expect(only(resources, "aws:secretsmanager/secretRotation:SecretRotation").inputs).toMatchObject({
    rotationLambdaArn: lambdaArn,
    rotationRules: { scheduleExpression: "rate(10 days)", duration: "3h" },
  });
  expect(only(resources, "aws:secretsmanager/secretPolicy:SecretPolicy").name).toBe("production--db-lockdown");
  expect(
    only(resources, "aws:secretsmanager/secretVersion:SecretVersion", "production--db-version").options.ignoreChanges,
  ).toEqual([]);
});

test("names, values and settings reach the components", async () => {
  const { resources } = await provision();
  const secrets = named(resources, "aws:secretsmanager/secret:Secret");
  expect(secrets["production--openai"]?.inputs).toMatchObject({
    name: "vantedge/production/openai",
    region: "us-east-1",
    description: "GPT",
    recoveryWindowInDays: 30,
    tags: { a: "b", "vantedge-type": "api-token", "vantedge-workspace": "production" },
  });
  expect(secrets["production--postgres"]?.inputs.recoveryWindowInDays).toBe(0);
  const versions = named(resources, "aws:secretsmanager/secretVersion:SecretVersion");
  expect(versions["production--postgres-version"]?.inputs.secretStringWo).toBe(
    `{"port":"5432-${canary}","url":"${canary}"}`,
  );
  const bound = named(resources, "kubernetes:core/v1:Secret");
  expect(Object.keys(bound).sort()).toEqual(["production--agent--openai", "production--agent--postgres"]);
  expect(bound["production--agent--postgres"]?.inputs).toMatchObject({
    metadata: { namespace: "apps" },
    stringData: { url: canary },
  });
  expect(bound["production--agent--openai"]?.options.dependencies).toEqual(
    expect.arrayContaining(["production--openai", "production--openai-version", "production-namespace"]),
  );
});

test.each([false, true])("no value is anywhere in clear, preview: %s", async (preview) => {
  const outcome = await provision({ preview });
  expect(leaks(outcome, canary)).toEqual([]);
});

test("a literal is warned of, by place", async () => {
  const warnings = (await provision()).logs.filter((line) => line.startsWith("warning"));
  const rule =
    "the value stands in the file in clear: set it with pulumi config set --secret KEY and write { config: KEY }";
  expect(warnings).toEqual([
    `warning: [runtime] ${file(text)}:12:84: ${rule}`,
    `warning: [runtime] ${file(text)}:13:52: ${rule}`,
  ]);
});

test("what it works with is checked first: each account and role, each cluster", async () => {
  await run(() => provisionManifest(file(manifest)), { config, calls: anyAccount }).catch(() => {});
  expect(cloud.mock.calls).toEqual([
    [{ cloud: "aws", region: "us-east-1", accountId, assumeRoleArn: arn("deployer") }],
    [{ cloud: "aws", region: "eu-west-1", accountId: "999900001111" }],
  ]);
  expect(cluster.mock.calls.map(([access]) => access)).toEqual([
    { context: "prod-cluster", namespaces: [], needs: [], restarts: [] },
  ]);
});
const anyAccount = { "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId }) };

test("all that is wrong is said, and nothing is made", async () => {
  cloud.mockImplementation(async ({ region }) => `no AWS in ${region}`);
  cluster.mockResolvedValue(["no cluster", "no namespace"]);
  const outcome = await attempt(() => provisionManifest(file(text)), { config });
  expect(outcome.errors).toEqual(["no AWS in us-east-1", "no AWS in eu-west-1", "no cluster", "no namespace"]);
  expect(outcome.resources).toEqual([]);
  expect(leaks(outcome, canary)).toEqual([]);
});

test("a file with problems asks nobody and makes nothing", async () => {
  const outcome = await attempt(() => provisionManifest(file(text.replace("kind: agent", `kind: ${canary}`))), {
    config,
  });
  expect(outcome.errors).toEqual([
    `${file(text)}:17:11: bindings[0].kind: must be one of agent, model, data-source, tool, application`,
  ]);
  expect(outcome.resources).toEqual([]);
  expect(cloud).not.toHaveBeenCalled();
});

test("a namespace that nothing makes must be there", async () => {
  const elsewhere = text.replace("namespace: apps", "namespace: apps\n    createNamespace: false");
  const { resources } = await run(() => provisionManifest(file(elsewhere)), { config });
  expect(named(resources, "kubernetes:core/v1:Namespace")).toEqual({});
  expect(cluster.mock.calls[0]?.[0].namespaces).toEqual(["apps"]);
});

test("with a cluster, a binding has a reader in the namespace", async () => {
  const clustered = text.replace(
    "namespace: apps",
    `namespace: apps\n    cluster: { eksIrsa: { oidcProviderArn: "${oidcProviderArn}" } }`,
  );
  const { resources } = await run(() => provisionManifest(file(clustered)), {
    config,
    calls: { ...identities.calls, ...answers },
  });
  const role = only(resources, "aws:iam/role:Role", "production--agent-reader");
  expect(role.inputs).toMatchObject({ name: "vantedge-production--agent", path: "/vantedge/production/workload/" });
  expect(role.options.provider).toContain("::production-aws::");
  expect(role.inputs.assumeRolePolicy).toContain('"system:serviceaccount:apps:agent-reader"');
  const account = only(resources, "kubernetes:core/v1:ServiceAccount", "production--agent-reader");
  expect(account.inputs.metadata).toMatchObject({ name: "agent-reader", namespace: "apps" });
  expect(account.options.dependencies).toContain("production-namespace");
});

test("what the deliveries need is asked of their clusters, once, and not again by the bindings", async () => {
  const operated = text
    .replace("namespace: apps", `namespace: apps\n    cluster: { eksIrsa: { oidcProviderArn: "${oidcProviderArn}" } }`)
    .replace("    delivery: native\n", "")
    .concat(`  - name: tool
    workspace: production
    delivery: csi
    restartedBy: reloader
    apiVersions: { secretsStore: secrets-store.csi.x-k8s.io/v1alpha1 }
    env: [{ name: A, valueFrom: { secretKeyRef: { name: openai } } }]
  - name: model
    workspace: production
    env: [{ name: A, valueFrom: { secretKeyRef: { name: openai } } }]
`);
  reloaderAt.mockResolvedValue({ state: "there" });
  await run(() => provisionManifest(file(operated.replace("    context: prod-cluster\n", ""))), {
    config,
    calls: { ...identities.calls, ...answers },
  });
  expect(
    cluster.mock.calls.map(([{ context, needs, restarts }]) => [
      context,
      needs.map(({ name, kinds }) => [name, kinds.apiVersion]),
      restarts,
    ]),
  ).toEqual([
    [
      undefined,
      [
        ["External Secrets Operator", "external-secrets.io/v1"],
        ["Secrets Store CSI driver", "secrets-store.csi.x-k8s.io/v1alpha1"],
      ],
      [{ namespace: "apps", csi: true, install: expect.stringContaining("helm upgrade --install reloader reloader ") }],
    ],
  ]);
  expect(missingAt).not.toHaveBeenCalled();
});

test("without namespaces and bindings no cluster is asked for", async () => {
  await run(
    () => provisionManifest(file(text.replace(/bindings:[\s\S]*/, "").replace(/ {4}(namespace|context).*\n/g, ""))),
    {
      config,
    },
  );
  expect(cluster).not.toHaveBeenCalled();
});

test("a file of secrets alone goes to the workspace of another stack", async () => {
  const lone = `name: openai\nworkspace: production\nvalue: { config: openai }\n`;
  const { resources, calls } = await run(() => provisionManifest(file(lone)), {
    config: {
      ...config,
      "project:organization": "AI Startup",
      "project:aws": JSON.stringify({ region: "us-east-1", accountId }),
    },
    calls: { "aws:kms/getKey:getKey": ({ keyId }) => ({ arn: `arn-of-${keyId}` }) },
  });
  expect(summary(resources).sort()).toEqual([
    "aws:secretsmanager/secret:Secret production--openai",
    "aws:secretsmanager/secretVersion:SecretVersion production--openai-version",
    "pulumi:providers:aws production-aws",
    "vantedge-secrets:index:Secret production--openai",
  ]);
  expect(lookups(calls)).toEqual([
    {
      token: "aws:kms/getKey:getKey",
      inputs: { keyId: "alias/vantedge-production", region: "us-east-1" },
      provider: expect.stringContaining("::production-aws::"),
    },
  ]);
});

test("a preview makes what an update makes", async () => {
  const [update, preview] = [await provision(), await provision({ preview: true })];
  expect(summary(preview.resources).sort()).toEqual(summary(update.resources).sort());
});
