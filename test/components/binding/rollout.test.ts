import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import { DeploymentBinding, Workload, WorkloadKind } from "../../../index";
import { answers, bound, irsa, type More } from "../../support/bindings";
import { attempt, only, reloaderAt, run } from "../../support/mocks";

const two: More = { env: { A: { secret: "a" }, B: { secret: "b" } } };
const known: More = { values: { a: { versionId: "1" }, b: { versionId: "2" } } };
const files: More = { env: {}, files: { "/etc/a": { secrets: ["a"] } } };
const fileOfB: More = { files: { "/etc/b": { secrets: ["b"] } } };
const single: More = { env: {}, files: { "/etc/a.pem": { asFile: { secret: "a" } } } };
const kept = { "reloader.stakater.com/auto": "false" };
const versions = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [`secrets.vantedge.run/${name}`, "v-7"]));
const reload = (...names: string[]) => ({ "secret.reloader.stakater.com/reload": names.join(",") });
const pause = { "deployment.reloader.stakater.com/pause-period": "15s" };

/** In a cluster with Reloader, and in one without. */
const boundIn = {
  with: async (more: More, setting = {}) => {
    reloaderAt.mockResolvedValue({ state: "there" });
    return bound(more, { calls: answers, ...setting });
  },
  without: (more: More, setting = {}) => bound(more, { calls: answers, ...setting }),
};

/** Whether Reloader or the next `pulumi up` rolls a workload out: exactly one of its and the template's annotations. */
test.each<[string, "with" | "without", More, { pod: object; workload: object }]>([
  ["a Deployment", "without", two, { pod: versions("a", "b"), workload: kept }],
  ["a Deployment", "with", two, { pod: {}, workload: { ...reload("agent-a", "agent-b"), ...pause } }],
  [
    "a Deployment of what the program writes",
    "without",
    { ...two, ...known },
    { pod: versions("a", "b"), workload: kept },
  ],
  ["a Deployment of what the program writes", "with", known, { pod: {}, workload: reload("agent-a") }],
  ["a Deployment of one secret", "with", {}, { pod: {}, workload: reload("agent-a") }],
  ["a Deployment that says so", "with", { restartedBy: "reloader" }, { pod: {}, workload: reload("agent-a") }],
  ["a Deployment that waits", "with", { restartedBy: "pulumi" }, { pod: versions("a"), workload: kept }],
  ["a pinned Deployment", "with", { ...two, freshness: "pinned" }, { pod: versions("a", "b"), workload: kept }],
  [
    "a StatefulSet, since Reloader pauses Deployments only",
    "with",
    { ...two, workload: "StatefulSet" },
    { pod: {}, workload: reload("agent-a", "agent-b") },
  ],
  ["a DaemonSet", "without", { workload: "DaemonSet" }, { pod: versions("a"), workload: kept }],
  ["a ReplicaSet", "with", { workload: "ReplicaSet" }, { pod: {}, workload: kept }],
  ["a Job", "with", { workload: "Job" }, { pod: {}, workload: kept }],
  ["a CronJob", "with", { workload: "CronJob" }, { pod: {}, workload: kept }],
  ["a Pod", "with", { workload: "Pod" }, { pod: {}, workload: kept }],
  ["files of an application, which are written in place", "with", files, { pod: {}, workload: kept }],
  [
    "files of an agent, which reads them when it starts",
    "with",
    { ...files, kind: "agent" },
    { pod: {}, workload: reload("agent-a") },
  ],
  ["files of an agent", "without", { ...files, kind: "agent" }, { pod: versions("a"), workload: kept }],
  ["a single file, which is never written in place", "with", single, { pod: {}, workload: reload("agent-a") }],
  ["a single file", "without", single, { pod: versions("a"), workload: kept }],
])("%s, %s Reloader in the cluster", async (_, cluster, more, expected) => {
  const { result } = await boundIn[cluster](more);
  expect(result.podAnnotations).toEqual(expected.pod);
  expect(result.workloadAnnotations).toEqual(expected.workload);
});

