import * as aws from "@pulumi/aws/provider";
import * as k8s from "@pulumi/kubernetes/provider";
import { awsBackend } from "../../../components/aws/backend";
import { readerAccess, readerDocument, readerGuard, readerTrust } from "../../../components/aws/readerPolicies";
import { mendedByUp } from "../../../components/kubernetes/namespace";
import { DeploymentBinding, type DeploymentBindingArgs, Secret, Workspace, workspaceRef } from "../../../index";
import { answers } from "../../support/bindings";
import { accountId, labels, production, ref, tags } from "../../support/fixtures";
import * as mocks from "../../support/mocks";
import { attempt, lookups, named, only, type Registered, type Setting, summary } from "../../support/mocks";

const component = "vantedge-secrets:index:DeploymentBinding";
const roleType = "aws:iam/role:Role";
const ownType = "aws:iam/rolePolicy:RolePolicy";
const managedType = "aws:iam/policy:Policy";
const attachmentType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const associationType = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const accountType = "kubernetes:core/v1:ServiceAccount";
const secretType = "kubernetes:core/v1:Secret";
const getIdentity = "aws:index/getCallerIdentity:getCallerIdentity";
const getVersions = "aws:secretsmanager/getSecretVersions:getSecretVersions";

const oidcProviderArn = `arn:aws:iam::${accountId}:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE`;
const irsa = { ...ref, namespace: "apps", cluster: { eksIrsa: { oidcProviderArn } } };
const podIdentity = { ...irsa, cluster: { eksPodIdentity: { clusterName: "main" } } };
const roleArn = `arn:aws:iam::${accountId}:role/vantedge/production/workload/vantedge-production--agent`;
const keyArn = ref.keyArn as string;
const spec = (workspace: typeof irsa | typeof podIdentity, secretNames = ["openai", "postgres"]) => ({
  workspace: { ...workspace, prefix: "vantedge" },
  binding: "agent",
  holder: { serviceAccount: "agent-reader" },
  secretNames,
});
const readerTags = { ...tags, "vantedge-binding": "agent" };

/** Natively, the cloud is asked whether what the program holds is the current version. */
const run = (program: () => unknown, { calls, ...setting }: Setting = {}) =>
  mocks.run(program, { ...setting, calls: { ...answers, ...calls } });

/** A binding of secrets by name, one variable for each. */
const bindingOf = (secretNames: string[]): Omit<DeploymentBindingArgs, "workspace"> => ({
  delivery: "native",
  env: Object.fromEntries(secretNames.map((secret, index) => [`V${index}`, { secret }])),
  values: Object.fromEntries(secretNames.map((secret) => [secret, { value: "v", versionId: "1" }])),
});
const bind = (workspace: DeploymentBindingArgs["workspace"], more: Partial<DeploymentBindingArgs> = {}) => {
  const binding = new DeploymentBinding("agent", { workspace, ...bindingOf(["openai", "postgres"]), ...more });
  return { arn: binding.readerRoleArn, serviceAccount: binding.readerServiceAccount };
};
const readerOf = (resources: Registered[]) =>
  summary(resources.filter(({ type }) => ![component, secretType].includes(type) && !type.includes(":rbac."))).sort();

const parts = [
  `${roleType} agent-reader`,
  `${ownType} agent-reader-access`,
  `${ownType} agent-reader-isolation`,
  `${accountType} agent-reader`,
];

test("without a cluster a binding has no reader, and its outputs are empty", async () => {
  const { resources, calls, result } = await run(() => bind(ref));
  expect(readerOf(resources)).toEqual([]);
  expect(lookups(calls).filter(({ token }) => token !== getVersions)).toEqual([]);
  expect(result).toEqual({ arn: "", serviceAccount: "" });
});

test.each([
  ["IRSA", irsa, parts],
  ["Pod Identity", podIdentity, [...parts, `${associationType} agent-reader`]],
])("with %s it is a role with two policies, and a ServiceAccount", async (_, workspace, expected) => {
  const { resources, result } = await run(() => bind(workspace));
  expect(readerOf(resources)).toEqual([...expected].sort());
  expect(result).toEqual({ arn: roleArn, serviceAccount: "agent-reader" });
});

