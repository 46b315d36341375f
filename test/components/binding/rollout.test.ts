import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import { DeploymentBinding, type DeploymentBindingArgs, Workload, WorkloadKind } from "../../../index";
import { answers, bound, irsa, type More } from "../../support/bindings";
import { only, run } from "../../support/mocks";

const two: More = { env: { A: { secret: "a" }, B: { secret: "b" } } };
const known: More = { values: { a: { versionId: "1" }, b: { versionId: "2" } } };
const reloader: More = { restartedBy: "reloader" };
const files: More = { env: {}, files: { "/etc/a": { secrets: ["a"] } } };
const single: More = { env: {}, files: { "/etc/a.pem": { asFile: { secret: "a" } } } };
const kept = { "reloader.stakater.com/auto": "false" };
const versions = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [`secrets.vantedge.run/${name}`, "v-7"]));

/** What rolls a workload out, and when: exactly one of the Secrets' names, the template's annotations and Reloader's. */
test.each<[string, More, { name: RegExp; pod: object; workload: object }]>([
  ["a Deployment, pinned", { ...two, ...known }, { name: /^agent-a-[0-9a-f]{8}$/, pod: {}, workload: kept }],
  ["a Deployment, latest", two, { name: /^agent-a$/, pod: versions("a", "b"), workload: kept }],
  [
    "a Deployment, latest, of what the program wrote and somebody may have replaced",
    { ...two, ...known, freshness: "latest" },
    { name: /^agent-a$/, pod: versions("a", "b"), workload: kept },
  ],
  [
    "a Deployment with Reloader",
    { ...two, ...reloader },
    {
      name: /^agent-a$/,
      pod: {},
      workload: {
        "secret.reloader.stakater.com/reload": "agent-a,agent-b",
        "deployment.reloader.stakater.com/pause-period": "60s",
      },
    },
  ],
  [
    "a Deployment of one secret with Reloader",
    reloader,
    { name: /^agent-a$/, pod: {}, workload: { "secret.reloader.stakater.com/reload": "agent-a" } },
  ],
  [
    "a StatefulSet with Reloader, which pauses Deployments only",
    { ...two, ...reloader, workload: "StatefulSet" },
    { name: /^agent-a$/, pod: {}, workload: { "secret.reloader.stakater.com/reload": "agent-a,agent-b" } },
  ],
  [
    "Reloader, although the program knows the versions",
    { ...known, ...reloader },
    { name: /^agent-a$/, pod: {}, workload: { "secret.reloader.stakater.com/reload": "agent-a" } },
  ],
  ["a DaemonSet, latest", { workload: "DaemonSet" }, { name: /^agent-a$/, pod: versions("a"), workload: kept }],
  ["a ReplicaSet", { ...known, workload: "ReplicaSet" }, { name: /^agent-a$/, pod: {}, workload: kept }],
  ["a Job", { ...known, workload: "Job" }, { name: /^agent-a$/, pod: {}, workload: kept }],
  ["a CronJob", { ...known, workload: "CronJob" }, { name: /^agent-a$/, pod: {}, workload: kept }],
  ["a Pod", { ...known, workload: "Pod" }, { name: /^agent-a$/, pod: {}, workload: kept }],
])("%s", async (_, more, expected) => {
  const { result } = await bound(more, { calls: answers });
  expect(result.env[0].valueFrom.secretKeyRef.name).toMatch(expected.name);
  expect(result.podAnnotations).toEqual(expected.pod);
  expect(result.workloadAnnotations).toEqual(expected.workload);
});

test.each<[string, More, object, object]>([
  ["the files of an application are written in place", files, {}, {}],
  ["an agent reads its files when it starts", { ...files, kind: "agent" }, {}, versions("a")],
  [
    "and so Reloader restarts it",
    { ...files, ...reloader, kind: "agent" },
    { "secret.reloader.stakater.com/reload": "agent-a" },
    {},
  ],
  ["Reloader leaves an application with files alone", { ...files, ...reloader }, {}, {}],
  [
    "a single file is never written in place",
    { ...single, ...reloader },
    { "secret.reloader.stakater.com/reload": "agent-a" },
    {},
  ],
])("%s", async (_, more, reload, pod) => {
  const { result } = await bound(more, { calls: answers });
  const { "reloader.stakater.com/auto": _kept, ...workload } = result.workloadAnnotations;
  expect(workload).toEqual(reload);
  expect(result.podAnnotations).toEqual(pod);
});

test("natively, what does not replace its pods has a Secret whose name and content change in place", async () => {
  const native: More = { delivery: "native", values: { a: { value: "v", versionId: "1" } } };
  for (const workload of Object.values(Workload)) {
    const { result, resources } = await bound({ ...native, workload });
    const rolls = ["Deployment", "StatefulSet", "DaemonSet"].includes(workload);
    expect(result.env[0].valueFrom.secretKeyRef.name).toMatch(rolls ? /^agent-a-[0-9a-f]{8}$/ : /^agent-a$/);
    const secret = resources.find(({ type }) => type === "kubernetes:core/v1:Secret");
    expect(secret?.inputs.immutable).toBe(rolls ? true : undefined);
  }
});

