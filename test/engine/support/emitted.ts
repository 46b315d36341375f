import { readFileSync } from "node:fs";
import path from "node:path";
import * as apps from "@pulumi/kubernetes/apps/v1";
import * as batch from "@pulumi/kubernetes/batch/v1";
import * as core from "@pulumi/kubernetes/core/v1";
import {
  DeploymentBinding,
  type DeploymentBindingArgs,
  Workload,
  Workspace,
  type WorkspaceClusterArgs,
  type WorkspaceRef,
} from "../../../index";
import { answers, oidcProviderArn } from "../../support/bindings";
import { accountId } from "../../support/fixtures";
import { gcpProduction } from "../../support/gcp";
import { gcpAnswers, gke, withAddOn } from "../../support/gke";
import { reloaderAt, run } from "../../support/mocks";
import type { KubernetesObject } from "./kubernetes";

/** An object as it goes to the cluster. */
export interface Manifest extends KubernetesObject {
  [field: string]: unknown;
}

/** Of the bindings, and of the workspaces, which make their own. */
export const namespace = "manifests";
export const inWorkspace = "manifests-made";
export const onGoogle = "manifests-google";

const keyArn = `arn:aws:kms:us-east-1:${accountId}:key/1`;
const workspace: WorkspaceRef = {
  name: "manifests",
  organization: "Acme",
  cloud: "aws",
  region: "us-east-1",
  accountId,
  keyArn,
  namespace,
  cluster: { eksIrsa: { oidcProviderArn } },
  adopted: [
    { secretName: "adopted", arn: `arn:aws:secretsmanager:us-east-1:${accountId}:secret:legacy/db-AbCdEf`, keyArn },
  ],
};

const google: WorkspaceRef = { ...gke, name: "google", namespace };
const googleAddOn: WorkspaceRef = { ...google, cluster: withAddOn.cluster as WorkspaceClusterArgs };

const roles = ["viewers", "members", "admins", "owners"];
const versionId = "v-1";
const values = {
  "api-key": { value: "text", versionId },
  adopted: { value: "text", versionId },
  database: { fields: { user: "app", "db.host": "db.local" }, versionId },
  // One that goes with its key, which the API server looks at: its own.
  certificate: { fields: { certificate: certificate("crt"), key: certificate("key") }, versionId },
  registry: { value: '{"auths":{}}', versionId },
};

function certificate(part: "crt" | "key"): string {
  const folder = path.join(process.env.VANTEDGE_LOCAL_CLOUD as string, "kubernetes", "certificates");
  return readFileSync(path.join(folder, `apiserver.${part}`), "utf8");
}

type Args = Partial<DeploymentBindingArgs>;
const user = { secret: "database", field: "user" };

/** What a binding can bind. Their names differ, so that one binding can have them all. */
const forms = {
  env: { env: { WHOLE: { secret: "api-key" }, FIELD: user, SAME: user } },
  template: { env: { URL: { secret: "database", template: '{"{{user}}": {{db.host | json}}}' } } },
  envFrom: { envFrom: [{ secret: "database", prefix: "DB_", optional: true }] },
  files: { files: { "/etc/files": { secrets: ["api-key"], items: { "user.txt": { ...user, mode: "0400" } } } } },
  modes: { files: { "/etc/modes": { items: { one: user, two: { secret: "api-key" } }, mode: "0444" } } },
  asFile: { files: { "/app/config.json": { asFile: { secret: "api-key" }, mode: "0400" } } },
  optional: {
    env: { MAYBE: { ...user, optional: true } },
    files: { "/etc/optional": { items: { maybe: { secret: "api-key", optional: true } } } },
  },
  tls: { tls: [{ secret: "certificate" }] },
  pull: { imagePullSecrets: [{ secret: "registry" }] },
  adopted: { env: { ADOPTED: { secret: "adopted" } } },
} satisfies Record<string, Args>;
type Form = keyof typeof forms;

const everyForm = Object.keys(forms) as Form[];
const rolling = [Workload.Deployment, Workload.StatefulSet, Workload.DaemonSet];
const without = (...left: Form[]) => everyForm.filter((form) => !left.includes(form));

interface Way {
  /** On AWS where nothing is said. */
  on?: WorkspaceRef;
  args: Args;
  forms: Form[];
  workloads: Workload[];
}

/** The deliveries, with the forms and the workloads that they have: what is left out is refused (combinations.ts). */
const ways: Record<string, Way> = {
  pinned: { args: { freshness: "pinned", values }, forms: everyForm, workloads: rolling },
  latest: { args: {}, forms: without("asFile"), workloads: Object.values(Workload) },
  waiting: { args: { restartedBy: "pulumi" }, forms: everyForm, workloads: rolling },
  kept: { args: { keepOnDestroy: true }, forms: ["env"], workloads: [Workload.Deployment] },
  reloader: { args: { restartedBy: "reloader", kind: "agent" }, forms: everyForm, workloads: rolling },
  runs: { args: { kind: "model" }, forms: everyForm, workloads: [Workload.Job, Workload.CronJob] },
  csi: {
    args: { delivery: "csi" },
    forms: ["env", "files", "modes", "adopted"],
    workloads: [...rolling, Workload.ReplicaSet, Workload.Pod],
  },
  "csi-runs": { args: { delivery: "csi" }, forms: ["files"], workloads: [Workload.Job, Workload.CronJob] },
  "csi-reloader": {
    args: { delivery: "csi", restartedBy: "reloader" },
    forms: ["env", "files", "asFile"],
    workloads: rolling,
  },
  native: {
    args: { delivery: "native", values },
    forms: everyForm,
    workloads: [...rolling, Workload.Job, Workload.CronJob],
  },
  "native-stays": {
    args: { delivery: "native", values },
    forms: without("asFile"),
    workloads: [Workload.ReplicaSet, Workload.Pod],
  },
  "google-pinned": {
    on: google,
    args: { freshness: "pinned", values },
    forms: without("adopted"),
    workloads: [Workload.Deployment],
  },
  "google-latest": {
    on: google,
    args: {},
    forms: without("asFile", "adopted"),
    workloads: [Workload.Deployment],
  },
  "google-regional": {
    on: { ...google, location: "europe-west3" },
    args: {},
    forms: ["env"],
    workloads: [Workload.Deployment],
  },
  "google-csi": {
    on: google,
    args: { delivery: "csi" },
    forms: ["env", "files", "modes"],
    workloads: [Workload.Deployment],
  },
  "google-add-on": {
    on: googleAddOn,
    args: { delivery: "csi" },
    forms: ["files", "modes"],
    workloads: [Workload.Deployment],
  },
  "gke-sync": {
    on: google,
    args: { delivery: "gke-sync" },
    forms: ["env", "files", "modes", "tls", "pull"],
    workloads: Object.values(Workload),
  },
  "gke-sync-reloader": {
    on: google,
    args: { delivery: "gke-sync", restartedBy: "reloader" },
    forms: ["env", "asFile"],
    workloads: rolling,
  },
};