test.each([
  ["IRSA", irsa],
  ["Pod Identity", podIdentity],
])("the exact inputs of the role and its policies, with %s", async (_, workspace) => {
  const { resources } = await run(() => bind(workspace));
  expect(only(resources, roleType).inputs).toEqual({
    name: "vantedge-production--agent",
    path: "/vantedge/production/workload/",
    description: "reader of binding agent of workspace production",
    assumeRolePolicy: readerTrust(spec(workspace)),
    maxSessionDuration: 3600,
    tags: readerTags,
  });
  const { grants } = readerAccess(spec(workspace));
  const policies = named(resources, ownType);
  expect(policies["agent-reader-access"]?.inputs).toEqual({
    name: "access",
    role: "vantedge-production--agent",
    policy: readerDocument(spec(workspace).workspace, grants[0] as (typeof grants)[0], keyArn),
  });
  expect(policies["agent-reader-isolation"]?.inputs).toEqual({
    name: "isolation",
    role: "vantedge-production--agent",
    policy: readerGuard(spec(workspace), keyArn),
  });
});

test.each([
  ["IRSA names the role", irsa, { "eks.amazonaws.com/role-arn": roleArn }],
  ["Pod Identity names none", podIdentity, {}],
])("the ServiceAccount with %s", async (_, workspace, annotations) => {
  const { resources } = await run(() => bind(workspace));
  expect(only(resources, accountType).inputs).toEqual({
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: {
      name: "agent-reader",
      namespace: "apps",
      labels: { ...labels, "vantedge.run/binding": "agent" },
      annotations: { ...mendedByUp, ...annotations },
    },
    automountServiceAccountToken: false,
  });
});

test("Pod Identity knows the ServiceAccount by an association", async () => {
  const { resources } = await run(() => bind(podIdentity));
  expect(only(resources, associationType).inputs).toEqual({
    region: "us-east-1",
    clusterName: "main",
    namespace: "apps",
    serviceAccount: "agent-reader",
    roleArn,
    tags: readerTags,
  });
});

