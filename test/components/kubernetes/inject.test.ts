import type { DeploymentArgs } from "@pulumi/kubernetes/apps/v1";
import * as pulumi from "@pulumi/pulumi";
import { Workload } from "../../../components/binding/workloads";
import { injectInto } from "../../../components/kubernetes/inject";
import type { InjectOptions } from "../../../components/kubernetes/injection";
import { DeploymentBinding, type DeploymentBindingArgs, type WorkloadKind } from "../../../index";
import { ref } from "../../support/fixtures";
import { injection, key, mount, nothing, volume } from "../../support/injection";
import { attempt, only, run } from "../../support/mocks";

type Given = Parameters<typeof injection>[0];

class Resource extends pulumi.CustomResource {}

const deployment = (pod: object) => ({ spec: { template: { spec: pod } } });
const of = (...containers: object[]) => deployment({ containers });

const inject = async (args: object, given?: Given, options?: InjectOptions) =>
  (await run(() => ({ injected: injectInto(args, injection(given), options) }))).result.injected;
const injectPod = async (pod: object, given?: Given, options?: InjectOptions) =>
  (await inject(deployment(pod), given, options)).spec.template.spec;
const refusal = async (args: object, given?: Given, options?: InjectOptions) => {
  const { errors } = await attempt(() => ({ injected: injectInto(args, injection(given), options) }));
  return errors.map((line) => line.replace('DeploymentBinding "agent": ', ""));
};

const template = { metadata: { labels: { app: "a" } }, spec: { containers: [{ name: "main" }] } };
const injectedTemplate = {
  metadata: { labels: { app: "a" }, annotations: { "secrets.vantedge.run/a": "1" } },
  spec: { containers: [{ name: "main", env: [key], volumeMounts: [mount] }], volumes: [volume] },
};
const selector = { matchLabels: { app: "a" } };
/** By kind, the arguments around a template. */
const around: Record<Workload, (template: { metadata: object; spec: object }) => { metadata?: object; spec: object }> =
  {
    Deployment: (template) => ({ spec: { replicas: 2, selector, strategy: { type: "Recreate" }, template } }),
    StatefulSet: (template) => ({ spec: { serviceName: "a", replicas: 2, selector, template } }),
    DaemonSet: (template) => ({ spec: { selector, updateStrategy: { type: "OnDelete" }, template } }),
    ReplicaSet: (template) => ({ spec: { replicas: 1, selector, template } }),
    Job: (template) => ({ spec: { backoffLimit: 2, template } }),
    CronJob: (template) => ({ spec: { schedule: "@daily", jobTemplate: { spec: { backoffLimit: 2, template } } } }),
    Pod: (template) => template,
  };

describe.each(Object.values(Workload))("%s", (workload) => {
  const annotated = {
    workload,
    podAnnotations: { "secrets.vantedge.run/a": "1" },
    workloadAnnotations: { "reloader.stakater.com/auto": "false" },
  };
  const expected = around[workload](injectedTemplate);

  test("its pods receive the values, and it its annotations", async () => {
    const { metadata, ...rest } = await inject(around[workload](template), annotated);
    const { metadata: own, ...others } = expected;
    expect(rest).toEqual(others);
    const annotations = { "reloader.stakater.com/auto": "false" };
    expect(metadata).toEqual(
      workload === "Pod"
        ? { ...own, namespace: "apps", annotations: { ...injectedTemplate.metadata.annotations, ...annotations } }
        : { namespace: "apps", annotations },
    );
  });

  test("its kind may be written, and another is refused", async () => {
    const args = { kind: workload, ...around[workload](template) };
    expect((await inject(args, { workload })).kind).toBe(workload);
    const other = workload === "Job" ? "CronJob" : "Job";
    expect(await refusal({ ...args, kind: other }, { workload })).toEqual([
      `the workload looks like a ${other}, not a ${workload}: set workload: "${other}" on the binding`,
    ]);
  });

  test("without containers it is refused", async () => {
    const path = { CronJob: "spec.jobTemplate.spec.template.spec", Pod: "spec" }[workload as string];
    const empty = `the workload has no ${path ?? "spec.template.spec"}.containers: inject takes the arguments of a ${workload}`;
    for (const args of [{}, { spec: {} }, around[workload]({ metadata: {}, spec: { containers: [] } })]) {
      expect(await refusal(args, { workload })).toEqual([empty]);
    }
  });
});

