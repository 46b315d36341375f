import { shortHash } from "../../components/binding/delivered";
import { aws } from "./support/aws";
import { eventually } from "./support/eventually";
import { kubernetes, secretsIn } from "./support/kubernetes";
import { Project, type Run } from "./support/project";
import { type RolloutSettings, rolloutProgram } from "./support/rollouts";
import { currentReplicaSet, type Kind, objectNamed, objectsOf, ownedBy, settled } from "./support/workloads";

/** The real controllers run, and no kubelet: pods stay pending. A rollout is what the controllers make of a change. */
const namespace = "rollouts";
const rolling: [name: string, kind: Kind, revisions: Kind][] = [
  ["pinned-deployment", "Deployment", "ReplicaSet"],
  ["pinned-statefulset", "StatefulSet", "ControllerRevision"],
  ["pinned-daemonset", "DaemonSet", "ControllerRevision"],
  ["native-deployment", "Deployment", "ReplicaSet"],
  ["latest", "Deployment", "ReplicaSet"],
  ["files", "Deployment", "ReplicaSet"],
  ["reloader", "Deployment", "ReplicaSet"],
];
const running: [name: string, kind: Kind, runs: Kind][] = [
  ["job", "Job", "Pod"],
  ["native-job", "Job", "Pod"],
  ["cronjob", "CronJob", "Job"],
  ["native-cronjob", "CronJob", "Job"],
];