describe.each([
  ["a role", { roleArn: `arn:aws:iam::${accountId}:role/edge/gateway` }],
  ["tasks of ECS", { service: "ecs-tasks" }],
  ["functions of Lambda", { service: "lambda" }],
] as const)("%s", (_, holder) => {
  const facts = { ...spec(irsa), workspace: { ...ref, prefix: "vantedge" }, holder };
  const program = () => {
    const { id, annotations } = awsBackend.createReader("agent", facts, {});
    return { id, annotations };
  };

  test("has the same role as pods, but for who takes it, and ties no ServiceAccount", async () => {
    const { resources, result } = await run(program);
    expect(summary(resources).sort()).toEqual(parts.filter((part) => !part.startsWith(accountType)));
    expect(result).toEqual({ id: roleArn, annotations: {} });
    expect(only(resources, roleType).inputs).toEqual({
      name: "vantedge-production--agent",
      path: "/vantedge/production/workload/",
      description: "reader of binding agent of workspace production",
      assumeRolePolicy: readerTrust(facts),
      maxSessionDuration: 3600,
      tags: readerTags,
    });
    const policies = named(resources, ownType);
    const pods = readerAccess(spec(irsa)).grants.map((grant) => readerDocument(facts.workspace, grant, keyArn));
    expect(policies["agent-reader-access"]?.inputs.policy).toEqual(pods[0]);
    expect(policies["agent-reader-isolation"]?.inputs.policy).toEqual(readerGuard(facts, keyArn));
  });

  test("credentials of another account create nothing in it", async () => {
    const { resources, errors } = await attempt(program, {
      calls: { "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "999900001111" }) },
    });
    expect(errors).toEqual([expect.stringContaining("the credentials are of account 999900001111")]);
    expect(resources).toEqual([]);
  });
});

test("every secret is read once, whether it is a variable, a file or a field", async () => {
  const { resources } = await run(() =>
    bind(irsa, {
      env: { A: { secret: "postgres", field: "a" }, B: { secret: "postgres", field: "b" } },
      files: { "/etc/a": { secrets: ["openai"] }, "/etc/b": { items: { c: { secret: "jwt-secret" } } } },
      values: {
        ...bindingOf(["openai", "jwt-secret", "not-bound"]).values,
        postgres: { fields: { a: "v", b: "v" }, versionId: "1" },
      },
    }),
  );
  const { policy } = named(resources, ownType)["agent-reader-access"]?.inputs as { policy: string };
  expect(JSON.parse(policy).Statement[0].Resource).toEqual(
    ["jwt-secret", "openai", "postgres"].map(
      (name) => `arn:aws:secretsmanager:us-east-1:${accountId}:secret:vantedge/production/${name}-??????`,
    ),
  );
});

const many = Array.from({ length: 60 }, (_, index) => `${100 + index}`.padStart(63, "x"));

test("more than a role's own policies hold is in policies that are attached to it", async () => {
  const { resources } = await run(() => bind(irsa, bindingOf(many)));
  expect(readerOf(resources)).toEqual(
    [
      `${roleType} agent-reader`,
      `${ownType} agent-reader-isolation`,
      `${accountType} agent-reader`,
      ...[1, 2].flatMap((number) => [
        `${managedType} agent-reader-access-${number}`,
        `${attachmentType} agent-reader-access-${number}`,
      ]),
    ].sort(),
  );
  const { grants } = readerAccess(spec(irsa, many));
  for (const [index, grant] of grants.entries()) {
    const name = `agent-reader-access-${index + 1}`;
    expect(named(resources, managedType)[name]?.inputs).toEqual({
      name: `vantedge-production--agent-${index + 1}`,
      path: "/vantedge/production/workload/",
      description: `reader of binding agent of workspace production, part ${index + 1}`,
      policy: readerDocument(spec(irsa).workspace, grant, keyArn),
      tags: readerTags,
    });
    expect(named(resources, attachmentType)[name]?.inputs).toEqual({
      role: "vantedge-production--agent",
      policyArn: `arn:aws:iam::${accountId}:policy/vantedge/production/workload/vantedge-production--agent-${index + 1}`,
    });
  }
});

test("in a workspace of this program it waits for the namespace, and takes its key", async () => {
  const { resources, result } = await run(() => {
    const workspace = new Workspace("production", {
      ...production,
      kubernetes: { namespace: "apps", cluster: irsa.cluster },
    });
    return { cluster: workspace.ref.cluster, ...bind(workspace.ref) };
  });
  expect(result).toEqual({ cluster: irsa.cluster, arn: roleArn, serviceAccount: "agent-reader" });
  expect(only(resources, accountType).options.dependencies).toContain("production-namespace");
  const { policy } = named(resources, ownType)["agent-reader-access"]?.inputs as { policy: string };
  expect(JSON.parse(policy).Statement[1].Resource).toBe(`arn:aws:kms:us-east-1:${accountId}:key/production-key`);
});

test("in a workspace of another stack the key is found by its alias, and a binding of it by its own names", async () => {
  const { keyArn: _, ...elsewhere } = irsa;
  const { resources, calls } = await run(() => bind(workspaceRef(elsewhere), { bindingName: "other" }), {
    calls: { "aws:kms/getKey:getKey": ({ keyId }) => ({ arn: `arn-of-${keyId}` }) },
  });
  expect(calls.filter(({ token }) => token.startsWith("aws:kms"))).toEqual([
    {
      token: "aws:kms/getKey:getKey",
      inputs: { keyId: "alias/vantedge-production", region: "us-east-1" },
      provider: "",
    },
  ]);
  const { policy } = named(resources, ownType)["agent-reader-access"]?.inputs as { policy: string };
  expect(JSON.parse(policy).Statement[1].Resource).toBe("arn-of-alias/vantedge-production");
  expect(only(resources, roleType, "agent-reader").inputs.name).toBe("vantedge-production--other");
  expect(only(resources, accountType).inputs.metadata).toMatchObject({ name: "other-reader" });
});

test.each([
  ["few secrets", irsa, ["openai"]],
  ["many secrets", irsa, many],
  ["Pod Identity", podIdentity, ["openai"]],
])("a preview registers what an update does: %s", async (_, workspace, secretNames) => {
  // The key is made in the same run, so a preview knows nothing of it.
  const program = () => {
    const kubernetes = { namespace: "apps", cluster: workspace.cluster };
    const { ref: made } = new Workspace("production", { ...production, kubernetes });
    bind(made, bindingOf(secretNames));
  };
  const [update, preview] = [await run(program), await run(program, { preview: true })];
  expect(summary(preview.resources).sort()).toEqual(summary(update.resources).sort());
});

test("all parts are the binding's children, use its providers, and wait for what it waits for", async () => {
  const { resources, calls } = await run(() => {
    const providers = [new aws.Provider("own", { region: "us-east-1" }), new k8s.Provider("cluster")];
    const dependsOn = [new Secret("openai", { workspace: ref, value: "v" })];
    new DeploymentBinding("agent", { workspace: podIdentity, ...bindingOf(many) }, { providers, dependsOn });
  });
  const children = resources.filter(({ options }) => options.parent === "agent" && options.provider !== "");
  expect(children.filter(({ type }) => type !== secretType).length).toBe(10);
  for (const { type, options } of children) {
    expect(options.provider).toMatch(type.startsWith("aws:") ? /:own::own-id$/ : /:cluster::cluster-id$/);
    expect(options.dependencies).toEqual(expect.arrayContaining(["openai", "openai-version"]));
    expect(options).toMatchObject({ protect: false, retainOnDelete: false, ignoreChanges: [] });
  }
  // The account is asked about by each provider: the secret has the default one.
  const account = calls.filter(({ token }) => token === getIdentity).map(({ provider }) => provider);
  expect(account).toEqual(["", expect.stringMatching(/:own::own-id$/)]);
  for (const { provider } of lookups(calls)) expect(provider).toMatch(/:own::own-id$/);
});

test.each([
  ["few secrets", ["openai"]],
  ["many secrets", many],
])("credentials of another account create nothing in it: %s", async (_, secretNames) => {
  const { resources, errors } = await attempt(() => bind(podIdentity, bindingOf(secretNames)), {
    calls: { "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: "999900001111" }) },
  });
  expect(errors).toEqual([
    "aws.accountId: the credentials are of account 999900001111, not 111122223333: choose the profile or role of that " +
      "account (AWS_PROFILE, assumeRoleArn), or correct accountId",
  ]);
  expect(summary(resources).filter((line) => line.startsWith("aws:"))).toEqual([]);
});

const providerRule = "must be the ARN of an OpenID Connect provider";
const accountRule = (start = `arn:aws:iam::${accountId}:oidc-provider/`) =>
  `must be a provider of the workspace's account: ${start} and the cluster's issuer without https://`;
const clusterRule =
  "must be an EKS cluster's name: 1 to 100 letters, digits, hyphens and underscores, beginning with a letter or digit";

const badClusters: [string, object, string, string][] = [
  ["no kind", {}, "", "exactly one of eksIrsa, eksPodIdentity, gke must be set; none is set"],
  [
    "two kinds",
    { ...irsa.cluster, ...podIdentity.cluster },
    "",
    "exactly one of eksIrsa, eksPodIdentity, gke must be set; eksIrsa and eksPodIdentity are set",
  ],
  ["no provider", { eksIrsa: {} }, ".eksIrsa.oidcProviderArn", "is missing: it must be a text"],
  ["what is no provider", { eksIrsa: { oidcProviderArn: roleArn } }, ".eksIrsa.oidcProviderArn", providerRule],
  [
    "all providers",
    { eksIrsa: { oidcProviderArn: `arn:aws:iam::${accountId}:oidc-provider/*` } },
    ".eksIrsa.oidcProviderArn",
    providerRule,
  ],
  [
    "a provider of another account",
    { eksIrsa: { oidcProviderArn: oidcProviderArn.replace(accountId, "999900001111") } },
    ".eksIrsa.oidcProviderArn",
    accountRule(),
  ],
  [
    "a provider of another partition",
    { eksIrsa: { oidcProviderArn: oidcProviderArn.replace("arn:aws:", "arn:aws-cn:") } },
    ".eksIrsa.oidcProviderArn",
    accountRule(),
  ],
  ["all clusters", { eksPodIdentity: { clusterName: "*" } }, ".eksPodIdentity.clusterName", clusterRule],
  ["a long name", { eksPodIdentity: { clusterName: "c".repeat(101) } }, ".eksPodIdentity.clusterName", clusterRule],
  ["a misspelt kind", { eksIrsas: {} }, ".eksIrsas", "unknown key: did you mean eksIrsa?"],
];

test.each(badClusters)("a cluster with %s is refused, and nothing is made", async (_, cluster, path, message) => {
  const asWorkspace = await attempt(
    () => new Workspace("production", { ...production, kubernetes: { namespace: "apps", cluster } }),
  );
  expect(asWorkspace.errors).toContain(`Workspace "production": kubernetes.cluster${path}: ${message}`);
  expect(asWorkspace.resources).toEqual([]);

  const asBinding = await attempt(() => bind({ ...ref, cluster }));
  expect(asBinding.errors).toContain(`DeploymentBinding "agent": workspace.cluster${path}: ${message}`);
  expect(asBinding.resources).toEqual([]);
});

test("what a reader has no room for is refused, and nothing is made", async () => {
  const secretNames = Array.from({ length: 301 }, (_, index) => `s${index}`);
  const { errors, resources } = await attempt(() => bind(irsa, bindingOf(secretNames)));
  expect(errors).toEqual([
    'DeploymentBinding "agent": binds 301 secrets; one identity reads at most 300: make it several bindings',
  ]);
  expect(resources).toEqual([]);
});
