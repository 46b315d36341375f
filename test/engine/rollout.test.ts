import { aws } from "./support/aws";
import { eventually } from "./support/eventually";
import { secretsIn } from "./support/kubernetes";
import { Project, type Run } from "./support/project";
import { type RolloutSettings, rolloutProgram } from "./support/rollouts";
import { type Change, changesSince, resourceVersion } from "./support/watched";
import { currentReplicaSet, type Kind, objectNamed, objectsOf, ownedBy, settled } from "./support/workloads";

/**
 * The real operator, the real Reloader and the real controllers run, and no kubelet: pods stay pending. A rollout is what
 * the controllers make of a change.
 */
const namespace = "rollouts";
const rolling: [name: string, kind: Kind, revisions: Kind][] = [
  ["reloaded-deployment", "Deployment", "ReplicaSet"],
  ["reloaded-statefulset", "StatefulSet", "ControllerRevision"],
  ["reloaded-daemonset", "DaemonSet", "ControllerRevision"],
  ["two", "Deployment", "ReplicaSet"],
  ["outside", "Deployment", "ReplicaSet"],
  ["waiting", "Deployment", "ReplicaSet"],
  ["pinned", "Deployment", "ReplicaSet"],
  ["files", "Deployment", "ReplicaSet"],
  ["native-deployment", "Deployment", "ReplicaSet"],
];
const running: [name: string, kind: Kind, runs: Kind][] = [
  ["job", "Job", "Pod"],
  ["native-job", "Job", "Pod"],
  ["cronjob", "CronJob", "Job"],
  ["native-cronjob", "CronJob", "Job"],
];
/** Those that bind url, by who restarts them. */
const byReloader = { "reloaded-deployment": 1, "reloaded-statefulset": 1, "reloaded-daemonset": 1, two: 1 };
const byPulumi = { waiting: 1, pinned: 1 };

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

async function up(changes: Partial<RolloutSettings> = {}): Promise<Run> {
  settings = { ...settings, ...changes };
  project.write("index.js", rolloutProgram(settings));
  const run = await project.up();
  expect([run.errors, run.exitCode]).toEqual([[], 0]);
  return run;
}

/** Longer than Reloader waits for more changes of one workload. */
const pause = 17;

/**
 * What something rolls out, each with the number of its new revisions: exactly this. What came later would be one too many
 * in the next test. Nothing runs again.
 */