const set = (found: string, workload: string, ...kinds: string[]) => [
  `the workload looks like a ${found}, not a ${workload}: set workload: ${kinds.map((kind) => `"${kind}"`).join(" or ")} on the binding`,
];
test.each<[string, object, Workload, string[]]>([
  ["a CronJob", around.CronJob(template), "Deployment", set("CronJob", "Deployment", "CronJob")],
  ["a CronJob", around.CronJob(template), "Job", set("CronJob", "Job", "CronJob")],
  ["a Pod", around.Pod(template), "Deployment", set("Pod", "Deployment", "Pod")],
  ["a Job", around.Job(template), "Deployment", set("Job", "Deployment", "Job")],
  ["a StatefulSet", around.StatefulSet(template), "Deployment", set("StatefulSet", "Deployment", "StatefulSet")],
  ["a Deployment", around.Deployment(template), "CronJob", set("Deployment", "CronJob", "Deployment")],
  ["a Deployment", around.Deployment(template), "Pod", set("Deployment", "Pod", "Deployment")],
  [
    "replicas",
    around.ReplicaSet(template),
    "DaemonSet",
    set("Deployment or StatefulSet or ReplicaSet", "DaemonSet", "Deployment", "StatefulSet", "ReplicaSet"),
  ],
  [
    "a selector",
    { spec: { selector, template } },
    "Job",
    set(
      "Deployment or StatefulSet or DaemonSet or ReplicaSet",
      "Job",
      "Deployment",
      "StatefulSet",
      "DaemonSet",
      "ReplicaSet",
    ),
  ],
  [
    "pods that end",
    deployment({ containers: [{}], restartPolicy: "Never" }),
    "Deployment",
    ['the workload looks like a Job, its restartPolicy is Never: set workload: "Job" on the binding'],
  ],
  [
    "pods that don't end",
    deployment({ containers: [{}], restartPolicy: "Always" }),
    "Job",
    [
      'the pods of a Job can\'t have restartPolicy: Always: set "OnFailure" or "Never", or the binding\'s workload to ' +
        "what this is",
    ],
  ],
  [
    "another kind",
    { kind: "Rollout", ...of({}) },
    "Deployment",
    [
      "the workload looks like a Rollout, not a Deployment: inject takes Deployment, StatefulSet, DaemonSet, ReplicaSet, " +
        "Job, CronJob, Pod",
    ],
  ],
])("%s is refused: %#", async (_, args, workload, expected) => {
  expect(await refusal(args, { workload })).toEqual(expected);
});

test.each<[string, object, Workload]>([
  ["a Job with a selector of its own", { spec: { selector, manualSelector: true, template } }, "Job"],
  ["a Job's pods that end", deployment({ containers: [{}], restartPolicy: "OnFailure" }), "Job"],
  ["a Pod that ends", { spec: { containers: [{}], restartPolicy: "Never", activeDeadlineSeconds: 9 } }, "Pod"],
  ["a field of a later Kubernetes", { spec: { template, novelty: 1 } }, "DaemonSet"],
])("%s is taken", async (_, args, workload) => {
  expect(await refusal(args, { workload })).toEqual([]);
});

