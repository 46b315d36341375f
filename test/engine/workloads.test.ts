import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parse, stringify } from "yaml";
import { endArgoCd, isSynced, refreshed, startArgoCd, syncedByHand } from "./support/argoCd";
import { aws } from "./support/aws";
import { eventually } from "./support/eventually";
import { endOtherReloader, otherAnnotation, startOtherReloader } from "./support/otherReloader";
import { type Section, sectionsOf } from "./support/page";
import { Project, root } from "./support/project";
import { receivedBy } from "./support/received";
import { buildTools, shell } from "./support/shell";
import { currentReplicaSet, objectNamed, ownedBy, settled } from "./support/workloads";

/** The page's own snippets, word for word, but for how soon the operator reads again and where the repository is. */
const page = sectionsOf(readFileSync(path.join(root, "docs", "workloads.md"), "utf8"));
const section = (heading: string) => page[heading] as Section;
const snippet = (heading: string, file: string) => section(heading).files[file] as string;

const namespace = "production";
const binding = "support-agent";
const manifest = snippet("The binding", "vantedge.yaml").replace(
  `bindings:\n  - name: ${binding}\n`,
  "$&    refreshSeconds: 2\n",
);
const values = {
  openaiApiKey: "canary-key",
  serviceAccount: '{"canary":"file"}',
  databaseUser: "canary-user",
  databasePassword: "canary-password",
};
let openaiApiKey = values.openaiApiKey;
/** What every workload of the page must receive. */
const received = () => ({
  env: { OPENAI_API_KEY: openaiApiKey, DB_USER: values.databaseUser, DB_PASSWORD: values.databasePassword },
  files: { "/etc/keys/service-account.json": values.serviceAccount },
});

let project: Project;
let scratch: string;
/** The binding's objects as the first update made them. */
let made: string[];

/** With their uids: what is deleted and made again is another object. */
async function objectsOfBinding(): Promise<string[]> {
  const kinds = "secrets,externalsecrets,secretstores,roles";
  const columns = "custom-columns=:.kind,:.metadata.name,:.metadata.uid";
  const listed = await shell(
    scratch,
    `kubectl get ${kinds} --namespace ${namespace} --selector vantedge.run/binding=${binding} --output ${columns}`,
  );
  return listed.trim().split("\n").sort();
}

/** Past Pulumi, as a member does it. */
async function putElsewhere(value: string): Promise<void> {
  const SecretId = `vantedge/${namespace}/openai-api-key`;
  await aws("secretsmanager", "PutSecretValue", { SecretId, SecretString: value });
  openaiApiKey = value;
}

async function replicaSetsOf(deployment: string): Promise<number> {
  return (await ownedBy(await settled("Deployment", namespace, deployment), "ReplicaSet", namespace)).length;
}

const hasReplicaSets = (deployment: string, expected: number) =>
  eventually(
    () => replicaSetsOf(deployment),
    (count) => expect(count).toBe(expected),
  );