/** The engine replaces with a Secret of a fixed name what depends on it: a Job would run again (pulumi#2167). */
test.each<[Workload, string[]]>([
  ["Deployment", ["agent--a"]],
  ["Job", []],
])("natively, a %s comes after its Secret, and depends on %p", async (workload, expected) => {
  const pod = { containers: [{ name: "main", image: "a:1" }], restartPolicy: workload === "Job" ? "Never" : "Always" };
  const program = () => {
    const workspace = { ...irsa, cluster: undefined };
    const values = { a: { value: "v", versionId: "1" } };
    const args = { workspace, workload, delivery: "native", env: { A: { secret: "a" } }, values } as const;
    const injected = new DeploymentBinding("agent", args).inject({ kind: workload, spec: { template: { spec: pod } } });
    new CustomResource("it", { ...injected, apiVersion: "test/v1" });
  };
  for (const preview of [false, true]) {
    const { resources } = await run(program, { preview });
    const order = resources.map(({ name }) => name).filter((name) => name !== "agent-values");
    expect(order).toEqual(["agent", "agent--a", "it"]);
    expect(only(resources, `kubernetes:test/v1:${workload}`).options.dependencies).toEqual(expected);
  }
});

/** The table of docs/delivery.md. Prices are for one secret. */
test.each<[WorkloadKind, object]>([
  ["agent", { worst: 200, calls: 14_400, price: 0.1152, files: true, init: false }],
  ["model", { worst: 200, calls: 14_400, price: 0.1152, files: false, init: true }],
  ["data-source", { worst: 80, calls: 43_200, price: 0.3456, files: false, init: false }],
  ["tool", { worst: 140, calls: 21_600, price: 0.1728, files: false, init: false }],
  ["application", { worst: 200, calls: 14_400, price: 0.1152, files: false, init: false }],
])("kind %s", async (kind, expected) => {
  const variable = (await bound({ kind, ...reloader }, { calls: answers })).result;
  const file = (await bound({ kind, ...files }, { calls: answers })).result;
  expect({
    worst: variable.worstCaseStalenessSeconds - 20,
    calls: variable.estimatedApiCallsPerMonth,
    price: variable.estimatedMonthlyPrice,
    files: Object.keys(file.podAnnotations).length > 0,
    init: variable.initContainers,
  }).toEqual(expected);
});

test.each<[string, More, Partial<DeploymentBindingArgs>, [number | undefined, number, number]]>([
  ["files", files, {}, [290, 14_400, 0.1152]],
  ["a variable, by Reloader", {}, reloader, [220, 14_400, 0.1152]],
  ["several variables, by Reloader", two, reloader, [280, 28_800, 0.2304]],
  ["a variable, by the next pulumi up", {}, {}, [undefined, 14_400, 0.1152]],
  ["a variable of a CronJob", {}, { workload: "CronJob" }, [200, 14_400, 0.1152]],
  ["a pinned version", known, {}, [undefined, 1, 0]],
  ["once an hour", files, { refreshSeconds: 3600 }, [3710, 720, 0.0058]],
  ["csi, for each pod", files, { delivery: "csi", expectedPods: 10 }, [210, 216_000, 1.728]],
  ["native", { values: { a: { value: "v", versionId: "1" } } }, { delivery: "native" }, [undefined, 0, 0]],
])("how stale and how dear: %s", async (_, more, args, [worst, calls, price]) => {
  const { result } = await bound({ ...more, ...(args as More) }, { calls: answers });
  expect(result.worstCaseStalenessSeconds).toBe(worst);
  expect(result.estimatedApiCallsPerMonth).toBe(calls);
  expect(result.estimatedMonthlyPrice).toBe(price);
});

test.each<[string, More, string[]]>([
  [
    "native",
    { delivery: "native", values: { a: { value: "v", versionId: "1" } } },
    [
      "delivery native delivers what pulumi up writes: a value that is changed elsewhere, by rotation or by hand, is not seen",
    ],
  ],
  [
    "latest without Reloader",
    two,
    [
      'when a, b changes elsewhere, running pods see it after the next pulumi up: with Reloader in the cluster, set restartedBy: "reloader"',
    ],
  ],
  ["a Pod", { workload: "Pod" }, ["a Pod replaces no pods: new values of a come with its next pods"]],
  ["Reloader", reloader, []],
  ["pinned", known, []],
  ["files", files, []],
])("what is not seen is said, in a preview as well: %s", async (_, more, lines) => {
  for (const preview of [false, true]) {
    const { logs } = await bound(more, { calls: answers, preview });
    const said = logs.filter((line) => line.startsWith("info"));
    expect(said).toEqual(lines.map((line) => `info: [runtime] DeploymentBinding "agent": ${line}`));
  }
});
