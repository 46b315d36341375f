import * as pulumi from "@pulumi/pulumi";
import { DeploymentBinding } from "../../../index";
import { ref } from "../../support/fixtures";
import { attempt, run } from "../../support/mocks";

const binding = (name = "agent", more: object = {}) =>
  new DeploymentBinding(name, {
    workspace: { ...ref, namespace: "apps" },
    delivery: "native",
    env: { KEY: { secret: "a" } },
    files: { "/etc/secrets": { secrets: ["a"] } },
    values: { a: { value: "v", versionId: "1" } },
    ...more,
  });
const envOnly = { files: {} };
const filesOnly = { env: {} };

/** Of `agent`: the ends are hashes of "1" and of "/etc/secrets". */
const key = { name: "KEY", valueFrom: { secretKeyRef: { name: "agent-a-6b86b273", key: "value" } } };
const volume = {
  name: "vantedge-34eac8e4",
  projected: {
    sources: [{ secret: { name: "agent-a-6b86b273", items: [{ key: "value", path: "a" }] } }],
    defaultMode: 0o440,
  },
};
const mount = { name: "vantedge-34eac8e4", mountPath: "/etc/secrets", readOnly: true };

const pod = (containers: object[], more: object = {}) => ({ spec: { template: { spec: { containers, ...more } } } });
const inject = async (workload: object, ...bound: Parameters<typeof binding>) =>
  (await run(() => ({ injected: binding(...bound).inject(workload) }))).result.injected;

test("every container receives variables and files, and the pod the volume", async () => {
  expect(await inject(pod([{ name: "one" }, { name: "two" }]))).toEqual({
    metadata: { namespace: "apps" },
    ...pod(
      ["one", "two"].map((name) => ({ name, env: [key], volumeMounts: [mount] })),
      { volumes: [volume] },
    ),
  });
});

test("secrets come first, so that $(KEY) expands; what is there stays", async () => {
  const own = { env: [{ name: "URL", value: "x$(KEY)" }], volumeMounts: [{ name: "tmp", mountPath: "/tmp" }] };
  const workload = {
    metadata: { name: "support", labels: { app: "support" } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "support" } },
      template: {
        metadata: { labels: { app: "support" } },
        spec: { containers: [own], volumes: [{ name: "tmp", emptyDir: {} }], serviceAccountName: "own" },
      },
    },
  };
  expect(await inject(workload)).toEqual({
    metadata: { name: "support", labels: { app: "support" }, namespace: "apps" },
    spec: {
      ...workload.spec,
      template: {
        metadata: { labels: { app: "support" } },
        spec: {
          containers: [{ env: [key, ...own.env], volumeMounts: [...own.volumeMounts, mount] }],
          volumes: [{ name: "tmp", emptyDir: {} }, volume],
          serviceAccountName: "own",
        },
      },
    },
  });
});

test.each([
  ["variables", envOnly, pod([{ env: [key] }])],
  ["files", filesOnly, pod([{ volumeMounts: [mount] }], { volumes: [volume] })],
])("a binding of %s adds nothing else", async (_, more, expected) => {
  expect(await inject(pod([{}]), "agent", more)).toEqual({ metadata: { namespace: "apps" }, ...expected });
});

test("the workload given is not changed", async () => {
  const workload = { metadata: { name: "a" }, ...pod([{ env: [{ name: "A" }] }]) };
  const before = structuredClone(workload);
  await inject(workload);
  expect(workload).toEqual(before);
});

test.each([
  ["the whole spec", (spec: object) => pulumi.output(spec)],
  ["a promise", (spec: object) => Promise.resolve(spec)],
  ["the template", (spec: { template: object }) => ({ template: pulumi.output(spec.template) })],
])("what is known later is taken too: %s", async (_, later) => {
  const { spec } = pod([{ env: [{ name: "A", value: pulumi.output("b") }] }]);
  const injected = await inject({ metadata: pulumi.output({ name: "a" }), spec: later(spec) }, "agent", envOnly);
  expect(injected).toEqual({
    metadata: { name: "a", namespace: "apps" },
    ...pod([{ env: [key, { name: "A", value: "b" }] }]),
  });
});

test("the namespace of the binding may be written, and another one is refused", async () => {
  const inNamespace = (namespace: string) => ({ metadata: { namespace }, ...pod([{}]) });
  expect((await inject(inNamespace("apps"), "agent", envOnly)).metadata).toEqual({ namespace: "apps" });
  const { errors } = await attempt(() => ({ injected: binding().inject(inNamespace("default")) }));
  expect(errors).toEqual([
    'DeploymentBinding "agent": the workload is in namespace "default", its secrets are in "apps": put the workload ' +
      "there, or leave its namespace out",
  ]);
});

const twice = (what: string) =>
  `DeploymentBinding "agent": the workload already has the ${what}: remove it from the workload or from the binding`;
const noContainers =
  'DeploymentBinding "agent": the workload has no spec.template.spec.containers: inject takes the arguments of a Deployment';

test.each<[string, object, string]>([
  ["a variable", pod([{}, { env: [{ name: "KEY", value: "own" }] }]), twice("environment variable KEY")],
  [
    "a mount path",
    pod([{ volumeMounts: [{ name: "own", mountPath: "/etc/secrets" }] }]),
    twice("mount path /etc/secrets"),
  ],
  ["a volume", pod([{}], { volumes: [{ name: "vantedge-34eac8e4" }] }), twice("volume vantedge-34eac8e4")],
  ["no containers", pod([]), noContainers],
  ["no spec", {}, noContainers],
  ["a pod", { spec: { containers: [{}] } }, noContainers],
])("refuses %s", async (_, workload, expected) => {
  const { errors } = await attempt(() => ({ injected: binding().inject(workload) }));
  expect(errors).toEqual([expected]);
});

test("two bindings go into one workload, unless they want one directory", async () => {
  const other = (files: object) => binding("other", { env: { OTHER: { secret: "a" } }, files });
  const both = await run(() => ({
    injected: other({ "/other": { secrets: ["a"] } }).inject(binding().inject(pod([{}]))),
  }));
  const [container] = both.result.injected.spec.template.spec.containers;
  expect(container.env.map(({ name }: { name: string }) => name)).toEqual(["OTHER", "KEY"]);
  expect(container.volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath)).toEqual([
    "/etc/secrets",
    "/other",
  ]);
  const same = await attempt(() => ({
    injected: other({ "/etc/secrets": { secrets: ["a"] } }).inject(binding().inject(pod([{}]))),
  }));
  expect(same.errors).toEqual([twice("mount path /etc/secrets").replace("agent", "other")]);
});
