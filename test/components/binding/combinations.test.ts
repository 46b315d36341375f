import type { DeploymentBindingArgs } from "../../../index";
import { faults, irsa, type More, podIdentity } from "../../support/bindings";
import { ref } from "../../support/fixtures";
import { reloaderAt } from "../../support/mocks";

const file: More = { env: {}, files: { "/etc/a": { secrets: ["a"] } } };
const single: More = { env: {}, files: { "/etc/a.pem": { asFile: { secret: "a" } } } };
const csi = { delivery: "csi" } as const;
const native = { delivery: "native", values: { a: { value: "v", versionId: "1" } } } as const;
const reader = { workspace: ref, reader: { service: "lambda" } } as const;
const pods = "is for pods, and reader says that the workload is outside of Kubernetes: leave one out";

test.each<[string, More, string]>([
  [
    "external-secrets without a cluster",
    { workspace: ref },
    'delivery: "external-secrets" reads with an identity of the cluster, and the workspace names none: set its kubernetes.cluster (in a reference, cluster), or delivery: "native"',
  ],
  [
    "external-secrets with Pod Identity",
    { workspace: podIdentity },
    'delivery: "external-secrets" reads with a ServiceAccount\'s token, and EKS Pod Identity gives an operator none of others: make the cluster eksIrsa, or delivery "csi"',
  ],
  [
    "secrets to read without a cluster",
    { workspace: ref, env: {}, secrets: ["a"] },
    "secrets: are read at run time by an identity of the cluster, and the workspace names none: set its kubernetes.cluster (in a reference, cluster), or reader",
  ],
  [
    "csi variables of a CronJob",
    { ...csi, workload: "CronJob" },
    'env: delivery "csi" leaves the variables of a CronJob at old values from run to run: bind files, or use "external-secrets"',
  ],
  [
    "csi and all fields",
    { ...csi, env: {}, envFrom: [{ secret: "a" }] },
    'envFrom: delivery "csi" needs each field by name: list them under env, or use "external-secrets"',
  ],
  [
    "csi and image pulls",
    { ...csi, env: {}, imagePullSecrets: [{ secret: "a" }] },
    'imagePullSecrets: delivery "csi" has a Secret only while a pod runs, and this is needed before: use "external-secrets"',
  ],
  [
    "csi and certificates",
    { ...csi, env: {}, tls: [{ secret: "a" }] },
    'tls: delivery "csi" has a Secret only while a pod runs: use "external-secrets"',
  ],
  [
    "csi and a template",
    { ...csi, env: { A: { secret: "a", template: "{{b}}" } } },
    'delivery: "csi" fills no templates: bind the fields, or use "external-secrets"',
  ],
  [
    "csi and something optional",
    { ...csi, env: { A: { secret: "a", optional: true } } },
    'delivery: "csi" mounts all or nothing, so nothing is optional: use "external-secrets"',
  ],
  [
    "csi and files in folders",
    {
      ...csi,
      env: {},
      files: {
        "/a": { items: { "x/y": { secret: "a" }, z: { secret: "a" } } },
        "/b": { items: { "p/q/r": { secret: "a" } } },
      },
    },
    'files: delivery "csi" mounts no folders here: name x/y, p/q/r without a slash, or use "external-secrets"',
  ],
  [
    "csi and pinned",
    { ...csi, freshness: "pinned" },
    'freshness: delivery "csi" always reads the latest version: leave freshness out, or use "external-secrets"',
  ],
  [
    "native and latest",
    { ...native, freshness: "latest" },
    'freshness: delivery "native" knows only what pulumi up writes: use "external-secrets"',
  ],
  [
    "pinned and Reloader",
    { freshness: "pinned", restartedBy: "reloader" },
    'restartedBy: pinned values are rolled out by Pulumi, and "reloader" beside it would be a second rollout: leave one out',
  ],
  [
    "native and Reloader",
    { ...native, restartedBy: "reloader" },
    'restartedBy: pinned values are rolled out by Pulumi, and "reloader" beside it would be a second rollout: leave one out',
  ],
  [
    "Reloader and a CronJob",
    { workload: "CronJob", restartedBy: "reloader" },
    "restartedBy: Reloader would start a CronJob that nobody asked for (Reloader#543); its next run has the new value: leave restartedBy out",
  ],
  [
    "Reloader and a Pod",
    { workload: "Pod", restartedBy: "reloader" },
    "restartedBy: Reloader restarts no Pod: make it a Deployment, or leave restartedBy out",
  ],
  [
    "a single file that nothing restarts for",
    { ...single, workload: "ReplicaSet" },
    "files: asFile is never updated in a running pod, and nothing restarts a ReplicaSet: make it a Deployment, or mount a directory",
  ],
  [
    "an interval for what is pinned",
    { freshness: "pinned", refreshSeconds: 60 },
    'refreshSeconds: counts for freshness "latest" with delivery "external-secrets" only: leave it out',
  ],
  [
    "an interval for csi",
    { ...csi, ...file, refreshSeconds: 60 },
    'refreshSeconds: delivery "csi" refreshes as its driver is set for the whole cluster: leave it out',
  ],
  [
    "a number of pods where the operator reads once for all",
    { expectedPods: 3 },
    'expectedPods: is for delivery "csi", where every pod reads for itself: leave it out',
  ],
  ["a reader and a workload", { ...reader, workload: "Deployment" }, `workload: ${pods}`],
  ["a reader and a delivery", { ...reader, delivery: "external-secrets" }, `delivery: ${pods}`],
  [
    "a function and a pinned version",
    { ...reader, freshness: "pinned" },
    'freshness: "pinned" is for what ECS or Cloud Run reads; a workload that reads for itself reads the latest: leave it out',
  ],
  [
    "a function and files",
    { ...reader, files: { "/a": { secrets: ["a"] } } },
    "files./a: is for pods: outside of a cluster take the secret under env, or under secrets to read it at run time",
  ],
  [
    "keeping what is written natively",
    { ...native, keepOnDestroy: true },
    'keepOnDestroy: keeps the Secrets of delivery "external-secrets" only: leave it out',
  ],
  [
    "native without a value",
    { delivery: "native" },
    'env.A: secret "a" has no value here: give it under values.a, as to the Secret',
  ],
  [
    "a staleness that native can't keep",
    { ...native, maxStalenessSeconds: 300 },
    "maxStalenessSeconds: can't be met: delivery native brings a changed value with the next pulumi up only",
  ],
  [
    "a staleness that variables of a Pod can't keep",
    { workload: "Pod", maxStalenessSeconds: 300 },
    "maxStalenessSeconds: can't be met: a Pod replaces no pods: bind files",
  ],
  [
    "a staleness that variables can't keep without Reloader",
    { restartedBy: "pulumi", maxStalenessSeconds: 300 },
    "maxStalenessSeconds: can't be met: environment variables change with the next pulumi up only: have Reloader restart the pods, or bind files",
  ],
  [
    "a staleness that a pinned version can't keep",
    { freshness: "pinned", maxStalenessSeconds: 300 },
    'maxStalenessSeconds: can\'t be met: freshness "pinned" brings a value that changed elsewhere with the next pulumi up only',
  ],
  [
    "a staleness below the interval",
    { ...file, maxStalenessSeconds: 120 },
    "maxStalenessSeconds: can't be met: it takes up to 290 s (refreshSeconds 180 s, the operator 20 s, the kubelet 90 s)",
  ],
  [
    "a field and a template",
    { env: { A: { secret: "a", field: "f", template: "{{f}}" } } },
    "env.A: field and template are both set: keep one",
  ],
  [
    "a mode that is a number",
    { ...file, files: { "/a": { secrets: ["a"], mode: 288 as never } } },
    'files./a.mode: must be an octal mode in quotes, for example "0400"',
  ],
  [
    "a whole value beside a field of its key",
    { env: { A: { secret: "a" }, B: { secret: "a", field: "value" } } },
    'env.A: binds the whole of secret "a", whose field "value" is bound as well: make it two bindings',
  ],
])("refused: %s", async (_, more, message) => {
  expect(await faults(more)).toEqual([message]);
});

