import { DeploymentBinding, type DeploymentBindingArgs, Workspace, type WorkspaceRef } from "../../../index";
import { outputs } from "../../support/bindings";
import { gcpCalls, gcpProduction, gcpRef, projectId, projectNumber } from "../../support/gcp";
import { attempt, named, run, summary } from "../../support/mocks";

const memberType = "gcp:secretmanager/secretIamMember:SecretIamMember";
const regionalType = "gcp:secretmanager/regionalSecretIamMember:RegionalSecretIamMember";
const gke: WorkspaceRef = {
  ...gcpRef,
  namespace: "apps",
  cluster: { gke: { location: "europe-west3", clusterName: "main" } },
};
const accessor = "roles/secretmanager.secretAccessor";
const pod = (pool: string, number: string) =>
  `principal://iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/${pool}.svc.id.goog/subject/ns/apps/sa/agent-reader`;

const bind = (more: Partial<DeploymentBindingArgs> = {}) =>
  run(
    () =>
      outputs(
        new DeploymentBinding("agent", {
          workspace: gke,
          env: { A: { secret: "a" }, B: { secret: "b", field: "f" } },
          freshness: "latest",
          ...more,
        }),
      ),
    { calls: versions },
  );
const versions = {
  ...gcpCalls,
  "gcp:secretmanager/getSecret:getSecret": () => ({}),
  "gcp:secretmanager/getRegionalSecret:getRegionalSecret": () => ({}),
  "gcp:secretmanager/getSecretVersion:getSecretVersion": () => ({ version: "7", createTime: "t", enabled: true }),
  "gcp:secretmanager/getRegionalSecretVersion:getRegionalSecretVersion": () => ({
    version: "7",
    createTime: "t",
    enabled: true,
  }),
};

test("the pods of the binding's ServiceAccount read exactly the bound secrets, and nobody's service account is made", async () => {
  const { resources, result } = await bind();
  const grants = named(resources, memberType);
  expect(Object.keys(grants).sort()).toEqual(["agent-reader--a", "agent-reader--b"]);
  expect(grants["agent-reader--b"]?.inputs).toEqual({
    project: projectId,
    secretId: "vantedge--production--b",
    role: accessor,
    member: pod(projectId, projectNumber),
  });
  expect(result).toMatchObject({ readerRoleArn: pod(projectId, projectNumber), readerServiceAccount: "agent-reader" });
  expect(summary(resources).filter((line) => line.startsWith("gcp:") && !line.includes("SecretIamMember"))).toEqual([]);
  expect(named(resources, "kubernetes:core/v1:ServiceAccount")["agent-reader"]?.inputs.metadata).not.toHaveProperty(
    "annotations.iam.gke.io/gcp-service-account",
  );
});

test("no grant is made in a project whose number is another, and the error says so", async () => {
  const { errors, resources } = await attempt(
    () => new DeploymentBinding("agent", { workspace: gke, env: { A: { secret: "a" } }, freshness: "latest" }),
    { calls: { ...versions, "gcp:organizations/getProject:getProject": () => ({ number: "999999999999" }) } },
  );
  expect(errors).toEqual([
    expect.stringMatching(
      /gcp\.projectNumber: project ai-startup-production has the number 999999999999, not 123456789012/,
    ),
  ]);
  expect(named(resources, memberType)).toEqual({});
});

test("of a cluster in another project, that project's pool is meant", async () => {
  const cluster = { gke: { projectId: "ai-clusters", projectNumber: "999999999999", location: "l", clusterName: "c" } };
  const { result } = await bind({
    workspace: { ...gke, cluster: { gke: { ...cluster.gke, location: "europe-west3" } } },
  });
  expect(result.readerRoleArn).toBe(pod("ai-clusters", "999999999999"));
});

test("regional secrets have grants of their own kind", async () => {
  const { resources } = await bind({ workspace: { ...gke, location: "europe-west3" } });
  expect(named(resources, memberType)).toEqual({});
  expect(named(resources, regionalType)["agent-reader--a"]?.inputs).toEqual({
    project: projectId,
    location: "europe-west3",
    secretId: "vantedge--production--a",
    role: accessor,
    member: pod(projectId, projectNumber),
  });
});

