import { eventually } from "./support/eventually";
import { kubernetes } from "./support/kubernetes";
import { objectNamed, ownedBy, settled } from "./support/workloads";

/** The real Reloader runs beside the cluster: it restarts what names a Secret, when that Secret's data change. */
const namespace = "restarted";
const secrets = `/api/v1/namespaces/${namespace}/secrets`;
const deployments = `/apis/apps/v1/namespaces/${namespace}/deployments`;

function deployment(name: string, annotations: Record<string, string>): object {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name: "main", image: "example.com/main" }] } };
  return { metadata: { name, annotations }, spec: { selector: { matchLabels: labels }, template } };
}

async function make(path: string, body: object): Promise<void> {
  expect((await kubernetes("POST", path, body)).status).toBe(201);
}

async function change(secret: string, body: object): Promise<void> {
  expect((await kubernetes("PATCH", `${secrets}/${secret}`, body)).status).toBe(200);
}

async function replicaSetsOf(name: string): Promise<number> {
  return (await ownedBy(await settled("Deployment", namespace, name), "ReplicaSet", namespace)).length;
}

beforeAll(async () => {
  await make("/api/v1/namespaces", { metadata: { name: namespace } });
  for (const name of ["a", "b"]) await make(secrets, { metadata: { name }, stringData: { value: "first" } });
  await make(deployments, deployment("named", { "secret.reloader.stakater.com/reload": "a" }));
  await make(deployments, deployment("other", { "secret.reloader.stakater.com/reload": "b" }));
  for (const name of ["named", "other"]) expect(await replicaSetsOf(name)).toBe(1);
});
afterAll(() => kubernetes("DELETE", `/api/v1/namespaces/${namespace}`));

test("other labels of a Secret restart nothing, other data restart what names it", async () => {
  await change("a", { metadata: { labels: { team: "another" } } });
  // Reloader works through the changes of Secrets in their order: when the second is done, so is the first.
  await change("b", { stringData: { value: "second" } });
  await eventually(
    () => replicaSetsOf("other"),
    (count) => expect(count).toBe(2),
  );
  expect(await replicaSetsOf("named")).toBe(1);
  await change("a", { stringData: { value: "second" } });
  await eventually(
    () => replicaSetsOf("named"),
    (count) => expect(count).toBe(2),
  );
  expect(await replicaSetsOf("other")).toBe(2);
});

test("programs find it as in a cluster that it was installed into by its chart", async () => {
  const { metadata, spec } = await objectNamed("Deployment", "reloader", "reloader-reloader");
  expect(metadata).toMatchObject({ labels: { "app.kubernetes.io/name": "reloader", app: "reloader-reloader" } });
  const [container] = spec.template.spec.containers;
  expect(container).toMatchObject({ image: expect.stringMatching(/^ghcr\.io\/stakater\/reloader:v1\.\d+\.\d+$/) });
  const { body } = await kubernetes("GET", "/api/v1/namespaces/reloader/configmaps/reloader-meta-info");
  const { data } = body as { data: Record<string, string> };
  expect(JSON.parse(data.deploymentInfo as string)).toMatchObject({ name: "reloader-reloader", namespace: "reloader" });
  const { image } = container as { image: string };
  expect(JSON.parse(data.buildInfo as string)).toMatchObject({ releaseVersion: image.split(":")[1] });
});
