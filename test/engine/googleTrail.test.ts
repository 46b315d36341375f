import { kubernetes } from "./support/kubernetes";
import { Project, type Run } from "./support/project";
import { googleRequestsDuring } from "./support/requestLog";

/** What a program has on Google Cloud besides the quickstart: a trail, a shared project, keys, reminders, GKE's add-on. */
const env = { VANTEDGE_SIMULATED_PROJECTS: "ai-startup-shared=555555555555" };
const program = (value: string) => `
const { KeyRing, CryptoKey } = require("@pulumi/gcp/kms");
const { Provider } = require("@pulumi/gcp/provider");
const { Namespace } = require("@pulumi/kubernetes/core/v1");
const { AuditTrail, DeploymentBinding, Secret, Workspace } = require("vantedge-secrets");
const project = { projectId: "ai-startup-shared", projectNumber: "555555555555" };
const providers = [new Provider("google", { project: project.projectId })];
const provider = providers[0];
const gke = { ...project, namespace: "google-shared" };
const trail = new AuditTrail("audit", {
  organization: "AI Startup",
  gcp: { ...project, location: "EU", sharedRoles: true, denyPolicy: { readers: ["group:leads@ai-startup.example"] } },
  workspaces: [{ name: "shared", gke, serviceAccounts: ["web@ai-startup-shared.iam.gserviceaccount.com"] }, { name: "regional" }],
  emails: ["security@ai-startup.example"],
}, { providers });
const member = (name) => [{ gcp: "group:" + name + "@ai-startup.example" }];
const roles = { owners: member("founders"), admins: member("leads"), members: member("developers"), viewers: member("auditors") };
const shared = new Workspace("shared", {
  organization: "AI Startup",
  gcp: { ...project, sharing: "strict" },
  roles,
  auditTrail: trail.ref,
  kubernetes: {
    namespace: "google-shared",
    cluster: { gke: { location: "europe-west3", clusterName: "main", secretManagerAddOn: true } },
  },
}, { providers });
const regional = new Workspace("regional", {
  organization: "AI Startup",
  gcp: { ...project, sharing: "open", location: "europe-west3" },
  roles,
  auditTrail: trail.ref,
}, { providers });
const ring = new KeyRing("ring", { project: project.projectId, location: "europe-west3", name: "google-trail" }, { provider });
const key = new CryptoKey("key", { keyRing: ring.id, name: "secrets" }, { provider });
const gcp = { deletionProtection: false };
const database = new Secret("database", {
  workspace: shared.ref,
  fields: { username: "app", password: ${JSON.stringify(value)} },
  gcp: {
    ...gcp,
    replicas: [{ location: "europe-west3", kmsKeyName: key.id }],
    rotationReminder: { everyDays: 30, nextRotationTime: "2099-01-31T18:00:00Z" },
    expireTime: "2099-12-31T00:00:00Z",
  },
}, { providers });
const apiKey = new Secret("api-key", { workspace: shared.ref, value: "canary-one and only", gcp }, { providers });
const token = new Secret("token", { workspace: regional.ref, value: ${JSON.stringify(`${value} of the region`)}, gcp }, { providers });
new DeploymentBinding("synced", {
  workspace: shared.ref,
  delivery: "gke-sync",
  env: { PASSWORD: { secret: "database", field: "password" } },
}, { providers, dependsOn: [database, shared] });
new DeploymentBinding("mounted", {
  workspace: shared.ref,
  delivery: "csi",
  files: { "/etc/db": { items: { password: { secret: "database", field: "password" } } } },
}, { providers, dependsOn: [database, shared] });
const run = new DeploymentBinding("web", {
  workspace: shared.ref,
  env: { API_KEY: { secret: "api-key" } },
  reader: { serviceAccountEmail: "web@ai-startup-shared.iam.gserviceaccount.com" },
}, { providers, dependsOn: [apiKey] });
exports.cloudRunEnv = run.cloudRunEnv;
exports.reduced = { shared: shared.reducedGuarantees, regional: regional.reducedGuarantees };
exports.effective = { shared: shared.effectivePermissions, regional: regional.effectivePermissions };
exports.token = token.versionId;
`;

let project: Project;
const texts: string[] = [];
const logged: string[] = [];
beforeAll(async () => {
  project = await Project.ofProgram("google-trail", program("canary-one"));
});
afterAll(() => project.forget());

async function asked(operation: () => Promise<Run>) {
  const { result, requests } = await googleRequestsDuring(operation);
  texts.push(result.text);
  logged.push(JSON.stringify(requests));
  const calls = requests.filter(({ method }) => !/\.(get|getIamPolicy|access)$/.test(method));
  expect(calls.filter(({ status }) => status !== 200)).toEqual([]);
  return {
    ...result,
    calls: calls.map(({ method, name, created }) => `${method} ${method.endsWith(".secrets.create") ? created : name}`),
    requests,
  };
}
const secret = "projects/ai-startup-shared/secrets/vantedge--shared--database";
const apiKey = "projects/ai-startup-shared/secrets/vantedge--shared--api-key";

