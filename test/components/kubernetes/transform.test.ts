import * as pulumi from "@pulumi/pulumi";
import { Workload } from "../../../components/binding/workloads";
import { type TransformOptions, transformWith } from "../../../components/kubernetes/transform";
import { DeploymentBinding } from "../../../index";
import { answers, irsa } from "../../support/bindings";
import { injection, key, mount, volume } from "../../support/injection";
import { attempt, named } from "../../support/mocks";

class Component extends pulumi.ComponentResource {}
class Child extends pulumi.CustomResource {}

interface Asked {
  props: pulumi.Inputs;
  type?: string;
  options?: TransformOptions;
  given?: Parameters<typeof injection>[0];
  preview?: boolean;
}

/** What becomes of a chart's resource, as the engine asks for each and takes the answer in its place. */
async function transformed({ props, type = "kubernetes:apps/v1:Deployment", options = {}, given, preview }: Asked) {
  const program = async () => {
    const secret = new Child("test:x:Secret", "secret");
    const from = injection(given);
    const transform = transformWith(
      { ...from, env: pulumi.all([from.env, secret.urn]).apply(([env]) => env) },
      options,
    );
    const opts = { protect: true, dependsOn: [new Component("test:x:Other", "other")] };
    const answer = await transform({ custom: true, type, name: "apps/a", props, opts });
    if (answer !== undefined) new Child("test:x:Child", "child", answer.props, answer.opts);
    const waitsFor = ((answer?.opts.dependsOn ?? []) as pulumi.Resource[]).map(({ urn }) => urn);
    return { left: answer === undefined, waitsFor };
  };
  const { result, resources, errors } = await attempt(program, { preview });
  return { ...result, errors, child: named(resources, "test:x:Child").child };
}

const main = { name: "main" };
const injectedPod = { containers: [{ ...main, env: [key], volumeMounts: [mount] }], volumes: [volume] };
const around: Record<Workload, (pod: object) => object> = {
  Deployment: (pod) => ({ template: { spec: pod } }),
  StatefulSet: (pod) => ({ template: { spec: pod } }),
  DaemonSet: (pod) => ({ template: { spec: pod } }),
  ReplicaSet: (pod) => ({ template: { spec: pod } }),
  Job: (pod) => ({ template: { spec: pod } }),
  CronJob: (pod) => ({ jobTemplate: { spec: { template: { spec: pod } } } }),
  Pod: (pod) => pod,
};
const metadata = { name: "support", namespace: "apps" };
const props = (workload: Workload = "Deployment", pod: object = { containers: [main] }) => ({
  kind: workload,
  metadata,
  spec: around[workload](pod),
});

test.each<[string, Workload]>([
  ["kubernetes:apps/v1:Deployment", "Deployment"],
  ["kubernetes:apps/v1beta2:Deployment", "Deployment"],
  ["kubernetes:extensions/v1beta1:Deployment", "Deployment"],
  ["kubernetes:apps/v1:StatefulSet", "StatefulSet"],
  ["kubernetes:extensions/v1beta1:DaemonSet", "DaemonSet"],
  ["kubernetes:apps/v1:ReplicaSet", "ReplicaSet"],
  ["kubernetes:batch/v1:Job", "Job"],
  ["kubernetes:batch/v1beta1:CronJob", "CronJob"],
  ["kubernetes:core/v1:Pod", "Pod"],
])("the workloads of the binding's kind receive the values: %s", async (type, workload) => {
  const { child, errors } = await transformed({ type, props: props(workload), given: { workload } });
  expect(errors).toEqual([]);
  expect(child?.inputs).toStrictEqual(props(workload, injectedPod));
});

test.each<[string, Workload]>([
  ["kubernetes:apps/v1:StatefulSet", "Deployment"],
  ["kubernetes:apps/v1:DeploymentList", "Deployment"],
  ["kubernetes:apps/v1:DeploymentPatch", "Deployment"],
  ["kubernetes:example.com/v1:Deployment", "Deployment"],
  ["other:apps/v1:Deployment", "Deployment"],
  ["kubernetes:batch/v1:CronJob", "Job"],
  ["kubernetes:batch/v1:Job", "CronJob"],
  ["kubernetes:core/v1:PodTemplate", "Pod"],
  ["kubernetes:helm.sh/v4:Chart", "Deployment"],
])("every other resource is left alone: %s", async (type, workload) => {
  const { left, child, errors } = await transformed({ type, props: props(), given: { workload } });
  expect({ left, child, errors }).toEqual({ left: true, child: undefined, errors: [] });
});

