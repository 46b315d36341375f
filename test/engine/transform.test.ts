import { kubernetes, secretsIn } from "./support/kubernetes";
import { Project, root } from "./support/project";

/** A component stands for a chart: the engine asks transforms for its children as it does for those of a plugin. */
const program = (value: string, env: string) => `
const pulumi = require("@pulumi/pulumi");
const apps = require("@pulumi/kubernetes/apps/v1");
const { DeploymentBinding, Secret, Workspace } = require(${JSON.stringify(root)});

const { ref } = new Workspace("charts", {
  organization: "Acme",
  aws: { region: "us-east-1", accountId: "111122223333" },
  kubernetes: {
    namespace: "charts",
    cluster: {
      eksIrsa: { oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/kubernetes.default.svc.cluster.local" },
    },
  },
  roles: { owners: [{ arn: "arn:aws:iam::111122223333:role/founders" }] },
});
const a = new Secret("a", { workspace: ref, value: pulumi.secret("canary-${value}"), recoveryWindowInDays: 0 });
const binding = new DeploymentBinding("agent", {
  workspace: ref,
  restartedBy: "pulumi",
  env: { KEY: { secret: "a" } },
  files: { "/etc/secrets": { secrets: ["a"] } },
}, { dependsOn: [a] });
const deployment = (name, namespace, options) => {
  const labels = { app: name };
  const metadata = { name, namespace, annotations: { "pulumi.com/skipAwait": "true" } };
  const template = { metadata: { labels }, spec: { containers: [{ name: "main", image: "a:1", env: ${env} }] } };
  new apps.Deployment(name, { metadata, spec: { selector: { matchLabels: labels }, template } }, options);
};
class Chart extends pulumi.ComponentResource {
  constructor(name, options) {
    super("test:index:Chart", name, {}, options);
    deployment("chosen", "charts", { parent: this });
    deployment("other", "default", { parent: this });
  }
}
new Chart("chart", { transforms: [binding.transform({ name: "chosen" })] });
deployment("alone", "charts", { transforms: [binding.transform()] });
`;
const url = '[{ name: "URL", value: "x$(KEY)" }]';
const deployment = "kubernetes:apps/v1:Deployment";

interface Deployment {
  spec: { template: { spec: { containers: { env: object[]; volumeMounts?: object[] }[]; volumes?: object[] } } };
}
const podOf = async (namespace: string, name: string) => {
  const { body } = await kubernetes("GET", `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`);
  return (body as Deployment).spec.template.spec;
};
const key = (secret: string) => ({ name: "KEY", valueFrom: { secretKeyRef: { name: secret, key: "value" } } });

let project: Project;
beforeAll(async () => {
  project = await Project.ofProgram("transform", program("1", url));
});
afterAll(() => project.end());

test("a workload of a chart receives the values, though its program knows nothing of them, and its neighbor doesn't", async () => {
  const preview = await project.preview();
  expect([preview.errors, preview.exitCode]).toEqual([[], 0]);
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  const { containers, volumes } = await podOf("charts", "chosen");
  expect(containers[0]).toMatchObject({
    env: [key("agent-a"), { name: "URL", value: "x$(KEY)" }],
    volumeMounts: [{ name: "vantedge-34eac8e4", mountPath: "/etc/secrets", readOnly: true }],
  });
  expect(volumes).toMatchObject([{ name: "vantedge-34eac8e4" }]);
  const other = await podOf("default", "other");
  expect([other.containers[0]?.env, other.volumes]).toEqual([[{ name: "URL", value: "x$(KEY)" }], undefined]);
});

test("up again changes nothing", async () => {
  const { exitCode, steps } = await project.up();
  expect({ exitCode, steps }).toEqual({ exitCode: 0, steps: [] });
});

test("a new value rolls it out, when it is in the cluster", async () => {
  project.write("index.js", program("2", url));
  const { exitCode, steps } = await project.up();
  expect(exitCode).toBe(0);
  const told = steps.filter((step) => /Deployment |ExternalSecret /.test(step));
  expect(told.shift()).toBe("update kubernetes:external-secrets.io/v1:ExternalSecret agent--a");
  expect(told.sort()).toEqual([`update ${deployment} alone`, `update ${deployment} chosen`]);
  expect((await secretsIn("charts"))["agent-a"]).toEqual({ value: "canary-2" });
});

test("what the chart sets itself is refused in the preview", async () => {
  project.write("index.js", program("2", '[{ name: "KEY", value: "own" }]'));
  const { exitCode, errors } = await project.preview();
  expect(exitCode).not.toBe(0);
  expect(errors.join("\n")).toContain(
    'DeploymentBinding "agent": container "main" already has the environment variable KEY: remove it from the workload or from the binding',
  );
  project.write("index.js", program("2", url));
});

/** Of a chart's own workloads the engine takes no dependencies from a transform. */
test("at the end, a workload whose own option it is goes before what brings its Secret", async () => {
  const { exitCode, steps } = await project.destroy();
  expect(exitCode).toBe(0);
  const order = steps.filter((step) => / alone$|:ExternalSecret /.test(step)).map((step) => step.split(" ")[1]);
  expect(order).toEqual([deployment, "kubernetes:external-secrets.io/v1:ExternalSecret"]);
});