test("up makes all of it, in an order in which nothing is missed", async () => {
  const { exitCode, errors, calls } = await asked(() => project.up(env));
  expect([exitCode, errors]).toEqual([0, []]);
  const at = (call: string) => {
    const found = calls.findIndex((made) => made.startsWith(call));
    if (found < 0) throw new Error(`${call} was not asked for`);
    return found;
  };
  const orders: [string, string][] = [
    // The roles that workspaces share, before who is bound to them.
    ["iam.projects.roles.create", "cloudresourcemanager.projects.setIamPolicy"],
    // The sink may write before anything is logged.
    ["storage.buckets.insert", "logging.projects.sinks.create"],
    ["logging.projects.sinks.create", "storage.buckets.setIamPolicy"],
    // Secret Manager may use key and topic before the secret refers to them.
    ["serviceusage.services.generateServiceIdentity", "cloudkms.projects.locations.keyRings.cryptoKeys.setIamPolicy"],
    ["cloudkms.projects.locations.keyRings.cryptoKeys.setIamPolicy", `secretmanager.projects.secrets.create ${secret}`],
    ["pubsub.projects.topics.setIamPolicy", `secretmanager.projects.secrets.create ${secret}`],
    [`secretmanager.projects.secrets.create ${secret}`, `secretmanager.projects.secrets.addVersion ${secret}`],
  ];
  for (const [first, second] of orders) expect([first, second, at(first) < at(second)]).toEqual([first, second, true]);
  expect(calls.filter((call) => call.startsWith("iam.projects.roles.create"))).toHaveLength(5);
  expect(calls.filter((call) => call.startsWith("monitoring.projects.alertPolicies.create")).length).toBeGreaterThan(
    10,
  );
  expect(calls.filter((call) => call.startsWith("iam.policies.createPolicy"))).toHaveLength(1);
});

test("outputs say what a shared project does not keep, and how Cloud Run reads", async () => {
  const { resources } = await project.export();
  const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs as Record<string, never>;
  expect(outputs.cloudRunEnv).toEqual([
    { name: "API_KEY", valueSource: { secretKeyRef: { secret: apiKey, version: "latest" } } },
  ]);
  expect(outputs.reduced).toEqual({
    shared: [expect.stringMatching(/^list: no role/), expect.stringMatching(/^create: no role/)],
    regional: [expect.stringMatching(/^list: every role sees/), expect.stringMatching(/^create: /)],
  });
  expect(outputs.effective).toMatchObject({
    shared: {
      viewer: { list: false },
      member: { create: false, retrieve: false, update: true },
      admin: { retrieve: true },
    },
    regional: { viewer: { list: true }, member: { create: true, retrieve: false } },
  });
});

test("the cluster has what GKE's add-on reads, and no Secret of ours", async () => {
  const { body } = await kubernetes(
    "GET",
    "/apis/secret-sync.gke.io/v1/namespaces/google-shared/secretsyncs/synced-database",
  );
  expect((body as { spec: object }).spec).toMatchObject({
    serviceAccountName: "synced-reader",
    secretObject: { data: [{ targetKey: "password" }] },
    forceSynchronization: expect.stringMatching(/^1-/),
  });
  const secrets = await kubernetes("GET", "/api/v1/namespaces/google-shared/secrets");
  expect((secrets.body as { items: object[] }).items).toEqual([]);
});

test("up again changes nothing, and so does a refresh", async () => {
  expect(await asked(() => project.up(env))).toMatchObject({ exitCode: 0, steps: [], calls: [] });
  expect(await asked(() => project.refresh(env))).toMatchObject({ exitCode: 0, errors: [], calls: [] });
  expect(await asked(() => project.up(env))).toMatchObject({ exitCode: 0, steps: [], calls: [] });
});

test("a changed value is a new version of both, and tells the add-on to read at once", async () => {
  project.write("index.js", program("canary-two"));
  const { calls, steps } = await asked(() => project.up(env));
  expect([...calls].sort()).toEqual([
    "secretmanager.projects.locations.secrets.addVersion projects/ai-startup-shared/locations/europe-west3/secrets/vantedge--regional--token",
    `secretmanager.projects.secrets.addVersion ${secret}`,
  ]);
  expect(steps).toContain("update kubernetes:secret-sync.gke.io/v1:SecretSync synced--database");
});

// A regional value is read back, and so stands in the SDK's debug messages, which --json prints (README).
test("no value is in the state or in Google's log, and none of a global secret in what is printed", async () => {
  const { text } = await project.export();
  expect([text, ...logged].filter((one) => /canary-(one|two)/.test(one))).toEqual([]);
  expect(texts.filter((one) => /canary-(one|two)(?! of the region)/.test(one))).toEqual([]);
});

test("destroy takes all but what keeps the logs, and what others may use", async () => {
  const { exitCode, errors, calls } = await asked(() => project.destroy(env));
  expect([exitCode, errors]).toEqual([0, []]);
  expect(calls.filter((call) => call.startsWith("storage.buckets.delete"))).toEqual([]);
  expect(calls.filter((call) => /secrets\.delete/.test(call))).toHaveLength(3);
  expect((await project.export()).resources).toEqual([]);
});
