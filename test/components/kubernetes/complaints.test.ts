import { createHash } from "node:crypto";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource";
import { DeploymentBinding, Secret, Workload } from "../../../index";
import { answers, bound, faults, irsa, type More, podIdentity } from "../../support/bindings";
import { canary } from "../../support/fixtures";
import {
  arrivalOf,
  leaks,
  named,
  noReloader,
  only,
  type Registered,
  reloaderAt,
  run,
  type Setting,
  summary,
} from "../../support/mocks";

/**
 * What users of other tools ask for and complain of (shared facts, kubernetes-delivery.md c), and our answer to each.
 *
 * No test here: #15, push instead of poll, is not built: a change elsewhere is polled for, and `pulumi up` has the
 * operator read at once (externalSecrets.test.ts).
 *
 * What only a cluster shows besides: #1 to #4, #6, #7 and #24 in test/engine/rollout.test.ts; #18, #20 and #23 in
 * test/engine/externalSecrets.test.ts.
 */
const externalType = "kubernetes:external-secrets.io/v1:ExternalSecret";
const classType = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";
const secretType = "kubernetes:core/v1:Secret";

const csi: More = { delivery: "csi" };
const native = (value: string, versionId = "1"): More => ({
  workspace: { ...irsa, cluster: undefined },
  delivery: "native",
  values: { a: { value, versionId } },
});
const pinned: More = { freshness: "pinned" };
const latest: More = {};
const reloader: More = { restartedBy: "reloader" };
const two: More = { env: { A: { secret: "a" }, B: { secret: "b" } } };
const single: More = { env: {}, files: { "/etc/a.pem": { asFile: { secret: "a" } } } };
const files = (mode: string): More => ({ env: {}, files: { "/etc/a": { secrets: ["a"], mode } } });

interface Injected {
  metadata: { annotations?: object };
  /** A Pod's own part, or that of the pods that it makes. */
  template: {
    metadata?: { annotations?: object };
    spec: { containers: { env?: object[]; volumeMounts?: object[] }[]; volumes?: object[] };
  };
  dependencies: string[];
  resources: Registered[];
}

/** A workload of the program with a binding's values in it, as the engine gets it. */
async function injected(more: More = {}, setting: Setting = { calls: answers }): Promise<Injected> {
  reloaderAt.mockResolvedValue(more.restartedBy === "reloader" ? { state: "there" } : noReloader);
  const kind = more.workload ?? "Deployment";
  const pod = { restartPolicy: /Job$/.test(kind) ? "Never" : "Always", containers: [{ name: "main", image: "a:1" }] };
  const specs: Partial<Record<Workload, object>> = {
    CronJob: { schedule: "@daily", jobTemplate: { spec: { template: { spec: pod } } } },
    Pod: pod,
  };
  const { resources } = await run(() => {
    const binding = new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret: "a" } }, ...more });
    const workload = { kind, metadata: { name: "any" }, spec: specs[kind] ?? { template: { spec: pod } } };
    new CustomResource("it", { ...binding.inject(workload), apiVersion: "test/v1" });
  }, setting);
  const { inputs, options } = only(resources, `kubernetes:test/v1:${kind}`);
  const { metadata, spec } = inputs as { metadata: object; spec: Record<string, never> };
  const { jobTemplate } = spec as { jobTemplate?: { spec: { template: never } } };
  const template = kind === "Pod" ? { spec } : (jobTemplate?.spec.template ?? spec.template);
  return { metadata, template: template as never, dependencies: options.dependencies, resources };
}

/** The specification of the one ExternalSecret. */
async function external(more: More = {}): Promise<Record<string, unknown>> {
  const { resources } = await bound(more, { calls: answers });
  return only(resources, externalType).inputs.spec as Record<string, unknown>;
}

const current = (versionId: string, more: object = {}): Setting => ({
  calls: {
    "aws:secretsmanager/getSecretVersions:getSecretVersions": () => ({
      versions: [{ versionId, versionStages: ["AWSCURRENT"], ...more }],
    }),
  },
});

test("#1 pods are restarted when the secret changes, with no more than the binding (external-secrets#3218)", async () => {
  const annotationsOf = async (version: string) =>
    (await injected(latest, current(version))).template.metadata?.annotations;
  expect(await annotationsOf("v-7")).toEqual({ "secrets.vantedge.run/a": "v-7" });
  expect(await annotationsOf("v-8")).toEqual({ "secrets.vantedge.run/a": "v-8" });
});

test.each(Object.values(Workload))("#2 not only Deployments: a %s (doppler#73, 1password#158)", async (workload) => {
  const { containers } = (await injected({ workload })).template.spec;
  expect(containers[0]?.env).toEqual([{ name: "A", valueFrom: { secretKeyRef: { name: "agent-a", key: "value" } } }]);
});

test("#3 a CronJob fired off-schedule (reloader#543)", async () => {
  const { metadata, template } = await injected({ workload: "CronJob" });
  expect(metadata.annotations).toEqual({ "reloader.stakater.com/auto": "false" });
  expect(template.metadata).toBeUndefined();
  expect(await faults({ ...reloader, workload: "CronJob" })).toEqual([
    "restartedBy: Reloader would start a CronJob that nobody asked for (Reloader#543); its next run has the new value: leave restartedBy out",
  ]);
});

