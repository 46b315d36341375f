import type { LoggedCall } from "../../local/providers/google/callLog";
import { Project } from "./support/project";
import { googleRequestsDuring } from "./support/requestLog";

/** The simulated Google Cloud under the real engine, with nothing of ours between: what the other tests stand on. */
const projectId = "acme-engine-test";
const env = { VANTEDGE_SIMULATED_PROJECTS: `${projectId}=424242424242` };
const canary = "canary-of-the-engine-4711";

interface Setting {
  /** Of the value. */
  number?: number;
  deletionPolicy?: string;
  versionDestroyTtl?: string;
}

const program = ({ number = 1, deletionPolicy = "ABANDON", versionDestroyTtl = "86400s" }: Setting) => `
const { Provider } = require("@pulumi/gcp/provider");
const { IAMMember } = require("@pulumi/gcp/projects/iammember");
const { IAMCustomRole } = require("@pulumi/gcp/projects/iamcustomRole");
const { getProjectOutput } = require("@pulumi/gcp/organizations/getProject");
const { Secret, SecretIamMember, SecretVersion } = require("@pulumi/gcp/secretmanager");
const provider = new Provider("google", { project: "${projectId}" });
const secret = new Secret("database", {
  secretId: "database",
  replication: { auto: {} },
  versionDestroyTtl: ${JSON.stringify(versionDestroyTtl)},
}, { provider });
const version = new SecretVersion("version", {
  secret: secret.name,
  secretDataWo: "${canary}",
  secretDataWoVersion: ${number},
  deletionPolicy: ${JSON.stringify(deletionPolicy)},
}, { provider, deleteBeforeReplace: false });
const member = "group:readers@acme.example";
new SecretIamMember("reader", { secretId: secret.secretId, role: "roles/secretmanager.viewer", member }, { provider });
const role = new IAMCustomRole("role", { roleId: "reader_v1", title: "Reader", permissions: [] }, { provider });
new IAMMember("member", { project: "${projectId}", role: role.name, member }, { provider });
exports.version = version.version;
exports.secret = secret.name;
exports.number = getProjectOutput({ projectId: "${projectId}" }, { provider }).number;
`;

let project: Project;
const given = (setting: Setting) => project.write("index.js", program(setting));
/** What changed something at Google, as `method name`. */
const changes = (requests: LoggedCall[]) =>
  requests
    .filter(({ method, status }) => status === 200 && !/\.(?:get|getIamPolicy)$/.test(method))
    .map(({ method, name }) => `${method.replace(/^\w+\.projects\./, "")} ${name}`);
const up = async () => {
  const { result, requests } = await googleRequestsDuring(() => project.up(env));
  return { ...result, calls: changes(requests) };
};
const secret = `projects/${projectId}/secrets/database`;

beforeAll(async () => {
  project = await Project.ofProgram("google", program({ versionDestroyTtl: "a day" }));
});
afterAll(() => project.forget());

test("what Google's description of the API refuses is refused in the preview, and nothing is asked of Google", async () => {
  const { result, requests } = await googleRequestsDuring(() => project.preview(env));
  expect(result.exitCode).not.toBe(0);
  expect(result.errors.join()).toContain("versionDestroyTtl: must be of the format google-duration");
  expect(result.text).not.toContain(canary);
  expect(changes(requests)).toEqual([]);
});

test("a secret comes before its version and its reader, a role before who has it", async () => {
  given({});
  const { exitCode, errors, text, calls } = await up();
  expect([exitCode, errors]).toEqual([0, []]);
  expect(text).not.toContain(canary);
  expect([...calls].sort()).toEqual(
    [
      `secrets.create projects/${projectId}`,
      `secrets.addVersion ${secret}`,
      `secrets.setIamPolicy ${secret}`,
      `roles.create projects/${projectId}`,
      `setIamPolicy projects/${projectId}`,
    ].sort(),
  );
  const at = (call: string) => calls.findIndex((made) => made.startsWith(call));
  expect(at("secrets.create")).toBeLessThan(at("secrets.addVersion"));
  expect(at("secrets.create")).toBeLessThan(at("secrets.setIamPolicy"));
  expect(at("roles.create")).toBeLessThan(at("setIamPolicy"));
});

test("nothing changed is no change, and a refresh finds all as it was and reads no value", async () => {
  expect(await up()).toMatchObject({ exitCode: 0, steps: [], calls: [] });
  const { result, requests } = await googleRequestsDuring(() => project.refresh(env));
  expect(result).toMatchObject({ exitCode: 0, errors: [] });
  expect(requests.filter(({ method }) => method.endsWith(".access"))).toEqual([]);
  expect(await up()).toMatchObject({ exitCode: 0, steps: [], calls: [] });
});

test("a new value is the next version, and the one before is left alone", async () => {
  given({ number: 2 });
  expect(await up()).toMatchObject({ exitCode: 0, calls: [`secrets.addVersion ${secret}`] });
});

test("with DISABLE the version before is disabled once the new one is there", async () => {
  given({ number: 2, deletionPolicy: "DISABLE" });
  expect(await up()).toMatchObject({ exitCode: 0, calls: [] });
  given({ number: 3, deletionPolicy: "DISABLE" });
  expect(await up()).toMatchObject({
    exitCode: 0,
    calls: [`secrets.addVersion ${secret}`, `secrets.versions.disable ${secret}/versions/2`],
  });
});

test("outputs have the version's count and the project's number, and the state has no value", async () => {
  const { text, resources } = await project.export();
  const outputs = resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs;
  expect(outputs).toEqual({
    version: "3",
    number: "424242424242",
    secret: "projects/424242424242/secrets/database",
  });
  expect(text).not.toContain(canary);
});

test("destroy takes all away, and the role can be made again", async () => {
  const { result, requests } = await googleRequestsDuring(() => project.destroy(env));
  expect(result).toMatchObject({ exitCode: 0, errors: [] });
  expect(changes(requests)).toContain(`secrets.delete ${secret}`);
  expect((await project.export()).resources).toEqual([]);
  given({ deletionPolicy: "DELETE" });
  const again = await up();
  expect([again.exitCode, again.errors]).toEqual([0, []]);
  expect(again.calls).toContain(`roles.undelete projects/${projectId}/roles/reader_v1`);
  expect((await project.export()).resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs).toMatchObject({
    version: "1",
  });
  await project.destroy(env);
});