test.each<[string, More]>([
  ["a Deployment", {}],
  ["what the program writes", known],
  ["a pinned Deployment", { freshness: "pinned" }],
  ["a Job", { workload: "Job" }],
  ["delivery native", { delivery: "native", values: { a: { value: "v", versionId: "1" } } }],
])("a Secret's name never changes: %s", async (_, more) => {
  for (const cluster of ["with", "without"] as const) {
    const { result } = await boundIn[cluster](more);
    expect(result.env[0].valueFrom.secretKeyRef.name).toBe("agent-a");
  }
});

describe("what a cluster says of Reloader", () => {
  const why = 'the cluster of context "test" does not say';
  const restartedBy = (setting = {}) =>
    attempt(() => new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret: "a" } } }).restartedBy, {
      calls: answers,
      ...setting,
    });

  test("is asked once for the bindings of a namespace, with how their values arrive", async () => {
    await run(
      () => {
        for (const name of ["one", "two"])
          new DeploymentBinding(name, { workspace: irsa, env: { A: { secret: "a" } } });
        new DeploymentBinding("three", { workspace: irsa, env: { A: { secret: "a" } }, delivery: "csi" });
      },
      { calls: answers },
    );
    expect(reloaderAt.mock.calls).toEqual([
      [{}, { namespace: "apps", csi: false }],
      [{}, { namespace: "apps", csi: true }],
    ]);
  });

  test("counts as none where it may not be asked", async () => {
    reloaderAt.mockResolvedValue({ state: "unknown", why });
    expect(await restartedBy()).toMatchObject({ errors: [], result: "pulumi" });
  });

  test("that does not come stops an update, and a preview goes on as without", async () => {
    reloaderAt.mockResolvedValue({ state: "silent", why });
    expect(await restartedBy({ preview: true })).toMatchObject({ errors: [], result: "pulumi" });
    expect((await restartedBy()).errors).toEqual([
      `DeploymentBinding "agent": restartedBy: ${why}: run pulumi up again, or say who restarts the workload`,
    ]);
  });

  test("is not asked where nobody restarts", async () => {
    for (const more of [files, { workload: "Job" }, { restartedBy: "pulumi" }, { freshness: "pinned" }] as More[]) {
      await bound(more, { calls: answers });
    }
    expect(reloaderAt).not.toHaveBeenCalled();
  });

  test("refuses who asks for it where there is none", async () => {
    const { errors } = await attempt(
      () => new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret: "a" } }, restartedBy: "reloader" }),
      { calls: answers },
    );
    expect(errors).toEqual([
      'DeploymentBinding "agent": restartedBy: the cluster of context "test" has no Reloader: run "helm upgrade --install reloader reloader --repo https://stakater.github.io/stakater-charts -n reloader --create-namespace --reset-then-reuse-values --set reloader.reloadStrategy=annotations", or leave restartedBy out',
    ]);
  });
});

test("natively, a Secret's content changes in place", async () => {
  const native: More = { delivery: "native", values: { a: { value: "v", versionId: "1" } } };
  for (const workload of Object.values(Workload)) {
    const { resources } = await boundIn.without({ ...native, workload });
    expect(only(resources, "kubernetes:core/v1:Secret").inputs.immutable).toBeUndefined();
  }
});

/** The engine replaces with a Secret of a fixed name what depends on it: a Job would run again (pulumi#2167). */
test.each<[Workload]>([["Deployment"], ["Job"]])(
  "natively, a %s comes after its Secret, and does not depend on it",
  async (workload) => {
    const pod = {
      containers: [{ name: "main", image: "a:1" }],
      restartPolicy: workload === "Job" ? "Never" : "Always",
    };
    const program = () => {
      const workspace = { ...irsa, cluster: undefined };
      const values = { a: { value: "v", versionId: "1" } };
      const args = { workspace, workload, delivery: "native", env: { A: { secret: "a" } }, values } as const;
      const injected = new DeploymentBinding("agent", args).inject({
        kind: workload,
        spec: { template: { spec: pod } },
      });
      new CustomResource("it", { ...injected, apiVersion: "test/v1" });
    };
    for (const preview of [false, true]) {
      const { resources } = await run(program, { preview, calls: answers });
      const order = resources.map(({ name }) => name).filter((name) => name !== "agent-values");
      expect(order).toEqual(["agent", "agent--a", "it"]);
      expect(only(resources, `kubernetes:test/v1:${workload}`).options.dependencies).toEqual([]);
    }
  },
);