async function rollsOut<T>(change: () => Promise<T>, expected: Record<string, number>): Promise<T> {
  const before = await revisions();
  const changed = await change();
  const more = async () => {
    const after = Object.entries(await revisions()).map(
      ([name, count]) => [name, count - (before[name] ?? 0)] as const,
    );
    return Object.fromEntries(after.filter(([, count]) => count !== 0));
  };
  await eventually(more, (rolled) => expect(rolled).toEqual(expected), pause + 15);
  expect(await runs()).toEqual(firstRuns);
  return changed;
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

/** The values that a Deployment's next pods would start with. */
async function valuesOf(deployment: string): Promise<(string | undefined)[]> {
  const { spec } = await currentReplicaSet(namespace, deployment);
  const env = spec.template.spec.containers[0]?.env as { valueFrom: { secretKeyRef: { name: string } } }[];
  const secrets = await secretsIn(namespace);
  return env.map(({ valueFrom }) => secrets[valueFrom.secretKeyRef.name]?.value);
}
const versionsIn = async (deployment: string) =>
  (await currentReplicaSet(namespace, deployment)).spec.template.metadata.annotations;
const secretOf = (name: string) => async () => (await secretsIn(namespace))[name]?.value;
/** A first value is asked for less and less often: on a busy machine, long after the secret was found without one. */
const patience = 60;
const isInCluster = (name: string, value: string) =>
  eventually(secretOf(name), (found) => expect(found).toBe(value), patience);
const collections = [`/api/v1/namespaces/${namespace}/secrets`, `/apis/apps/v1/namespaces/${namespace}/replicasets`];
interface Stored {
  data?: Record<string, string>;
  spec: { template: { spec: { containers: { env: { valueFrom: { secretKeyRef: { name: string } } }[] }[] } } };
}

/**
 * The values with which pods of new ReplicaSets could start from then on, each as it was when its ReplicaSet was made:
 * resource versions count up over all kinds.
 */
async function startsSince(since: string): Promise<Record<string, string[]>> {
  const [secrets, made] = (await Promise.all(
    collections.map((collection) => changesSince<Stored>(collection, since)),
  )) as [Change<Stored>[], Change<Stored>[]];
  const at = ({ object }: Change<Stored>) => Number(object.metadata.resourceVersion);
  const starts = made
    .filter(({ type }) => type === "ADDED")
    .map((added) => {
      const [variable] = added.object.spec.template.spec.containers[0]?.env ?? [];
      const name = variable?.valueFrom.secretKeyRef.name;
      const before = secrets.filter((one) => one.object.metadata.name === name && at(one) < at(added));
      const value = before.at(-1)?.object.data?.value;
      return [name, value === undefined ? "as it was" : Buffer.from(value, "base64").toString()] as const;
    });
  const names = [...new Set(starts.map(([name]) => name as string))];
  return Object.fromEntries(names.map((name) => [name, starts.flatMap(([of, value]) => (of === name ? [value] : []))]));
}

/** What a run says of bindings, without the name before. */
const said = ({ infos }: Run, binding: string) =>
  infos.flatMap((line) => line.split(`DeploymentBinding "${binding}": `)[1] ?? []);

beforeAll(async () => {
  project = await Project.ofProgram("rollouts", rolloutProgram(settings));
});
afterAll(() => project.end());

test("the first update gives every workload one revision, and runs a Job once and no CronJob", async () => {
  await up();
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

test("who restarts a workload stands on it: Reloader, by name, or nobody but Pulumi", async () => {
  const reloaderOf = async (kind: Kind, name: string) => {
    const { annotations = {} } = (await objectNamed(kind, namespace, name)).metadata;
    return Object.fromEntries(Object.entries(annotations).filter(([key]) => key.includes("reloader")));
  };
  const reload = (...names: string[]) => ({ "secret.reloader.stakater.com/reload": names.join(",") });
  const reloaded: Record<string, object> = {
    "reloaded-deployment": reload("reloaded-deployment-url"),
    "reloaded-statefulset": reload("reloaded-statefulset-url"),
    "reloaded-daemonset": reload("reloaded-daemonset-url"),
    two: { ...reload("two-url", "two-key"), "deployment.reloader.stakater.com/pause-period": "15s" },
    outside: reload("outside-token"),
  };
  for (const [name, kind] of [...rolling, ...running]) {
    const expected = reloaded[name] ?? { "reloader.stakater.com/auto": "false" };
    expect([name, await reloaderOf(kind, name)]).toEqual([name, expected]);
  }
});

test("an update without a change rolls out nothing, and says nothing of bindings", async () => {
  const run = await rollsOut(() => up(), {});
  expect(run.steps).toEqual([]);
  expect(run.infos.filter((line) => line.includes("DeploymentBinding"))).toEqual([]);
});

test("another description and another tag of the secrets roll out nothing", async () => {
  const { steps } = await rollsOut(() => up({ description: "Another", tags: { team: "another" } }), {});
  expect(steps).toContain("update aws:secretsmanager/secret:Secret url");
});

describe("a value that is put in past Pulumi, into a secret that Pulumi wrote", () => {
  let version: string;

  test("reaches the workloads with nothing more: by Reloader, and files by themselves", async () => {
    await rollsOut(async () => {
      version = await putElsewhere("url", "url-2");
      // The first value of this one: its pods could not start without.
      await putElsewhere("token", "token-1");
    }, byReloader);
    for (const name of ["reloaded-deployment", "two"]) expect(await valuesOf(name)).toContain("url-2");
    await isInCluster("outside-token", "token-1");
    expect(await valuesOf("outside")).toEqual(["token-1"]);
    await isInCluster("files-token", "token-1");
    await isInCluster("job-url", "url-2");
    await isInCluster("cronjob-token", "token-1");
  });

  test("is not in what waits for the next update, until that", async () => {
    expect(await versionsIn("waiting")).not.toMatchObject({ "secrets.vantedge.run/url": version });
    await isInCluster("pinned-url", "url-1");
  });

  test("is said by a preview, in one line for each binding, and by the update that brings the rest of it", async () => {
    const preview = await project.preview();
    const run = await rollsOut(() => up(), byPulumi);
    for (const { infos } of [preview, run]) {
      expect(said({ infos } as Run, "waiting")).toEqual([
        "url has a newer version than at the last pulumi up: this pulumi up restarts the pods that it deploys",
      ]);
      expect(said({ infos } as Run, "two")).toEqual([
        "url has a newer version than at the last pulumi up: Reloader restarts the pods with its annotation",
      ]);
      expect(said({ infos } as Run, "files")).toEqual([]);
    }
    expect(await versionsIn("waiting")).toEqual({
      "secrets.vantedge.run/url": version,
      "secrets.vantedge.run/token": await currentVersion("token"),
    });
    expect(await valuesOf("pinned")).toEqual(["url-2"]);
  });

  test("is brought by an update after a refresh as well", async () => {
    await rollsOut(() => putElsewhere("url", "url-3"), byReloader);
    await expect(project.refresh()).resolves.toMatchObject({ exitCode: 0 });
    await rollsOut(() => up(), byPulumi);
    expect(await valuesOf("pinned")).toEqual(["url-3"]);
    expect(await rollsOut(() => up(), {})).toMatchObject({ steps: [] });
  });
});

describe("a value that Pulumi changes", () => {
  let first: string;

  test("after one that was put in, rolls out in the same update, once, and no pod starts with the old one", async () => {
    first = await currentVersion("url");
    const since = await resourceVersion(collections[0] as string);
    // The new image starts pods in this update anyway: they must not begin with the value before.
    await rollsOut(() => up({ url: { value: "url-4" }, image: "a:2" }), {
      // One for the image, and where Reloader restarts one for the value, unless it waits for more changes.
      ...Object.fromEntries(Object.keys(byReloader).map((name) => [name, name === "two" ? 1 : 2])),
      outside: 1,
      files: 1,
      "native-deployment": 1,
      ...byPulumi,
    });
    expect(await startsSince(since)).toMatchObject({
      "reloaded-deployment-url": ["url-4", "url-4"],
      "two-url": expect.not.arrayContaining(["as it was"]),
      "waiting-url": ["url-4"],
      "pinned-url": ["url-4"],
    });
    for (const name of ["reloaded-deployment", "waiting", "pinned"]) expect(await valuesOf(name)).toContain("url-4");
  });

  test("is in the Secret of the Job and of the CronJob when they ask again", async () => {
    for (const name of ["job-url", "cronjob-url"]) await isInCluster(name, "url-4");
  });

  test("goes back to a version before: what names versions takes up the ReplicaSet that it had", async () => {
    const back = await rollsOut(
      () => up({ url: { pinVersion: first }, image: "a:1" }),
      Object.fromEntries(Object.keys(byReloader).map((name) => [name, name === "two" ? 1 : 2])),
    );
    expect(said(back, "waiting")).toEqual([
      expect.stringMatching(/^url has a newer version, .*, and the workload keeps .*: the Secret's pinVersion$/),
      "url has another version than at the last pulumi up: this pulumi up restarts the pods that it deploys",
    ]);
    for (const name of ["reloaded-deployment", "waiting", "pinned"]) expect(await valuesOf(name)).toContain("url-3");
    // It stays there, whatever is put in, and every update says so.
    const newer = await putElsewhere("url", "url-5");
    const again = await rollsOut(() => up(), {});
    expect(said(again, "pinned")).toEqual([
      `url has a newer version, ${newer}, and the workload keeps ${first}: the Secret's pinVersion`,
    ]);
    expect(await valuesOf("pinned")).toEqual(["url-3"]);
  });

  test("is one rollout with others that change with it, natively too", async () => {
    const changes = { url: { value: "url-6" }, key: "key-2", salt: "salt-2" };
    await rollsOut(() => up(changes), { ...byReloader, ...byPulumi, "native-deployment": 1 });
    expect(await valuesOf("two")).toEqual(["url-6", "key-2"]);
    expect(await valuesOf("native-deployment")).toEqual(["key-2", "salt-2"]);
    expect(await secretsIn(namespace)).toMatchObject({
      "native-job-key": { value: "key-2" },
      "native-cronjob-salt": { value: "salt-2" },
    });
  });

  test("is rolled out once: the next update finds nothing to do", async () => {
    expect(await rollsOut(() => up(), {})).toMatchObject({ steps: [] });
  });
});