test("#4 many secrets that rotate together are a storm of restarts (vso#644, reloader#110)", async () => {
  expect((await injected({ ...two, ...reloader })).metadata.annotations).toEqual({
    "secret.reloader.stakater.com/reload": "agent-a,agent-b",
    "deployment.reloader.stakater.com/pause-period": "15s",
  });
});

test("#5 what is to be restarted is found by a name that changes (vso#1240)", async () => {
  const { resources, metadata, template } = await injected(latest);
  expect([metadata.annotations, template.metadata?.annotations]).toEqual([
    { "reloader.stakater.com/auto": "false" },
    { "secrets.vantedge.run/a": "v-7" },
  ]);
  const others = resources.filter(({ name }) => name !== "it");
  expect(JSON.stringify(others.map(({ inputs }) => inputs))).not.toContain('"any"');
});

test("#6 a loop of restarts without a change (vso#582, 1password#181)", async () => {
  const [before, after] = [
    await injected(latest, current("v")),
    await injected(latest, current("v", { createdTime: "x" })),
  ];
  expect(after.template).toEqual(before.template);
});

test.each<[string, More]>([
  ["pinned", pinned],
  ["latest", latest],
])("#7 a second rollout right after the first, %s (reloader#272)", async (_, more) => {
  const { dependencies } = await injected(more);
  expect(dependencies).toContain("agent--a");
  const object = { apiVersion: "external-secrets.io/v1", kind: "ExternalSecret", namespace: "apps", name: "agent-a" };
  expect(arrivalOf.mock.calls).toEqual([[{}, object, 300]]);
});

test("#8 a hash of the value stands in the Deployment (reloader#594)", async () => {
  const { resources, template, metadata } = await injected(native(canary));
  expect(template).toMatchObject({
    spec: { containers: [{ env: [{ valueFrom: { secretKeyRef: { name: "agent-a" } } }] }] },
  });
  const others = JSON.stringify([template, metadata, resources.filter(({ type }) => type !== secretType)]);
  const name = JSON.stringify(only(resources, secretType).inputs.metadata);
  for (const algorithm of ["md5", "sha1", "sha256", "sha512"]) {
    const hash = createHash(algorithm).update(canary).digest("hex");
    expect(others + name).not.toContain(hash.slice(0, 8));
  }
});

test("#9 every key of a JSON secret is listed twice (aws provider#46)", async () => {
  const spec = await external({ env: {}, envFrom: [{ secret: "a" }] });
  expect(spec).toMatchObject({ dataFrom: [{ extract: { key: "a" } }] });
  expect(spec).not.toHaveProperty("data");
});

test("#10 a variable by csi finds no Secret, because nothing mounts it (csi driver#298)", async () => {
  const { template } = await injected(csi);
  const { containers, volumes } = template.spec;
  const name = expect.stringMatching(/^vantedge-/);
  expect(volumes).toMatchObject([{ name, csi: { volumeAttributes: { secretProviderClass: "agent" } } }]);
  expect(containers[0]?.volumeMounts).toMatchObject([{ name, mountPath: "/var/run/secrets/vantedge/agent" }]);
});

test("#11 a CronJob keeps the value of its run before (csi driver#1288)", async () => {
  expect(await faults({ ...csi, workload: "CronJob" })).toEqual([
    'env: delivery "csi" leaves the variables of a CronJob at old values from run to run: bind files, or use "external-secrets"',
  ]);
});

test("#12 a synced Secret vanishes while pods need it (csi driver#2051, #899)", async () => {
  expect(await external()).toMatchObject({ target: { creationPolicy: "Owner", deletionPolicy: "Retain" } });
  const { resources } = await bound({ ...csi, ...files("0400") }, { calls: answers });
  expect(only(resources, classType).inputs.spec).not.toHaveProperty("secretObjects");
});

test("#13 no new pods while the provider is down (csi driver#1229)", async () => {
  const { resources, template } = await injected(latest);
  expect(only(resources, externalType).inputs.spec).toMatchObject({ target: { deletionPolicy: "Retain" } });
  expect(JSON.stringify(template)).not.toContain("csi");
});

test("#14 every pod pays for its reads (csi driver#1483, external-secrets#1769)", async () => {
  const callsOf = async (more: More) => (await bound(more, { calls: answers })).result.estimatedApiCallsPerMonth;
  expect(await callsOf(latest)).toBe(14_400);
  expect(await callsOf({ ...latest, refreshSeconds: 3600 })).toBe(720);
  expect(await callsOf(pinned)).toBe(1);
  expect(await callsOf({ ...csi, ...files("0400"), expectedPods: 100 })).toBe(2_160_000);
});

test("#16 a file by subPath is never updated (kubernetes#50345)", async () => {
  expect(await faults({ ...single, workload: "Pod" })).toEqual([
    "files: asFile is never updated in a running pod, and nothing restarts a Pod: make it a Deployment, or mount a directory",
  ]);
  expect((await injected(single)).template.metadata?.annotations).toEqual({ "secrets.vantedge.run/a": "v-7" });
  expect((await injected({ ...single, ...reloader })).metadata.annotations).toEqual({
    "secret.reloader.stakater.com/reload": "agent-a",
  });
});