test.each<[string, Partial<DeploymentBindingArgs>]>([
  ["csi with Pod Identity", { ...csi, workspace: podIdentity }],
  ["files in folders, by external-secrets", { env: {}, files: { "/a": { items: { "x/y": { secret: "a" } } } } }],
  ["csi files of a CronJob", { ...csi, ...file, workload: "CronJob" }],
  ["latest variables of a Job", { workload: "Job" }],
  ["a single file of a Deployment", single],
  ["a single file by csi in a Job", { ...single, ...csi, workload: "Job" }],
  ["a pinned version in a Job", { freshness: "pinned", workload: "Job" }],
  ["keeping what is pinned", { freshness: "pinned", keepOnDestroy: true }],
  ["a single file of a CronJob", { ...single, workload: "CronJob" }],
  ["files within the default five minutes", { ...file, maxStalenessSeconds: 300 }],
  ["variables within five minutes, by Reloader", { maxStalenessSeconds: 300 }],
  ["a workspace without a cluster, natively", { ...native, workspace: ref }],
  ["a workload outside, without a cluster", reader],
  ["secrets to read, with a cluster", { env: {}, secrets: ["a"], workspace: irsa }],
])("accepted: %s", async (_, more) => {
  reloaderAt.mockResolvedValue({ state: "there" });
  expect(await faults(more as More)).toEqual([]);
});