/** The table of docs/delivery.md. Prices are for one secret. */
test.each<[WorkloadKind, object]>([
  ["agent", { worst: 200, calls: 14_400, price: 0.1152, files: true, init: false }],
  ["model", { worst: 200, calls: 14_400, price: 0.1152, files: false, init: true }],
  ["data-source", { worst: 80, calls: 43_200, price: 0.3456, files: false, init: false }],
  ["tool", { worst: 140, calls: 21_600, price: 0.1728, files: false, init: false }],
  ["application", { worst: 200, calls: 14_400, price: 0.1152, files: false, init: false }],
])("kind %s", async (kind, expected) => {
  const file = (await boundIn.without({ kind, ...files })).result;
  const variable = (await boundIn.with({ kind })).result;
  expect({
    worst: variable.worstCaseStalenessSeconds - 20,
    calls: variable.estimatedApiCallsPerMonth,
    price: variable.estimatedMonthlyPrice,
    files: Object.keys(file.podAnnotations).length > 0,
    init: variable.initContainers,
  }).toEqual(expected);
});

test.each<[string, "with" | "without", More, [number | undefined, number, number]]>([
  ["files", "without", files, [290, 14_400, 0.1152]],
  ["a variable", "with", {}, [220, 14_400, 0.1152]],
  ["several variables", "with", two, [235, 28_800, 0.2304]],
  ["one secret as variable and file", "with", { files: files.files }, [220, 14_400, 0.1152]],
  ["a variable, and a file of another", "with", fileOfB, [290, 28_800, 0.2304]],
  ["a file that an agent reads when it starts", "with", { ...files, kind: "agent" }, [220, 14_400, 0.1152]],
  ["the same, by the next pulumi up", "without", { ...files, kind: "agent" }, [undefined, 14_400, 0.1152]],
  ["a variable, by the next pulumi up", "without", { restartedBy: "auto" }, [undefined, 14_400, 0.1152]],
  ["a variable of a CronJob", "without", { workload: "CronJob" }, [200, 14_400, 0.1152]],
  ["a variable of a Pod", "with", { workload: "Pod" }, [undefined, 14_400, 0.1152]],
  ["a pinned version", "with", { freshness: "pinned" }, [undefined, 1, 0]],
  ["once an hour", "without", { ...files, refreshSeconds: 3600 }, [3710, 720, 0.0058]],
  ["csi, for each pod", "without", { ...files, delivery: "csi", expectedPods: 10 }, [210, 216_000, 1.728]],
  ["native", "with", { delivery: "native", values: { a: { value: "v", versionId: "1" } } }, [undefined, 0, 0]],
])("how stale and how dear: %s, %s Reloader", async (_, cluster, more, [worst, calls, price]) => {
  const { result } = await boundIn[cluster](more);
  expect(result.worstCaseStalenessSeconds).toBe(worst);
  expect(result.estimatedApiCallsPerMonth).toBe(calls);
  expect(result.estimatedMonthlyPrice).toBe(price);
});

test("a staleness that only Reloader can keep is refused where the cluster has none", async () => {
  const program = () => {
    new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret: "a" } }, maxStalenessSeconds: 300 });
  };
  expect((await attempt(program, { calls: answers })).errors).toEqual([
    'DeploymentBinding "agent": maxStalenessSeconds: can\'t be met: environment variables change with the next pulumi up only: have Reloader restart the pods, or bind files',
  ]);
  reloaderAt.mockResolvedValue({ state: "there" });
  expect((await attempt(program, { calls: answers })).errors).toEqual([]);
});