test("#17 a file's mode means something else for each provider (aws provider#222, azure provider#938)", async () => {
  expect((await injected(files("0400"))).template.spec.volumes).toMatchObject([{ projected: { defaultMode: 0o400 } }]);
  const { resources } = await bound({ ...csi, ...files("0400") });
  const { parameters } = only(resources, classType).inputs.spec as { parameters: { objects: string } };
  expect(JSON.parse(parameters.objects)).toMatchObject([{ objectAlias: "a", filePermission: "0400" }]);
  expect(await faults(files("400"))).toEqual([
    'files./etc/a.mode: must be an octal mode in quotes, for example "0400"',
  ]);
});

test("#18 every namespace may ask for every key (external-secrets#163, #2240)", async () => {
  const { resources } = await bound(pinned);
  const [store, ...others] = resources.filter(({ type }) => type.endsWith("Store"));
  expect([store?.inputs, others]).toMatchObject([
    {
      kind: "SecretStore",
      metadata: { namespace: "apps" },
      spec: { provider: { aws: { prefix: "vantedge/production/" } } },
    },
    [],
  ]);
});

test("#19 a store with Pod Identity never becomes ready (external-secrets#2951)", async () => {
  expect(await faults({ workspace: podIdentity })).toEqual([
    'delivery: "external-secrets" reads with a ServiceAccount\'s token, and EKS Pod Identity gives an operator none of others: make the cluster eksIrsa, or delivery "csi"',
  ]);
});

test("#20 a difference for ever, by what the operator fills in (external-secrets#5145, #6797)", async () => {
  expect(await external()).toMatchObject({
    refreshInterval: expect.any(String),
    refreshPolicy: "Periodic",
    secretStoreRef: { kind: "SecretStore" },
    target: {
      creationPolicy: "Owner",
      deletionPolicy: "Retain",
      template: { engineVersion: "v2", mergePolicy: "Replace" },
    },
    data: [{ remoteRef: { conversionStrategy: "Default", decodingStrategy: "None", metadataPolicy: "None" } }],
  });
});

test("#21 a removed API version breaks a fleet (external-secrets#4840)", async () => {
  const kindsOf = async (more: More) =>
    summary((await bound(more, { calls: answers })).resources).filter((line) => /Store|External|Class/.test(line));
  const own = {
    apiVersions: { externalSecrets: "external-secrets.io/v2", secretsStore: "secrets-store.csi.x-k8s.io/v2" },
  };
  expect((await kindsOf(own)).sort()).toEqual([
    "kubernetes:external-secrets.io/v2:ExternalSecret agent--a",
    "kubernetes:external-secrets.io/v2:SecretStore agent-store",
  ]);
  expect(await kindsOf({ ...own, ...csi })).toEqual([
    "kubernetes:secrets-store.csi.x-k8s.io/v2:SecretProviderClass agent--agent-class",
  ]);
});

test("#22 the Secret goes with the object that made it (external-secrets#4214)", async () => {
  expect(await external({ ...latest, keepOnDestroy: true })).toMatchObject({ target: { creationPolicy: "Orphan" } });
});

test("#23 a missing key is taken for synced, and pods break later (external-secrets#1049, #695)", async () => {
  const { resources, template } = await injected({ env: { A: { secret: "a", field: "missing" } } });
  expect(arrivalOf).toHaveBeenCalledTimes(1);
  expect(only(resources, externalType).inputs).toMatchObject({
    spec: { target: { deletionPolicy: "Retain" }, data: [{ remoteRef: { property: "missing" } }] },
  });
  expect(template.spec.containers[0]?.env).toEqual([
    { name: "A", valueFrom: { secretKeyRef: { name: "agent-a", key: "missing" } } },
  ]);
});

test("#24 a replaced Secret rolls nothing out, and stands in clear in the state (pulumi-kubernetes#1772, #2300)", async () => {
  const [before, after] = [await injected(native(canary, "1")), await injected(native(canary, "2"))];
  expect(after.template).not.toEqual(before.template);
  const secret = only(after.resources, secretType);
  expect(secret.inputs).toMatchObject({ metadata: { name: "agent-a" } });
  expect(secret.secretInputs).toEqual(["stringData"]);
});

test("#25 secrets stay out of the state altogether (pulumi#14298, bridge#3201)", async () => {
  const outcome = await run(() => {
    const secret = new Secret("a", { workspace: irsa });
    new DeploymentBinding("agent", { workspace: irsa, env: { A: { secret: "a" } } }, { dependsOn: [secret] });
  }, current("v-7"));
  expect(outcome.resources.flatMap(({ secretInputs }) => secretInputs)).toEqual([]);
  expect(outcome.resources.map(({ type }) => type)).not.toContain("aws:secretsmanager/secretVersion:SecretVersion");
  expect(Object.keys(named(outcome.resources, secretType))).toEqual([]);
  expect(leaks(outcome, canary)).toEqual([]);
});
