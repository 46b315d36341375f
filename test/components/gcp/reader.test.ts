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
    { calls: { ...gcpCalls, ...versions } },
  );
const versions = {
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
  expect(Object.keys(grants).sort()).toEqual(["agent-reader-a", "agent-reader-b"]);
  expect(grants["agent-reader-b"]?.inputs).toEqual({
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
  expect(named(resources, regionalType)["agent-reader-a"]?.inputs).toEqual({
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
  expect(named(resources, memberType)["agent-reader-a"]?.inputs.member).toBe(
    "serviceAccount:agent@ai-startup-production.iam.gserviceaccount.com",
  );
  const secret = (name: string) => `projects/${projectId}/secrets/vantedge--production--${name}`;
  expect(result.cloudRunEnv).toEqual([
    { name: "A", valueSource: { secretKeyRef: { secret: secret("a"), version: "latest" } } },
    { name: "B", valueSource: { secretKeyRef: { secret: secret("b"), version: "latest" } } },
  ]);
  expect([result.ecsSecrets, result.lambdaEnvironment]).toEqual([[], {}]);
});

test("a version that the program knows is pinned in Cloud Run too: a new one is a new revision", async () => {
  const reader = { serviceAccountEmail: "agent@ai-startup-production.iam.gserviceaccount.com" };
  const { cloudRunEnv } = (
    await run(
      () =>
        outputs(
          new DeploymentBinding("agent", {
            workspace: gcpRef,
            reader,
            env: { A: { secret: "a" } },
            values: { a: { versionId: "3@2026-11-25T15:01:23Z" } },
          }),
        ),
      { calls: { ...gcpCalls, ...versions } },
    )
  ).result;
  expect(cloudRunEnv[0].valueSource.secretKeyRef.version).toBe("3");
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
])("%s is refused", async (_, more, message) => {
  const program = () => new DeploymentBinding("agent", { workspace: gke, env: { A: { secret: "a" } }, ...more });
  const { errors, resources } = await attempt(program, { calls: gcpCalls });
  expect(errors).toContain(`DeploymentBinding "agent": ${message}`);
  expect(resources).toEqual([]);
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
  const message =
    '"apps" is the namespace of workspace "production" too, and IAM takes the pods of all clusters of project ai-clusters for ' +
    "the same where namespace and ServiceAccount are: give each workspace a namespace of its own, or clusters in different projects";

  test("two workspaces with one namespace in clusters of one project are refused", async () => {
    const { errors } = await attempt(
      () => {
        workspace("production", pool);
        workspace("staging", { ...pool, clusterName: "other" }, "apps", staging);
      },
      { calls },
    );
    expect(errors).toEqual([`Workspace "staging": kubernetes.namespace: ${message}`]);
  });

  test("and so are bindings of workspaces of other stacks", async () => {
    const ref = (name: string): WorkspaceRef => ({
      ...gke,
      name,
      cluster: { gke: { ...pool, location: "europe-west3", clusterName: name } },
    });
    const { errors } = await attempt(
      () => {
        for (const name of ["production", "staging"]) {
          const args = {
            workspace: ref(name),
            bindingName: "agent",
            env: { A: { secret: "a" } },
            freshness: "latest" as const,
          };
          new DeploymentBinding(`agent-of-${name}`, args);
        }
      },
      { calls: versions },
    );
    expect(errors).toEqual([`DeploymentBinding "agent-of-staging": workspace.namespace: ${message}`]);
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