test("what is there stays, and secret variables come first, so that $(KEY) expands", async () => {
  const own = {
    name: "main",
    image: "agent:1.0",
    env: [{ name: "URL", value: "x$(KEY)" }],
    envFrom: [{ configMapRef: { name: "own" } }],
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
  const pod = {
    containers: [own],
    initContainers: [{ name: "init", env: [{ name: "A" }] }],
    volumes: [{ name: "tmp", emptyDir: {} }],
    imagePullSecrets: [{ name: "own" }],
    serviceAccountName: "own",
  };
  const metadata = { name: "support", labels: { app: "support" }, annotations: { a: "b" } };
  const podTemplate = { metadata: { ...metadata, namespace: "left" }, spec: pod };
  const args = { metadata, spec: { replicas: 2, template: podTemplate } };
  const envFrom = [{ prefix: "DB_", secretRef: { name: "agent-db" } }];
  expect(await inject(args, { envFrom, imagePullSecrets: [{ name: "registry" }, { name: "own" }] })).toEqual({
    metadata: { ...metadata, namespace: "apps" },
    spec: {
      replicas: 2,
      template: {
        metadata: podTemplate.metadata,
        spec: {
          containers: [
            {
              ...own,
              env: [key, ...own.env],
              envFrom: [...own.envFrom, ...envFrom],
              volumeMounts: [...own.volumeMounts, mount],
            },
          ],
          initContainers: pod.initContainers,
          volumes: [...pod.volumes, volume],
          imagePullSecrets: [{ name: "own" }, { name: "registry" }],
          serviceAccountName: "own",
        },
      },
    },
  });
});

test.each<[string, Given, object]>([
  ["variables", { env: [key] }, { containers: [{ env: [key] }] }],
  [
    "variables of whole secrets",
    { envFrom: [{ secretRef: { name: "s" } }] },
    { containers: [{ envFrom: [{ secretRef: { name: "s" } }] }] },
  ],
  [
    "files",
    { volumes: [volume], volumeMounts: [mount] },
    { containers: [{ volumeMounts: [mount] }], volumes: [volume] },
  ],
  ["pull secrets", { imagePullSecrets: [{ name: "r" }] }, { containers: [{}], imagePullSecrets: [{ name: "r" }] }],
  ["an account", { serviceAccountName: "reader" }, { containers: [{}], serviceAccountName: "reader" }],
  ["nothing", {}, { containers: [{}] }],
])("a binding of %s adds nothing else", async (_, given, expected) => {
  const { inputs } = only(
    (await run(() => new Resource("test:x:Y", "y", injectInto(of({}), injection({ ...nothing, ...given }))))).resources,
    "test:x:Y",
  );
  expect(inputs).toStrictEqual({ metadata: { namespace: "apps" }, ...deployment(expected) });
});

const named = { containers: [{ name: "one" }, { name: "two" }], initContainers: [{ name: "init" }, sidecar()] };
function sidecar() {
  return { name: "proxy", restartPolicy: "Always" };
}
test.each<[string, Given, InjectOptions, string[]]>([
  ["all, and no init container", {}, {}, ["one", "two"]],
  ["all of a binding that asks for it", { initContainers: true }, {}, ["one", "two", "init", "proxy"]],
  ["those given", {}, { containers: ["two"] }, ["two"]],
  ["all init containers", {}, { initContainers: true }, ["one", "two", "init", "proxy"]],
  ["a sidecar", {}, { containers: ["one"], initContainers: ["proxy"] }, ["one", "proxy"]],
  ["an init container alone", {}, { containers: [], initContainers: ["init"] }, ["init"]],
  ["no init container after all", { initContainers: true }, { initContainers: false }, ["one", "two"]],
])("the containers that receive the values: %s", async (_, given, options, expected) => {
  const pod = await injectPod(named, given, options);
  const all = [...pod.containers, ...pod.initContainers];
  expect(all.filter(({ env }) => env !== undefined).map(({ name }) => name)).toEqual(expected);
  expect(all.filter(({ volumeMounts }) => volumeMounts !== undefined).map(({ name }) => name)).toEqual(expected);
});

const twice = (where: string, what: string) =>
  `${where} already has the ${what}: remove it from the workload or from the binding`;
test.each<[string, object, Given, InjectOptions, string[]]>([
  [
    "an unknown container",
    named,
    {},
    { containers: ["three"] },
    ['the workload has no container "three": it has one, two'],
  ],
  [
    "an unknown init container",
    named,
    {},
    { initContainers: ["one"] },
    ['the workload has no init container "one": it has init, proxy'],
  ],
  [
    "an init container of a pod that has none",
    { containers: [{ name: "one" }] },
    {},
    { containers: ["two"], initContainers: ["init"] },
    ['the workload has no container "two": it has one', 'the workload has no init container "init": it has none'],
  ],
  [
    "a variable twice",
    { containers: [{}, { name: "two", env: [{ name: "KEY", value: "own" }] }] },
    {},
    {},
    [twice('container "two"', "environment variable KEY")],
  ],
  [
    "a mount path twice",
    { containers: [{ volumeMounts: [{ name: "own", mountPath: "/etc/secrets/" }] }] },
    {},
    {},
    [twice("containers[0]", "mount path /etc/secrets")],
  ],
  [
    "all that is there twice",
    {
      containers: [{ name: "one", env: [key] }],
      initContainers: [{ name: "init", env: [key], volumeMounts: [mount] }],
    },
    { initContainers: true },
    {},
    [
      twice('container "one"', "environment variable KEY"),
      twice('init container "init"', "environment variable KEY"),
      twice('init container "init"', "mount path /etc/secrets"),
    ],
  ],
  [
    "another volume of one name",
    { containers: [{}], volumes: [{ name: "vantedge-1", emptyDir: {} }] },
    {},
    {},
    [twice("the workload", "volume vantedge-1")],
  ],
  ...["serviceAccountName", "serviceAccount"].map((field): [string, object, Given, InjectOptions, string[]] => [
    `another ${field}`,
    { containers: [{}], [field]: "own" },
    { serviceAccountName: "agent-reader" },
    {},
    ['the workload runs as the ServiceAccount "own", its secrets are read as "agent-reader": leave it out'],
  ]),
])("refuses %s", async (_, pod, given, options, expected) => {
  expect(await refusal(deployment(pod), given, options)).toEqual(expected);
});

test("containers that receive nothing may have what they like", async () => {
  const own = {
    name: "two",
    env: [{ name: "KEY", value: "own" }],
    volumeMounts: [{ name: "o", mountPath: "/etc/secrets" }],
  };
  const pod = await injectPod({ containers: [{ name: "one" }, own] }, {}, { containers: ["one"] });
  expect(pod.containers[1]).toEqual(own);
});

const restarted = { podAnnotations: { "secrets.vantedge.run/a": "1" } };
const reload = "secret.reloader.stakater.com/reload";
const secondOwner = (name: string) =>
  `the workload's annotation ${name} may restart it a second time: remove it, the binding says who does`;
test.each<[string, Given, string, string, string[]]>([
  [
    "another value",
    { workloadAnnotations: { a: "1" } },
    "a",
    "2",
    ["the workload has another annotation a than the binding gives it: remove it"],
  ],
  ["the same value", { workloadAnnotations: { a: "1" } }, "a", "1", []],
  [
    "Reloader beside Pulumi",
    restarted,
    "reloader.stakater.com/auto",
    "true",
    [secondOwner("reloader.stakater.com/auto")],
  ],
  [
    "Reloader by search",
    restarted,
    "reloader.stakater.com/search",
    "true",
    [secondOwner("reloader.stakater.com/search")],
  ],
  [
    "Reloader for Secrets",
    { workloadAnnotations: { [reload]: "a" } },
    "secret.reloader.stakater.com/auto",
    "true",
    [secondOwner("secret.reloader.stakater.com/auto")],
  ],
  [
    "Reloader that the binding keeps away",
    { workloadAnnotations: { "reloader.stakater.com/auto": "false" } },
    "reloader.stakater.com/auto",
    "true",
    ["the workload has another annotation reloader.stakater.com/auto than the binding gives it: remove it"],
  ],
  ["Reloader turned off", restarted, "reloader.stakater.com/auto", "false", []],
  ["Reloader for ConfigMaps", restarted, "configmap.reloader.stakater.com/auto", "true", []],
  ["Reloader where the binding restarts nothing", {}, "reloader.stakater.com/auto", "true", []],
])("an own annotation: %s", async (_, given, name, value, expected) => {
  const annotations = { [name]: value };
  expect(await refusal({ metadata: { annotations }, ...of({}) }, given)).toEqual(expected);
});

test("an annotation of the pods is refused as one of the workload is", async () => {
  const args = (annotations: object) => ({
    spec: { template: { metadata: { annotations }, spec: { containers: [{}] } } },
  });
  expect(await refusal(args({ "secrets.vantedge.run/a": "2" }), restarted)).toEqual([
    "the workload has another annotation secrets.vantedge.run/a than the binding gives it: remove it",
  ]);
  expect(await refusal(args({ "reloader.stakater.com/auto": "true" }), restarted)).toEqual([
    secondOwner("reloader.stakater.com/auto"),
  ]);
});

test("Reloader's list grows", async () => {
  const args = { metadata: { annotations: { [reload]: "own, shared" } }, ...of({}) };
  const { metadata } = await inject(args, { workloadAnnotations: { [reload]: "shared,agent-a" } });
  expect(metadata.annotations).toEqual({ [reload]: "own,shared,agent-a" });
});

test("the namespace of the binding may be written, and another one is refused", async () => {
  expect((await inject({ metadata: { namespace: "apps" }, ...of({}) })).metadata).toEqual({ namespace: "apps" });
  expect(await refusal({ metadata: { namespace: "default" }, ...of({}) })).toEqual([
    'the workload is in namespace "default", its secrets are in "apps": put the workload there, or leave its namespace out',
  ]);
});

test("the workload given is not changed", async () => {
  const args = {
    metadata: { annotations: { a: "b" } },
    ...deployment({ ...named, volumes: [], imagePullSecrets: [] }),
  };
  const before = structuredClone(args);
  await inject(args, { ...restarted, workloadAnnotations: { c: "d" }, initContainers: true });
  expect(args).toEqual(before);
});

const later = pulumi.output;
const soon = (value: unknown) => Promise.resolve(value);
const part = { name: "main", env: [{ name: "A", value: "b" }] };
test.each<[string, object]>([
  ["all arguments", later(of(part))],
  ["the spec", { spec: soon(of(part).spec) }],
  ["metadata and template", { metadata: later({}), spec: { template: later(of(part).spec.template) } }],
  [
    "no metadata",
    { metadata: later(undefined), spec: { template: { ...of(part).spec.template, metadata: soon(undefined) } } },
  ],
  ["the pod", { spec: { template: { spec: soon({ containers: [part] }) } } }],
  ["the containers", deployment({ containers: later([part]) })],
  ["a container", of(soon(part) as object)],
  ["its name and variables", of({ name: later("main"), env: soon(part.env), volumeMounts: later(undefined) })],
  ["a variable", of({ ...part, env: [later({ name: later("A"), value: "b" })] })],
  ["a value", of({ ...part, env: [{ name: "A", value: later("b") }] })],
])("what is known later is taken too, and checked: %s", async (_, args) => {
  expect(await inject(args, {}, { containers: ["main"] })).toEqual({
    metadata: { namespace: "apps" },
    ...deployment({
      containers: [{ name: "main", env: [key, ...part.env], volumeMounts: [mount] }],
      volumes: [volume],
    }),
  });
  expect(await refusal(args, { env: [{ ...key, name: "A" }] })).toEqual([
    twice('container "main"', "environment variable A"),
  ]);
});

test("a preview shows all but the Secrets' names, and refuses what can't be", async () => {
  const unknown = () => new Resource("test:x:Unknown", "unknown").id as pulumi.Output<never>;
  const from = () => ({ ...injection(), env: unknown(), volumes: unknown() });
  const { resources } = await run(
    () => new Resource("test:x:Y", "y", injectInto(of({ name: "main", image: unknown() }), from())),
    { preview: true },
  );
  const hidden = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  expect(only(resources, "test:x:Y").inputs).toEqual({
    metadata: { namespace: "apps" },
    ...deployment({
      containers: [{ name: "main", image: hidden, env: [{ name: "KEY", valueFrom: hidden }], volumeMounts: [mount] }],
      volumes: hidden,
    }),
  });
  const { errors } = await attempt(() => injectInto(of({ name: "main", image: unknown(), env: [key] }), from()), {
    preview: true,
  });
  expect(errors).toEqual([`DeploymentBinding "agent": ${twice('container "main"', "environment variable KEY")}`]);
});

describe("several into one workload", () => {
  const other = { bindingName: "other", env: [{ ...key, name: "OTHER" }] };
  const both =
    (first: Given, second: Given, options: InjectOptions[] = []) =>
    () => {
      const once = injectInto(of({ name: "one" }, { name: "two" }), injection(first), options[0]);
      return { injected: injectInto(once, injection(second), options[1]) };
    };

  test("two bindings", async () => {
    const elsewhere = {
      volumes: [{ name: "vantedge-2" }],
      volumeMounts: [{ ...mount, name: "vantedge-2", mountPath: "/other" }],
    };
    const pulls = { imagePullSecrets: [{ name: "registry" }], serviceAccountName: "reader" };
    const { result } = await run(both(pulls, { ...other, ...elsewhere, ...pulls }));
    const container = { env: [...other.env, key], volumeMounts: [mount, ...elsewhere.volumeMounts] };
    expect(result.injected.spec.template.spec).toEqual({
      containers: [
        { name: "one", ...container },
        { name: "two", ...container },
      ],
      volumes: [volume, ...elsewhere.volumes],
      imagePullSecrets: [{ name: "registry" }],
      serviceAccountName: "reader",
    });
  });

  test("one binding into one container after the other: its volume is there once", async () => {
    const { result } = await run(both(restarted, restarted, [{ containers: ["one"] }, { containers: ["two"] }]));
    const { containers, volumes } = result.injected.spec.template.spec;
    expect(volumes).toEqual([volume]);
    expect(containers).toEqual(["one", "two"].map((name) => ({ name, env: [key], volumeMounts: [mount] })));
  });

  test.each([
    ["one directory", { volumes: [{ name: "vantedge-1" }] }, "mount path /etc/secrets"],
    ["one variable", { env: [key], volumes: [], volumeMounts: [] }, "environment variable KEY"],
  ])("but not two that want %s", async (_, second, what) => {
    const { errors } = await attempt(both({}, { ...other, ...second }));
    expect(errors).toEqual(
      ["one", "two"].map((name) => `DeploymentBinding "other": ${twice(`container "${name}"`, what)}`),
    );
  });
});

describe("a DeploymentBinding", () => {
  const binding = (more: Partial<DeploymentBindingArgs> = {}) =>
    new DeploymentBinding("agent", {
      workspace: { ...ref, namespace: "apps" },
      delivery: "native",
      env: { KEY: { secret: "a" } },
      files: { "/etc/secrets": { secrets: ["a"] } },
      values: { a: { value: "v", versionId: "1" } },
      ...more,
    });

  test("gives its variables, files and annotations, and keeps the type", async () => {
    const { result } = await run(() => {
      const bound = binding();
      const containers = [{ name: "main" }, { name: "proxy" }];
      const args: DeploymentArgs = { spec: { selector, template: { spec: { containers } } } };
      const injected = bound.inject(args, { containers: ["main"] });
      const isKept: Same<typeof injected, DeploymentArgs> = true;
      const { env, volumes, volumeMounts, workloadAnnotations, podAnnotations } = bound;
      return { injected, isKept, env, volumes, volumeMounts, annotations: workloadAnnotations, podAnnotations };
    });
    const { injected, env, volumes, volumeMounts, annotations, podAnnotations } = result;
    expect([env.length, volumes.length, volumeMounts.length]).toEqual([1, 1, 1]);
    expect(injected).toEqual({
      metadata: { namespace: "apps", annotations },
      spec: {
        selector,
        template: {
          metadata: { annotations: podAnnotations },
          spec: { containers: [{ name: "main", env, volumeMounts }, { name: "proxy" }], volumes },
        },
      },
    });
  });

  test.each<[WorkloadKind, string[]]>([
    ["application", ["main"]],
    ["model", ["main", "download"]],
  ])("of kind %s gives them to %j", async (kind, expected) => {
    const pod = { containers: [{ name: "main" }], initContainers: [{ name: "download" }] };
    const { result } = await run(() => ({ injected: binding({ kind }).inject(deployment(pod)) }));
    const { containers, initContainers } = (result.injected as { spec: { template: { spec: typeof pod } } }).spec
      .template.spec;
    const injected = [...containers, ...initContainers].filter((container) => "env" in container);
    expect(injected.map(({ name }) => name)).toEqual(expected);
  });

  test("takes what it was told, and nothing else", async () => {
    const { errors } = await attempt(() => binding({ workload: "CronJob" }).inject(around.Deployment(template)));
    expect(errors).toEqual([
      'DeploymentBinding "agent": the workload looks like a Deployment, not a CronJob: set workload: "Deployment" on the binding',
    ]);
  });

  test("that is read outside of Kubernetes gives pods nothing, and says so", async () => {
    const outside = { reader: { service: "lambda" }, delivery: undefined, files: undefined } as const;
    const { errors } = await attempt(() => binding(outside).inject(of({})));
    expect(errors).toContain(
      'DeploymentBinding "agent": its reader is outside of Kubernetes, so that pods receive nothing: leave reader out, or ' +
        "use the outputs ecsSecrets, lambdaEnvironment and cloudRunEnv",
    );
  });
});
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