/** Every object that workspaces, bindings and the workloads with the values in them would have in a cluster. */
export async function emittedManifests(): Promise<Manifest[]> {
  reloaderAt.mockResolvedValue({ state: "there" });
  const { resources } = await run(
    () => {
      new Workspace("manifests", {
        organization: "Acme",
        aws: { region: "us-east-1", accountId },
        roles: Object.fromEntries(roles.map((role) => [role, [{ arn: `arn:aws:iam::${accountId}:role/${role}` }]])),
        kubernetes: {
          namespace: inWorkspace,
          cluster: { eksIrsa: { oidcProviderArn } },
          subjects: {
            viewers: [{ user: "ann@acme.com" }],
            admins: [{ serviceAccount: { name: "ci", namespace: "ci" } }],
          },
          admissionPolicy: true,
        },
      });
      new Workspace("google-made", {
        ...gcpProduction,
        kubernetes: { namespace: onGoogle, cluster: withAddOn.cluster as WorkspaceClusterArgs, admissionPolicy: true },
      });
      for (const [name, way] of Object.entries(ways)) bindEachWay(name, way);
    },
    { calls: { ...answers, ...gcpAnswers } },
  );
  return resources.filter(({ type }) => type.startsWith("kubernetes:")).map(({ inputs }) => inputs as Manifest);
}

/** One form at a time with the first kind of workload, and all together with every kind. */
function bindEachWay(name: string, { on = workspace, args, forms: some, workloads }: Way): void {
  const [first] = workloads as [Workload];
  for (const form of some) bind(`${name}-${form.toLowerCase()}`, on, { ...args, ...forms[form], workload: first });
  for (const workload of workloads) {
    bind(`${name}-${workload.toLowerCase()}`, on, { ...args, ...together(some.map((form) => forms[form])), workload });
  }
}

function together(all: Args[]): Args {
  const merged: Record<string, object> = {};
  for (const [key, value] of all.flatMap((args) => Object.entries(args as Record<string, object>))) {
    const before = merged[key];
    merged[key] = Array.isArray(value) ? [...((before as unknown[]) ?? []), ...value] : { ...before, ...value };
  }
  return merged as Args;
}

function bind(name: string, on: WorkspaceRef, args: Args & { workload: Workload }): void {
  const used = namesUsed(args);
  const known = Object.entries(args.values ?? {}).filter(([secret]) => used.has(secret));
  const binding = new DeploymentBinding(name, {
    workspace: on,
    ...args,
    ...(args.values === undefined ? {} : { values: Object.fromEntries(known) }),
  });
  workloads[args.workload](name, binding);
}

/** `values` of what a binding doesn't bind are refused. */
function namesUsed(args: Args): Set<string> {
  return new Set(
    [...JSON.stringify({ ...args, values: undefined }).matchAll(/"secrets?":\[?"([^"]+)"/g)].map(
      ([, name]) => name as string,
    ),
  );
}

const containers = [{ name: "main", image: "main:1", env: [{ name: "OWN", value: "$(WHOLE)" }] }];
const pod = { containers, initContainers: [{ name: "before", image: "before:1" }] };
const ending = { ...pod, restartPolicy: "Never" };
const labels = { app: "main" };
const selector = { matchLabels: labels };
const template = { metadata: { labels }, spec: pod };

const workloads: Record<Workload, (name: string, binding: DeploymentBinding) => void> = {
  Deployment: (name, by) => new apps.Deployment(name, by.inject({ metadata: { name }, spec: { selector, template } })),
  StatefulSet: (name, by) =>
    new apps.StatefulSet(name, by.inject({ metadata: { name }, spec: { serviceName: name, selector, template } })),
  DaemonSet: (name, by) => new apps.DaemonSet(name, by.inject({ metadata: { name }, spec: { selector, template } })),
  ReplicaSet: (name, by) => new apps.ReplicaSet(name, by.inject({ metadata: { name }, spec: { selector, template } })),
  Job: (name, by) => new batch.Job(name, by.inject({ metadata: { name }, spec: { template: { spec: ending } } })),
  CronJob: (name, by) =>
    new batch.CronJob(
      name,
      by.inject({
        metadata: { name },
        spec: { schedule: "@daily", jobTemplate: { spec: { template: { spec: ending } } } },
      }),
    ),
  Pod: (name, by) => new core.Pod(name, by.inject({ metadata: { name }, spec: pod })),
};