test("outside of Kubernetes a service account reads, and Cloud Run is told which secret and version", async () => {
  const reader = { serviceAccountEmail: "agent@ai-startup-production.iam.gserviceaccount.com" };
  const { resources, result } = await bind({
    workspace: gcpRef,
    reader,
    env: { B: { secret: "b" }, A: { secret: "a" } },
  });
  expect(named(resources, memberType)["agent-reader--a"]?.inputs.member).toBe(
    "serviceAccount:agent@ai-startup-production.iam.gserviceaccount.com",
  );
  const secret = (name: string) => `projects/${projectId}/secrets/vantedge--production--${name}`;
  expect(result.cloudRunEnv).toEqual([
    { name: "A", valueSource: { secretKeyRef: { secret: secret("a"), version: "latest" } } },
    { name: "B", valueSource: { secretKeyRef: { secret: secret("b"), version: "latest" } } },
  ]);
  expect([result.ecsSecrets, result.lambdaEnvironment]).toEqual([[], {}]);
});

test("Cloud Run is pinned to the current version where it is asked for, and versions tell of a new one anyway", async () => {
  const reader = { serviceAccountEmail: "agent@ai-startup-production.iam.gserviceaccount.com" };
  for (const freshness of ["latest", "pinned"] as const) {
    const { result } = await run(
      () => {
        const args = { workspace: gcpRef, reader, env: { A: { secret: "a" } }, freshness };
        const { cloudRunEnv, versions } = new DeploymentBinding("agent", args);
        return { cloudRunEnv, versions };
      },
      { calls: versions },
    );
    const { version } = result.cloudRunEnv[0].valueSource.secretKeyRef;
    expect(version).toBe(freshness === "pinned" ? result.versions.a.split("@")[0] : "latest");
    expect(result.versions).toEqual({ a: expect.stringMatching(/^\d+@/) });
  }
});

const oidcProviderArn = "arn:aws:iam::111122223333:oidc-provider/example.com";

test.each<[string, Partial<DeploymentBindingArgs>, string]>([
  [
    "a cluster of AWS",
    { workspace: { ...gcpRef, cluster: { eksIrsa: { oidcProviderArn } } } },
    "workspace.cluster.eksIrsa: gives pods roles of AWS, and the workspace is on Google Cloud: set gke",
  ],
  [
    "a role of AWS",
    { workspace: gcpRef, reader: { roleArn: "arn:aws:iam::111122223333:role/agent" } },
    "reader.roleArn: is of AWS, and the workspace is on Google Cloud: set serviceAccountEmail",
  ],
  [
    "a service of AWS",
    { workspace: gcpRef, reader: { service: "lambda" }, env: { A: { secret: "a" } } },
    "reader.service: is of AWS, and the workspace is on Google Cloud: set serviceAccountEmail",
  ],
  [
    "a field for Cloud Run",
    {
      workspace: gcpRef,
      reader: { serviceAccountEmail: "a@b.iam.gserviceaccount.com" },
      env: { A: { secret: "a", field: "f" } },
    },
    "env.A.field: is taken by no service of Google's: bind the whole secret, or name it under secrets and read it at run time",
  ],
  [
    "a regional secret for Cloud Run",
    {
      workspace: { ...gcpRef, location: "europe-west3" },
      reader: { serviceAccountEmail: "a@b.iam.gserviceaccount.com" },
    },
    "env: is of secrets with the workspace's location, and Cloud Run takes global ones only: name them under secrets, and read them at run time",
  ],
])("%s is refused", async (_, more, message) => {
  const program = () => new DeploymentBinding("agent", { workspace: gke, env: { A: { secret: "a" } }, ...more });
  const { errors, resources } = await attempt(program, { calls: gcpCalls });
  expect(errors).toContain(`DeploymentBinding "agent": ${message}`);
  expect(resources).toEqual([]);
});

test("a regional secret that a service account reads at run time is granted", async () => {
  const { resources } = await bind({
    workspace: { ...gcpRef, location: "europe-west3" },
    reader: { serviceAccountEmail: "agent@ai-startup-production.iam.gserviceaccount.com" },
    env: {},
    secrets: ["a"],
  });
  expect(named(resources, regionalType)["agent-reader--a"]?.inputs).toMatchObject({
    location: "europe-west3",
    member: "serviceAccount:agent@ai-startup-production.iam.gserviceaccount.com",
  });
});