test("its options stay, and it waits for the Secrets too: they must go after it", async () => {
  const { child, waitsFor } = await transformed({ props: props() });
  expect(child?.options.protect).toBe(true);
  expect(waitsFor.map((urn: string) => urn.split("::").at(-1))).toEqual(["other", "secret"]);
});

test("the one that is named receives the values, and others don't, whatever they have", async () => {
  const taken = await transformed({ props: props(), options: { name: "support" } });
  expect(taken.child?.inputs).toStrictEqual(props("Deployment", injectedPod));
  const colliding = props("Deployment", { containers: [{ ...main, env: [key] }] });
  const left = await transformed({ props: colliding, options: { name: "other" } });
  expect([left.left, left.errors]).toEqual([true, []]);
});

test("a name that comes later is told apart when it comes", async () => {
  const secret = { ...props(), metadata: pulumi.secret(metadata) };
  const taken = await transformed({ props: secret, options: { name: "support" } });
  expect(taken.child?.inputs).toStrictEqual(props("Deployment", injectedPod));
  expect(taken.child?.secretInputs).toContain("metadata");
  const left = await transformed({ props: secret, options: { name: "other" } });
  expect([left.child?.inputs, left.errors]).toStrictEqual([props(), []]);
});

test("what is unknown in a preview stays so", async () => {
  const hidden = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const unknown = { ...props(), metadata: pulumi.unknown };
  const all = await transformed({ props: unknown, preview: true });
  expect(all.child?.inputs).toStrictEqual({ ...props("Deployment", injectedPod), metadata: hidden });
  const one = await transformed({ props: unknown, options: { name: "support" }, preview: true });
  expect(one.child?.inputs).toStrictEqual({ kind: "Deployment", metadata: hidden, spec: hidden });
});

test("containers may be chosen", async () => {
  const pod = { containers: [main, { name: "proxy" }], initContainers: [{ name: "init" }] };
  const options = { containers: ["main"], initContainers: true };
  const { child } = await transformed({ props: props("Deployment", pod), options });
  const injected = { env: [key], volumeMounts: [mount] };
  expect(child?.inputs.spec).toStrictEqual({
    template: {
      spec: {
        containers: [{ ...main, ...injected }, { name: "proxy" }],
        initContainers: [{ name: "init", ...injected }],
        volumes: [volume],
      },
    },
  });
});

test.each<[string, object, string]>([
  [
    "a chart in another namespace",
    { ...props(), metadata: { name: "support", namespace: "default" } },
    'the workload is in namespace "default", its secrets are in "apps": put the workload there, or leave its namespace out',
  ],
  [
    "a variable that the chart sets itself",
    props("Deployment", { containers: [{ ...main, env: [{ name: "KEY", value: "own" }] }] }),
    'container "main" already has the environment variable KEY: remove it from the workload or from the binding',
  ],
])("%s is refused", async (_, asked, expected) => {
  const { errors } = await transformed({ props: asked });
  expect(errors).toEqual([`DeploymentBinding "agent": ${expected}`]);
});

test("a DeploymentBinding's transform goes to a chart as it is", async () => {
  const program = async () => {
    const binding = new DeploymentBinding("agent", { workspace: irsa, env: { KEY: { secret: "a" } } });
    const transform: pulumi.ResourceTransform = binding.transform({ name: "support" });
    new Component("test:x:Chart", "chart", {}, { transforms: [transform] });
    const answer = await transform({
      custom: true,
      type: "kubernetes:apps/v1:Deployment",
      name: "a",
      props: props(),
      opts: {},
    });
    return { spec: answer?.props.spec, env: binding.env, waitsFor: [answer?.opts.dependsOn].flat().length };
  };
  const { result, errors } = await attempt(program, { calls: answers });
  expect(errors).toEqual([]);
  expect(result.spec).toEqual({
    template: {
      metadata: { annotations: { "secrets.vantedge.run/a": "v-7" } },
      spec: { containers: [{ ...main, env: result.env }] },
    },
  });
  expect(result.waitsFor).toBe(1);
});
