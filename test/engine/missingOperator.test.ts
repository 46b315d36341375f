import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { prepareAddOns } from "../../local/cloud/addOns";
import { endLocalCloud, endWithProcess } from "../../local/cloud/ending";
import { prepareKubernetes, type RunningKubernetes, startKubernetes } from "../../local/cloud/kubernetes";
import { Daemons } from "../../local/cloud/processes";
import { eventually } from "./support/eventually";
import { kubernetes } from "./support/kubernetes";
import { Project } from "./support/project";

/** A cluster of its own, in which nobody has installed anything. */
const directory = mkdtempSync(path.join(os.tmpdir(), "vantedge-bare-cluster-"));
const daemons = new Daemons(directory);
const guard = endWithProcess(directory, daemons);
let bare: RunningKubernetes;

const program = (delivery: string, dependsOn: string) => `
const { ConfigMap } = require("@pulumi/kubernetes/core/v1");
const { DeploymentBinding, Secret, workspaceRef } = require("vantedge-secrets");

const workspace = workspaceRef({
  name: "bare",
  organization: "Acme",
  cloud: "aws",
  region: "us-east-1",
  accountId: "111122223333",
  keyArn: "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555",
  namespace: "default",
  cluster: { eksIrsa: { oidcProviderArn: "arn:aws:iam::111122223333:oidc-provider/oidc.example.com" } },
});
const secret = new Secret("api-key", { workspace, value: "v" });
const operator = new ConfigMap("operator", { metadata: { name: "operator", namespace: "default" } });
new DeploymentBinding(
  "agent",
  { workspace, delivery: "${delivery}", files: { "/etc/secrets": { secrets: ["api-key"] } } },
  { dependsOn: [${dependsOn}] },
);
`;
const alone = { "external-secrets": program("external-secrets", "secret"), csi: program("csi", "secret") };
const line = (what: string) =>
  `DeploymentBinding "agent": the cluster of context "local" ${what}; where this program installs it, name that in dependsOn`;
const missing = {
  "external-secrets": line(
    'has no External Secrets Operator: run "helm install external-secrets external-secrets --repo https://charts.external-secrets.io -n external-secrets --create-namespace"',
  ),
  csi: line(
    'has no Secrets Store CSI driver: run "helm install secrets-provider-aws secrets-store-csi-driver-provider-aws --repo https://aws.github.io/secrets-store-csi-driver-provider-aws -n kube-system --set secrets-store-csi-driver.syncSecret.enabled=true --set secrets-store-csi-driver.enableSecretRotation=true"',
  ),
};
const deliveries = ["external-secrets", "csi"] as const;

let project: Project;
beforeAll(async () => {
  bare = await startKubernetes(daemons, path.join(directory, "kubernetes"), await prepareKubernetes(() => {}));
  project = await Project.ofProgram("missing-operator", alone["external-secrets"]);
});
afterAll(async () => {
  await project.end();
  await endLocalCloud(directory, daemons);
  guard.release();
  rmSync(directory, { recursive: true });
});

test.each(deliveries)("a preview says in one line what %s needs, and the binding makes nothing", async (delivery) => {
  project.write("index.js", alone[delivery]);
  const { exitCode, errors, steps } = await project.preview({ KUBECONFIG: bare.kubeconfig });
  expect(exitCode).not.toBe(0);
  expect(errors).toEqual([missing[delivery]]);
  expect(steps.filter((step) => /agent/.test(step))).toEqual(["create vantedge-secrets:index:DeploymentBinding agent"]);
});

test("the cluster is that of the stack's configuration, whatever the environment has", async () => {
  await project.configure("kubernetes:kubeconfig", bare.kubeconfig, []);
  await expect(project.preview()).resolves.toMatchObject({ errors: [missing.csi] });
  await project.configure("kubernetes:kubeconfig", process.env.KUBECONFIG as string, []);
  await expect(project.preview({ KUBECONFIG: bare.kubeconfig })).resolves.toMatchObject({ exitCode: 0, errors: [] });
  await project.configure("kubernetes:kubeconfig", bare.kubeconfig, []);
});

test.each(deliveries)("what the binding waits for may bring what %s needs", async (delivery) => {
  project.write("index.js", program(delivery, "secret, operator"));
  await expect(project.preview()).resolves.toMatchObject({ exitCode: 0, errors: [] });
});

test.each([
  ["external-secrets", "/apis/external-secrets.io/v1"],
  ["csi", "/apis/secrets-store.csi.x-k8s.io/v1"],
] as const)("a cluster that serves the kinds is one for %s", async (delivery, served) => {
  const { externalSecrets, secretsStore } = await prepareAddOns(() => {});
  const file = delivery === "csi" ? secretsStore.value : externalSecrets.value?.definitions;
  const definitions = JSON.parse(readFileSync(file as string, "utf8")) as object[];
  const usual = process.env.KUBECONFIG;
  process.env.KUBECONFIG = bare.kubeconfig;
  try {
    for (const definition of definitions) {
      const { status } = await kubernetes(
        "POST",
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        definition,
      );
      expect(status).toBe(201);
    }
    await eventually(
      () => kubernetes("GET", served),
      ({ status }) => expect(status).toBe(200),
    );
  } finally {
    process.env.KUBECONFIG = usual;
  }
  project.write("index.js", alone[delivery]);
  await expect(project.preview()).resolves.toMatchObject({ exitCode: 0, errors: [] });
});