function write(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

async function commit(repository: string): Promise<void> {
  const git = "git -c user.name=test -c user.email=test@example.com";
  await shell(repository, `git init --quiet && git add --all && ${git} commit --quiet --message change`);
}

const headOf = async (repository: string) => (await shell(repository, "git rev-parse HEAD")).trim();

/** A way to deploy a workload, in a folder of its own. */
interface Way {
  deployment: string;
  files: Record<string, string>;
  /** What the page takes for granted. */
  prepare?: (folder: string) => Promise<unknown>;
  /** After the page's command. */
  arrived?: (folder: string) => Promise<unknown>;
  remove: (folder: string) => Promise<unknown>;
}

const chart = "support-agent/templates/deployment.yaml";
const mounts = "          {{- with .Values.volumeMounts }}\n";

async function createChart(folder: string): Promise<void> {
  await shell(folder, "helm create support-agent");
  const template = readFileSync(path.join(folder, chart), "utf8");
  write(folder, { [chart]: template.replace(mounts, snippet("Helm", `${chart}, before volumeMounts`) + mounts) });
}

const deployment = snippet("kubectl", "deployment.yaml");

/** The page's Deployment under another name, with other annotations. */
function deploymentOf(name: string, annotations: Record<string, string>): string {
  const object = parse(deployment);
  object.metadata = { ...object.metadata, name, annotations };
  object.spec.selector.matchLabels = { app: name };
  object.spec.template.metadata.labels = { app: name };
  return stringify(object);
}

const repositoryOf = (folder: string) => path.join(folder, "repository");
const applicationIn = (folder: string) =>
  snippet("Argo CD", "application.yaml").replace(/https:\/\/git\.example\.com[^"]*/, `file://${repositoryOf(folder)}`);

/** Where the Deployment was there is something else, for which Argo CD deletes it. */
async function replaceInRepository(folder: string): Promise<void> {
  const other = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "other" } };
  write(repositoryOf(folder), { "support-agent/deployment.yaml": stringify(other) });
  await commit(repositoryOf(folder));
  await refreshed("support-agent");
  await isSynced("support-agent", await headOf(repositoryOf(folder)));
}

const ways: Record<string, Way> = {
  kubectl: {
    deployment: "support-agent",
    files: section("kubectl").files,
    remove: (folder) => shell(folder, "kubectl delete --filename deployment.yaml"),
  },
  kustomize: {
    deployment: "eu-support-agent",
    files: { ...section("kustomize").files, "base/deployment.yaml": deployment },
    remove: (folder) => shell(folder, "kubectl delete --kustomize production"),
  },
  Helm: {
    deployment: "support-agent",
    files: { "production.yaml": snippet("Helm", "production.yaml") },
    prepare: createChart,
    remove: (folder) => shell(folder, `helm uninstall support-agent --namespace ${namespace}`),
  },
  "Argo CD": {
    deployment: "support-agent",
    files: { "repository/support-agent/deployment.yaml": deployment },
    prepare: async (folder) => {
      write(folder, { "application.yaml": applicationIn(folder) });
      await commit(repositoryOf(folder));
    },
    arrived: async (folder) => {
      await isSynced("support-agent", await headOf(repositoryOf(folder)));
      await refreshed("support-agent");
      await syncedByHand("support-agent");
    },
    remove: replaceInRepository,
  },
};

beforeAll(buildTools, 1_800_000);
beforeAll(async () => {
  scratch = mkdtempSync(path.join(os.tmpdir(), "vantedge-workloads-"));
  project = await Project.ofManifest("workloads", manifest, values);
  const [up] = await Promise.all([project.up(), startArgoCd()]);
  expect([up.errors, up.exitCode]).toEqual([[], 0]);
  made = await objectsOfBinding();
});
afterAll(async () => {
  await endArgoCd();
  await project.end();
  rmSync(scratch, { recursive: true });
});

test("the commands list the names that the workloads take", async () => {
  const [list, outputs] = section("The binding").commands[0]?.trim().split("\n") as [string, string];
  const listed = await shell(project.folder, `${list} --output name`);
  expect(listed.trim().split("\n")).toEqual([
    "secret/support-agent-database--env",
    "secret/support-agent-openai-api-key",
    "secret/support-agent-service-account",
  ]);
  const bindings = JSON.parse(await shell(project.folder, outputs));
  expect(bindings[`${namespace}/${binding}`]).toMatchObject({
    env: [
      { name: "OPENAI_API_KEY", valueFrom: { secretKeyRef: { name: "support-agent-openai-api-key", key: "value" } } },
    ],
    envFrom: [{ secretRef: { name: "support-agent-database--env" } }],
    volumes: [{ projected: { sources: [{ secret: { name: "support-agent-service-account" } }] } }],
    volumeMounts: [{ mountPath: "/etc/keys", readOnly: true }],
    workloadAnnotations: {
      "secret.reloader.stakater.com/reload": "support-agent-openai-api-key,support-agent-database--env",
    },
  });
});

describe.each(Object.entries(ways))("%s", (heading, way) => {
  let folder: string;

  async function deploy(): Promise<void> {
    await shell(folder, section(heading).commands[0] as string);
    await way.arrived?.(folder);
  }

  beforeAll(async () => {
    folder = path.join(scratch, heading);
    write(folder, way.files);
    await way.prepare?.(folder);
  });

  test("deploys a workload that receives every value", async () => {
    await deploy();
    expect(await receivedBy(namespace, way.deployment)).toEqual(received());
    await hasReplicaSets(way.deployment, 1);
  });

  test("a value that is put in past Pulumi comes under the same name, and Reloader restarts the workload", async () => {
    await putElsewhere(`canary-key-while-${heading}`);
    await hasReplicaSets(way.deployment, 2);
    expect(await receivedBy(namespace, way.deployment)).toEqual(received());
    expect(await objectsOfBinding()).toEqual(made);
  });

  test("deploys again what it has deployed, and restarts nothing", async () => {
    const before = await settled("Deployment", namespace, way.deployment);
    await deploy();
    const after = await settled("Deployment", namespace, way.deployment);
    expect(after.metadata.generation).toBe(before.metadata.generation);
    expect(after.spec).toEqual(before.spec);
  });

  test("deletes the workload, and nothing of the binding", async () => {
    await way.remove(folder);
    const left = await shell(folder, `kubectl get deployments --namespace ${namespace} --output name`);
    expect(left).toBe("");
    expect(await objectsOfBinding()).toEqual(made);
  });
});

/** What Reloader goes by and what Argo CD compares with, for a workload of its own. */
interface Variant {
  name: string;
  reloader: Record<string, string>;
  annotations?: Record<string, string>;
  syncOptions?: string[];
}

const auto = { "reloader.stakater.com/auto": "true" };
const strategies = { annotations: auto, "env-vars": { [otherAnnotation]: "true" } };
const serverSide = {
  annotations: { "argocd.argoproj.io/compare-options": "ServerSideDiff=true" },
  syncOptions: ["ServerSideApply=true"],
};
const kept: Variant[] = Object.entries(strategies).flatMap(([strategy, reloader]) => [
  { name: strategy, reloader },
  { name: `${strategy}-server-side`, reloader, ...serverSide },
]);
const replaced: Variant = { name: "replaced", reloader: auto, syncOptions: ["Replace=true"] };
const paused: Variant = {
  name: "paused",
  reloader: { ...auto, "deployment.reloader.stakater.com/pause-period": "15s" },
};

describe("what Reloader writes into a workload of Argo CD", () => {
  const all = [...kept, replaced, paused];
  const names = kept.map(({ name }) => name);

  function applicationOf({ name, annotations, syncOptions }: Variant, folder: string): string {
    const object = parse(applicationIn(folder));
    object.metadata = { ...object.metadata, name, annotations };
    object.spec.source.path = name;
    object.spec.syncPolicy = { ...object.spec.syncPolicy, syncOptions };
    return stringify(object);
  }

  async function deployAll(): Promise<void> {
    const folder = path.join(scratch, "variants");
    for (const variant of all) {
      write(repositoryOf(folder), {
        [`${variant.name}/deployment.yaml`]: deploymentOf(variant.name, variant.reloader),
      });
      write(folder, { [`applications/${variant.name}.yaml`]: applicationOf(variant, folder) });
    }
    await commit(repositoryOf(folder));
    await shell(folder, "kubectl apply --filename applications");
    const revision = await headOf(repositoryOf(folder));
    await Promise.all(all.map(({ name }) => isSynced(name, revision)));
  }

  const haveReplicaSets = (of: Variant[], count: number) =>
    Promise.all(of.map(({ name }) => hasReplicaSets(name, count)));
  const specs = () => Promise.all(names.map(async (name) => (await settled("Deployment", namespace, name)).spec));
  const isMarked = (spec: object) => /last-reloaded-from|STAKATER_/.test(JSON.stringify(spec));

  beforeAll(async () => {
    await Promise.all([startOtherReloader(), deployAll()]);
    await haveReplicaSets(all, 1);
    await putElsewhere("canary-key-for-variants");
    await haveReplicaSets([...kept, replaced], 2);
  });
  afterAll(endOtherReloader);

  test("is no difference in a pause, in which Reloader waits for more changes", async () => {
    const { status } = await refreshed(paused.name);
    expect(status).toMatchObject({ sync: { status: "Synced" }, health: { status: "Suspended" } });
    await syncedByHand(paused.name);
    expect((await objectNamed("Deployment", namespace, paused.name)).spec).toMatchObject({ paused: true });
  });

  test("is no difference, and stays in a sync", async () => {
    const before = await specs();
    expect(before.map(isMarked)).toEqual(names.map(() => true));
    const applications = await Promise.all(names.map(refreshed));
    expect(applications.map(({ status }) => status?.sync?.status)).toEqual(names.map(() => "Synced"));
    await Promise.all(names.map(syncedByHand));
    expect(await specs()).toEqual(before);
  });

  test("goes in a sync that replaces, which starts the pods once more", async () => {
    const restarted = await currentReplicaSet(namespace, replaced.name);
    expect(isMarked(restarted.spec)).toBe(true);
    await syncedByHand(replaced.name);
    expect(isMarked((await currentReplicaSet(namespace, replaced.name)).spec)).toBe(false);
  });
});

test("a second update changes no name and restarts nothing, and the command restarts", async () => {
  write(scratch, { "deployment.yaml": deploymentOf("support-agent", {}) });
  await shell(scratch, "kubectl apply --filename deployment.yaml");
  await putElsewhere("canary-key-without-reloader");
  const { errors, steps } = await project.up();
  expect(errors).toEqual([]);
  expect([...steps].sort()).toEqual([
    "update kubernetes:external-secrets.io/v1:ExternalSecret production--support-agent--openai-api-key",
    "update kubernetes:rbac.authorization.k8s.io/v1:Role production--support-agent-values",
  ]);
  expect(await objectsOfBinding()).toEqual(made);
  expect(await receivedBy(namespace, "support-agent")).toEqual(received());
  expect(await replicaSetsOf("support-agent")).toBe(1);
  await shell(scratch, section("The binding").commands[1] as string);
  await hasReplicaSets("support-agent", 2);
});