/** How many revisions each workload has had so far. */
async function revisions(): Promise<Record<string, number>> {
  const counts = rolling.map(async ([name, kind, made]) => {
    const owner = await settled(kind, namespace, name);
    return [name, (await ownedBy(owner, made, namespace)).length] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

/** Which objects they are, what they have started, and all Jobs that there are. */
async function runs(): Promise<object> {
  const started = running.map(async ([name, kind, made]) => {
    const owner = await objectNamed(kind, namespace, name);
    const owned = await ownedBy(owner, made, namespace);
    return [name, [owner.metadata.uid, ...owned.map(({ metadata }) => metadata.uid)]] as const;
  });
  const jobs = (await objectsOf("Job", namespace)).map(({ metadata }) => metadata.name);
  return { ...Object.fromEntries(await Promise.all(started)), jobs };
}

let project: Project;
let settings: RolloutSettings = { url: { value: "url-1" }, key: "key-1", salt: "salt-1" };
let firstRuns: object;

/** The workloads that an `up` rolled out, each with the number of its new revisions. Nothing has run again. */
async function rolledOut(changes: Partial<RolloutSettings> = {}): Promise<{ run: Run; rolled: object }> {
  const before = await revisions();
  settings = { ...settings, ...changes };
  project.write("index.js", rolloutProgram(settings));
  const run = await project.up();
  expect([run.errors, run.exitCode]).toEqual([[], 0]);
  const after = Object.entries(await revisions());
  expect(await runs()).toEqual(firstRuns);
  const more = after.map(([name, count]) => [name, count - (before[name] ?? 0)] as const);
  return { run, rolled: Object.fromEntries(more.filter(([, count]) => count !== 0)) };
}

const cloudName = (name: string) => `vantedge/${namespace}/${name}`;
async function putElsewhere(name: string, SecretString: string): Promise<string> {
  const put = await aws("secretsmanager", "PutSecretValue", { SecretId: cloudName(name), SecretString });
  return put.VersionId as string;
}
async function currentVersion(name: string): Promise<string> {
  const { VersionIdsToStages } = await aws("secretsmanager", "DescribeSecret", { SecretId: cloudName(name) });
  const stages = Object.entries(VersionIdsToStages as Record<string, string[]>);
  return stages.find(([, names]) => names.includes("AWSCURRENT"))?.[0] as string;
}

/** The Secrets that a Deployment's pods take their variables from, now. */
async function secretsOf(deployment: string): Promise<string[]> {
  const { spec } = await currentReplicaSet(namespace, deployment);
  const env = spec.template.spec.containers[0]?.env as { valueFrom: { secretKeyRef: { name: string } } }[];
  return env.map(({ valueFrom }) => valueFrom.secretKeyRef.name);
}
async function named(binding: string, ...names: string[]): Promise<string[]> {
  return Promise.all(names.map(async (name) => `${binding}-${name}-${shortHash(await currentVersion(name))}`));
}
async function valuesOf(deployment: string): Promise<(string | undefined)[]> {
  const secrets = await secretsIn(namespace);
  return (await secretsOf(deployment)).map((name) => secrets[name]?.value);
}

/** A preview asks whether Reloader is there, by its labels. What it would do is seen on the workloads' annotations. */
const reloaderPath = "/apis/apps/v1/namespaces/default/deployments";
const labels = { "app.kubernetes.io/name": "reloader" };
const reloader = {
  metadata: { name: "reloader", labels },
  spec: {
    replicas: 0,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: { containers: [{ name: "reloader", image: "ghcr.io/stakater/reloader" }] },
    },
  },
};
beforeAll(async () => {
  expect((await kubernetes("POST", reloaderPath, reloader)).status).toBe(201);
});
afterAll(async () => {
  await kubernetes("DELETE", `${reloaderPath}/reloader`);
});

beforeAll(async () => {
  project = await Project.ofProgram("rollouts", rolloutProgram(settings));
});
afterAll(() => project.end());

test("the first update gives every workload one revision, and runs a Job once and no CronJob", async () => {
  await expect(project.up()).resolves.toMatchObject({ exitCode: 0, errors: [] });
  expect(await revisions()).toEqual(Object.fromEntries(rolling.map(([name]) => [name, 1])));
  const one = [expect.any(String)];
  firstRuns = await eventually(runs, (found) =>
    expect(found).toEqual({
      job: [...one, ...one],
      "native-job": [...one, ...one],
      cronjob: one,
      "native-cronjob": one,
      jobs: ["job", "native-job"],
    }),
  );
});

test("values that were put elsewhere roll out variables by their versions' ids, once; Reloader's workload is Reloader's", async () => {
  const token = await putElsewhere("token", "token-1");
  // The program wrote one before: what is pinned to that stays.
  const salt = await putElsewhere("salt", "salt-2");
  expect((await rolledOut()).rolled).toEqual({ latest: 1 });
  const annotationsOf = async (name: string) =>
    (await currentReplicaSet(namespace, name)).spec.template.metadata.annotations;
  expect(await annotationsOf("latest")).toEqual({
    "secrets.vantedge.run/token": token,
    "secrets.vantedge.run/salt": salt,
  });
  expect(await annotationsOf("reloader")).toBeUndefined();
  expect(await annotationsOf("files")).toBeUndefined();
});

test("an update without a change rolls out nothing", async () => {
  expect(await rolledOut()).toMatchObject({ run: { steps: [] }, rolled: {} });
});

test("another description and another tag of the secrets roll out nothing", async () => {
  const { run, rolled } = await rolledOut({ description: "Another", tags: { team: "another" } });
  expect(run.steps).toContain("update aws:secretsmanager/secret:Secret url");
  expect(rolled).toEqual({});
});

test("who restarts a workload stands on it: Reloader, by name, or nobody but Pulumi", async () => {
  const reloaderOf = async (kind: Kind, name: string) => {
    const { annotations = {} } = (await objectNamed(kind, namespace, name)).metadata;
    return Object.fromEntries(Object.entries(annotations).filter(([key]) => key.includes("reloader")));
  };
  expect(await reloaderOf("Deployment", "reloader")).toEqual({
    "secret.reloader.stakater.com/reload": "reloader-token",
  });
  for (const [name, kind] of [...rolling, ...running].filter(([name]) => name !== "reloader")) {
    expect([name, await reloaderOf(kind, name)]).toEqual([name, { "reloader.stakater.com/auto": "false" }]);
  }
});

describe("a value that the program changes", () => {
  let firstVersion: string;
  beforeAll(async () => {
    firstVersion = await currentVersion("url");
  });

  test("is one rollout of what is pinned to it, in the same update, and of nothing else", async () => {
    const before = await secretsOf("pinned-deployment");
    const { rolled } = await rolledOut({ url: { value: "url-2" } });
    expect(rolled).toEqual({ "pinned-deployment": 1, "pinned-statefulset": 1, "pinned-daemonset": 1 });
    const after = await secretsOf("pinned-deployment");
    expect(after).toEqual(await named("pinned-deployment", "url", "key"));
    expect(after[0]).not.toBe(before[0]);
    expect(after[1]).toBe(before[1]);
    expect(await valuesOf("pinned-deployment")).toEqual(["url-2", "key-1"]);
  });

  test("is in the Secret of the Job and of the CronJob when they ask again", async () => {
    for (const name of ["job-url", "cronjob-url"]) {
      await eventually(
        async () => (await secretsIn(namespace))[name],
        (found) => expect(found).toEqual({ value: "url-2" }),
      );
    }
  });

  test("goes back to the version before: the Deployment takes up the ReplicaSet that it had", async () => {
    const { rolled } = await rolledOut({ url: { pinVersion: firstVersion } });
    expect(rolled).toEqual({});
    expect(await secretsOf("pinned-deployment")).toContain(`pinned-deployment-url-${shortHash(firstVersion)}`);
    expect(await valuesOf("pinned-deployment")).toEqual(["url-1", "key-1"]);
  });

  test("is one rollout with others that change with it, natively too", async () => {
    await putElsewhere("token", "token-2");
    const { rolled } = await rolledOut({ url: { value: "url-3" }, key: "key-3", salt: "salt-3" });
    const pinned = { "pinned-deployment": 1, "pinned-statefulset": 1, "pinned-daemonset": 1 };
    expect(rolled).toEqual({ ...pinned, "native-deployment": 1, latest: 1 });
    expect(await valuesOf("pinned-deployment")).toEqual(["url-3", "key-3"]);
    expect(await secretsOf("native-deployment")).toEqual(await named("native-deployment", "key", "salt"));
    expect(await valuesOf("native-deployment")).toEqual(["key-3", "salt-3"]);
    expect(await secretsIn(namespace)).toMatchObject({
      "native-job-key": { value: "key-3" },
      "native-cronjob-salt": { value: "salt-3" },
    });
  });

  test("is rolled out once: the next update finds nothing to do", async () => {
    expect(await rolledOut()).toMatchObject({ run: { steps: [] }, rolled: {} });
  });
});
