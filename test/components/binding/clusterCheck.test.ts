import * as aws from "@pulumi/aws/provider";
import * as k8s from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import { DeploymentBinding, type DeploymentBindingArgs, Secret, Workspace } from "../../../index";
import { answers, irsa } from "../../support/bindings";
import { production, ref } from "../../support/fixtures";
import { attempt, missingAt, only, run, summary } from "../../support/mocks";

const args: DeploymentBindingArgs = { workspace: irsa, env: { A: { secret: "a" } } };
const other = () => new pulumi.ComponentResource("other:index:Operator", "operator");
const asked = () => missingAt.mock.calls.map(([place, needs]) => [place, needs.map(({ name }) => name)]);

test("what a cluster lacks is said in one line each, and the binding makes nothing", async () => {
  missingAt.mockResolvedValue(["no operator: install it", "another version: upgrade it"]);
  for (const preview of [true, false]) {
    const { errors, resources } = await attempt(() => new DeploymentBinding("agent", args), {
      calls: answers,
      preview,
    });
    const hint = "where this program installs it, name that in dependsOn";
    expect(errors).toEqual([
      `DeploymentBinding "agent": no operator: install it; ${hint}`,
      `DeploymentBinding "agent": another version: upgrade it; ${hint}`,
    ]);
    expect(summary(resources)).toEqual(["vantedge-secrets:index:DeploymentBinding agent"]);
  }
});

test("one question for all bindings of a program that need the same", async () => {
  const program = () => {
    for (const name of ["one", "two"]) new DeploymentBinding(name, args);
    new DeploymentBinding("three", { ...args, delivery: "csi" });
  };
  await run(program, { calls: answers });
  expect(asked()).toEqual([
    [{}, ["External Secrets Operator"]],
    [{}, ["Secrets Store CSI driver"]],
  ]);
  await run(program, { calls: answers });
  expect(asked()).toHaveLength(4);
});

test("the cluster is that of the default provider", async () => {
  const config = { "kubernetes:kubeconfig": "text or path", "kubernetes:context": "production" };
  await run(() => new DeploymentBinding("agent", args), { calls: answers, config });
  expect(asked()).toEqual([[{ kubeconfig: "text or path", context: "production" }, ["External Secrets Operator"]]]);
});

const provider = (args?: k8s.ProviderArgs) => new k8s.Provider("cluster", args);
test.each<[string, () => pulumi.ComponentResourceOptions, object]>([
  [
    "an explicit one",
    () => ({ provider: provider({ kubeconfig: "text", context: "a" }) }),
    { kubeconfig: "text", context: "a" },
  ],
  ["one among others", () => ({ providers: [provider({ cluster: "b" })] }), { cluster: "b" }],
  [
    "one whose kubeconfig is secret",
    () => ({ provider: provider({ kubeconfig: pulumi.secret("text") }) }),
    { kubeconfig: "text" },
  ],
  [
    "a parent's",
    () => ({ parent: new pulumi.ComponentResource("other:index:App", "app", {}, { providers: [provider()] }) }),
    {},
  ],
])("the cluster is that of the binding's provider: %s", async (_, options, place) => {
  const { resources } = await run(() => new DeploymentBinding("agent", args, options()), { calls: answers });
  expect(asked()).toEqual([[place, ["External Secrets Operator"]]]);
  const made = resources.filter(({ type }) => type.startsWith("kubernetes:"));
  expect(made.flatMap(({ secretInputs }) => secretInputs)).toEqual([]);
});

test("a provider that a component in another language gets tells nothing: what it makes is awaited by it", async () => {
  const { resources } = await run(
    () => {
      const provider = new pulumi.DependencyProviderResource(
        "urn:pulumi:stack::project::pulumi:providers:kubernetes::cluster::id",
      );
      new DeploymentBinding("agent", args, { provider });
    },
    { calls: answers },
  );
  expect(missingAt).not.toHaveBeenCalled();
  const annotations = { "pulumi.com/waitFor": "condition=Ready", "pulumi.com/timeoutSeconds": "300" };
  expect(only(resources, "kubernetes:external-secrets.io/v1:SecretStore").inputs).toMatchObject({
    metadata: { annotations },
  });
});

test.each<[string, () => pulumi.ComponentResourceOptions]>([
  ["a Secret", () => ({ dependsOn: [new Secret("a", { workspace: ref })] })],
  ["a Workspace", () => ({ dependsOn: new Workspace("production", production) })],
  ["a provider of another cloud", () => ({ providers: [new aws.Provider("cloud")] })],
])("is asked beside %s", async (_, options) => {
  await run(() => new DeploymentBinding("agent", args, options()), { calls: answers });
  expect(missingAt).toHaveBeenCalledTimes(1);
});

test.each<[string, Partial<DeploymentBindingArgs>, () => pulumi.ComponentResourceOptions, Record<string, string>?]>([
  ["delivery native", { delivery: "native", values: { a: { value: "v", versionId: "1" } } }, () => ({})],
  ["what is only read", { env: {}, secrets: ["a"] }, () => ({})],
  ["what may install it", {}, () => ({ dependsOn: [new Secret("a", { workspace: ref }), other()] })],
  ["one that may install it", {}, () => ({ dependsOn: other() })],
  ["what is known later", {}, () => ({ dependsOn: pulumi.output([other()]) })],
  ["YAML in place of a cluster", {}, () => ({}), { "kubernetes:renderYamlToDirectory": "yaml" }],
  ["YAML, by a provider", {}, () => ({ provider: provider({ renderYamlToDirectory: "yaml" }) })],
])("nobody is asked for %s", async (_, more, options, config = {}) => {
  await run(() => new DeploymentBinding("agent", { ...args, ...more }, options()), { calls: answers, config });
  expect(missingAt).not.toHaveBeenCalled();
});
