import { aws } from "./support/aws";
import { secretsIn } from "./support/kubernetes";
import { Project } from "./support/project";
import { googleRequestsDuring } from "./support/requestLog";

/** A workspace on each cloud, in one file and one run. */
const env = { VANTEDGE_SIMULATED_PROJECTS: "ai-startup-research=666666666666" };
const binding = (workspace: string) => `  - name: agent
    workspace: ${workspace}
    delivery: native
    env: [{ name: API_KEY, valueFrom: { secretKeyRef: { name: api-key } } }]
`;
const manifest = `organization: AI Startup
cloud: { aws: { region: us-east-1, accountId: "111122223333" } }
workspaces:
  - { name: two-clouds, namespace: two-clouds-aws, roles: { admins: [{ arn: "arn:aws:iam::111122223333:role/leads" }] } }
  - name: research
    gcp: { projectId: ai-startup-research, projectNumber: "666666666666" }
    namespace: two-clouds-gcp
    roles: { admins: [{ gcp: "group:leads@ai-startup.example" }] }
secrets:
  - { name: api-key, workspace: two-clouds, value: { config: apiKey }, recoveryWindowInDays: 0 }
  - { name: api-key, workspace: research, value: { config: apiKey }, gcp: { deletionProtection: false } }
bindings:
${binding("two-clouds")}${binding("research")}`;

let project: Project;
beforeAll(async () => {
  project = await Project.ofManifest("two-clouds", manifest, { apiKey: "canary-of-two-clouds" });
  await project.configure("preflight", "false", []);
});
afterAll(() => project.forget());

test("one up provisions both, each in its own cloud", async () => {
  const { result, requests } = await googleRequestsDuring(() => project.up(env));
  expect(result).toMatchObject({ exitCode: 0, errors: [] });
  const { SecretString } = await aws("secretsmanager", "GetSecretValue", { SecretId: "vantedge/two-clouds/api-key" });
  expect(SecretString).toBe("canary-of-two-clouds");
  expect(requests.filter(({ method }) => method.endsWith(".addVersion")).map(({ name }) => name)).toEqual([
    "projects/ai-startup-research/secrets/vantedge--research--api-key",
  ]);
  for (const namespace of ["two-clouds-aws", "two-clouds-gcp"]) {
    expect(Object.values(await secretsIn(namespace))).toEqual([{ value: "canary-of-two-clouds" }]);
  }
});

test("up again changes nothing in either", async () => {
  await expect(project.up(env)).resolves.toMatchObject({ exitCode: 0, steps: [] });
});

test("destroy leaves nothing", async () => {
  await expect(project.destroy(env)).resolves.toMatchObject({ exitCode: 0, errors: [] });
  expect((await project.export()).resources).toEqual([]);
});