describe("identity sameness", () => {
  const workspace = (name: string, cluster: object, namespace = "apps", gcp = gcpProduction.gcp) =>
    new Workspace(name, {
      ...gcpProduction,
      gcp,
      kubernetes: { namespace, cluster: { gke: { location: "europe-west3", clusterName: "main", ...cluster } } },
    } as never);
  const pool = { projectId: "ai-clusters", projectNumber: "999999999999" };
  const staging = { projectId: "ai-startup-staging", projectNumber: "444444444444" };
  const calls = {
    "gcp:organizations/getProject:getProject": ({ projectId: id }: Record<string, unknown>) => ({
      number: id === projectId ? projectNumber : "444444444444",
    }),
  };
  const message = (one: string, other: string) =>
    `"apps" is the namespace of workspaces ${one} and ${other}, and IAM takes the pods of all clusters of project ai-clusters ` +
    "for the same where namespace and ServiceAccount are: give each workspace a namespace of its own, or clusters in different projects";
  const production = '"production" (project ai-startup-production)';

  test("two workspaces with one namespace in clusters of one project are refused", async () => {
    const { errors } = await attempt(
      () => {
        workspace("production", pool);
        workspace("staging", { ...pool, clusterName: "other" }, "apps", staging);
      },
      { calls },
    );
    expect(errors).toEqual([
      `Workspace "staging": kubernetes.namespace: ${message(production, '"staging" (project ai-startup-staging)')}`,
    ]);
  });

  const ref = (more: Partial<WorkspaceRef> = {}): WorkspaceRef => ({
    ...gke,
    cluster: { gke: { ...pool, location: "europe-west3", clusterName: "main" } },
    ...more,
  });
  /** Bindings of workspaces of other stacks. */
  const bindings = async (...refs: WorkspaceRef[]) => {
    const program = () => {
      for (const [index, workspace] of refs.entries()) {
        const args = { workspace, env: { A: { secret: "a" } }, freshness: "latest" as const };
        new DeploymentBinding(`agent-${index}`, args);
      }
    };
    return (await attempt(program, { calls: versions })).errors;
  };

  test.each<[string, Partial<WorkspaceRef>, string]>([
    ["another name", { name: "staging" }, '"staging" (project ai-startup-production)'],
    ["another project", { projectId: "others" }, '"production" (project others)'],
    ["another prefix", { prefix: "other" }, '"production" (project ai-startup-production, prefix other)'],
  ])("a binding of a workspace of %s is refused beside one of the same pods", async (_, more, other) => {
    expect(await bindings(ref(), ref(more))).toEqual([
      `DeploymentBinding "agent-1": workspace.namespace: ${message(production, other)}`,
    ]);
  });

  test("one workspace may have several bindings, and clusters", async () => {
    const other = { gke: { ...pool, location: "europe-west3", clusterName: "other" } };
    expect(await bindings(ref(), ref({ prefix: "vantedge" }), ref({ cluster: other }))).toEqual([]);
  });

  test("a binding is refused beside a workspace of this program", async () => {
    const { errors } = await attempt(
      () => {
        workspace("production", pool);
        new DeploymentBinding("agent", {
          workspace: ref({ name: "staging" }),
          env: { A: { secret: "a" } },
          freshness: "latest",
        });
      },
      { calls: { ...versions, ...calls } },
    );
    expect(errors).toEqual([
      `DeploymentBinding "agent": workspace.namespace: ${message(production, '"staging" (project ai-startup-production)')}`,
    ]);
  });

  test.each([
    ["namespaces of their own", pool, "others"],
    ["clusters of different projects", { projectId: "ai-clusters-2", projectNumber: "888888888888" }, "apps"],
  ])("%s are told apart", async (_, cluster, namespace) => {
    const { errors } = await attempt(
      () => {
        workspace("production", pool);
        workspace("staging", cluster, namespace, staging);
      },
      { calls },
    );
    expect(errors).toEqual([]);
  });
});
