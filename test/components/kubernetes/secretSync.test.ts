import fc from "fast-check";
import { isSyncPath } from "../../../components/binding/secretSync";
import { DeploymentBinding, Secret } from "../../../index";
import { bindingLabels, irsa, type More } from "../../support/bindings";
import { canary } from "../../support/fixtures";
import { gcpRef, projectId } from "../../support/gcp";
import { boundOnGke, faultsOnGke, gcpAnswers, gke } from "../../support/gke";
import { leaks, named, only, reloaderAt, run, summary } from "../../support/mocks";

const classType = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";
const syncType = "kubernetes:secret-sync.gke.io/v1:SecretSync";
const sync = { delivery: "gke-sync" } as const;
const latest = (name: string) => `projects/${projectId}/secrets/vantedge--production--${name}/versions/latest`;
const versionId = "7@2026-11-25T15:01:23.004Z";

const all: More = {
  ...sync,
  env: { A: { secret: "a" }, USER: { secret: "db", field: "db.user" } },
  files: { "/etc/db": { items: { user: { secret: "db", field: "db.user" }, pw: { secret: "db", field: "pw" } } } },
  imagePullSecrets: [{ secret: "registry" }],
  tls: [{ secret: "web" }],
};

test("each Kubernetes Secret has a SecretSync of its name and a class of what is in it", async () => {
  const { resources, result } = await boundOnGke(all);
  expect(
    summary(resources)
      .filter((line) => line.startsWith("kubernetes") && !line.includes("rbac"))
      .sort(),
  ).toEqual(
    [
      "kubernetes:core/v1:ServiceAccount agent-reader",
      ...["a", "db", "registry--pull", "web--tls"].flatMap((name) => [
        `${classType} agent--agent--${name}-class`,
        `${syncType} agent--${name}`,
      ]),
    ].sort(),
  );
  expect(only(resources, syncType, "agent--db").inputs).toEqual({
    apiVersion: "secret-sync.gke.io/v1",
    kind: "SecretSync",
    metadata: {
      name: "agent-db",
      namespace: "apps",
      labels: bindingLabels,
      annotations: { "pulumi.com/patchForce": "true", "vantedge.run/requested-version": versionId },
    },
    spec: {
      serviceAccountName: "agent-reader",
      secretProviderClassName: "agent--db",
      secretObject: {
        type: "Opaque",
        labels: bindingLabels,
        data: [
          { sourcePath: "db--db.user", targetKey: "db.user" },
          { sourcePath: "db--pw", targetKey: "pw" },
        ],
      },
      forceSynchronization: "7-2026-11-25T15-01-23-004Z",
    },
  });
  const { metadata, spec } = only(resources, classType, "agent--agent--db-class").inputs as {
    metadata: object;
    spec: { provider: string; parameters: { secrets: string } };
  };
  expect(metadata).toMatchObject({ name: "agent--db", namespace: "apps", labels: bindingLabels });
  expect(spec).toEqual({ provider: "gke", parameters: { secrets: expect.any(String) } });
  expect(JSON.parse(spec.parameters.secrets)).toEqual([
    { resourceName: latest("db"), path: "db--db.user", mode: 0o400, extractJSONKey: "db.user" },
    { resourceName: latest("db"), path: "db--pw", mode: 0o400, extractJSONKey: "pw" },
  ]);
  expect(result).toMatchObject({
    env: [
      { name: "A", valueFrom: { secretKeyRef: { name: "agent-a", key: "value" } } },
      { name: "USER", valueFrom: { secretKeyRef: { name: "agent-db", key: "db.user" } } },
    ],
    volumes: [{ projected: { sources: [{ secret: { name: "agent-db" } }, { secret: { name: "agent-db" } }] } }],
    imagePullSecrets: [{ name: "agent-registry--pull" }],
    tlsSecretNames: { web: "agent-web--tls" },
    podAnnotations: { "secrets.vantedge.run/a": versionId, "secrets.vantedge.run/db": versionId },
    // Pods read nothing themselves.
    serviceAccountName: "",
  });
});

test("certificates and Docker configurations have types and keys of Kubernetes", async () => {
  const { resources } = await boundOnGke(all);
  const object = (name: string) =>
    (only(resources, syncType, name).inputs.spec as { secretObject: object }).secretObject;
  expect(object("agent--web--tls")).toMatchObject({
    type: "kubernetes.io/tls",
    data: [
      { sourcePath: "web--certificate", targetKey: "tls.crt" },
      { sourcePath: "web--key", targetKey: "tls.key" },
    ],
  });
  expect(object("agent--registry--pull")).toMatchObject({
    type: "kubernetes.io/dockerconfigjson",
    data: [{ sourcePath: "registry", targetKey: ".dockerconfigjson" }],
  });
});

test("admins and owners read what it makes, by name", async () => {
  const { resources } = await boundOnGke(all);
  const [rule] = only(resources, "kubernetes:rbac.authorization.k8s.io/v1:Role").inputs.rules as object[];
  expect(rule).toMatchObject({ resourceNames: ["agent-a", "agent-db", "agent-registry--pull", "agent-web--tls"] });
});

test("Reloader goes by the Secrets, and the version is brought at once all the same", async () => {
  reloaderAt.mockResolvedValue({ state: "there" });
  const { resources, result } = await boundOnGke(sync);
  expect(only(resources, syncType).inputs.spec).toMatchObject({ forceSynchronization: "7-2026-11-25T15-01-23-004Z" });
  expect(result.workloadAnnotations).toEqual({ "secret.reloader.stakater.com/reload": "agent-a" });
  expect(result.podAnnotations).toEqual({});
});

test("a label as long as labels may be is left out: SecretSync takes a letter less", async () => {
  const bindingName = "b".repeat(63);
  const { resources } = await boundOnGke({ ...sync, bindingName });
  const { labels } = (only(resources, syncType).inputs.spec as { secretObject: { labels: object } }).secretObject;
  expect(Object.keys(labels)).toEqual(Object.keys(bindingLabels).filter((key) => key !== "vantedge.run/binding"));
  expect(only(resources, syncType).inputs.metadata).toHaveProperty(["labels", "vantedge.run/binding"], bindingName);
});

test("the value of a secret of this program is nowhere in it", async () => {
  const outcome = await run(
    () => {
      const secret = new Secret("a", { workspace: gcpRef, value: canary });
      new DeploymentBinding("agent", { workspace: gke, ...sync, env: { A: { secret: "a" } } }, { dependsOn: secret });
    },
    { calls: gcpAnswers },
  );
  const made = [
    ...Object.values(named(outcome.resources, syncType)),
    ...Object.values(named(outcome.resources, classType)),
  ];
  expect(made).toHaveLength(2);
  expect(JSON.stringify(made)).not.toContain(canary);
  expect(leaks(outcome, canary)).toEqual([]);
});

const pinned =
  'freshness: delivery "gke-sync" always reads the latest version: leave freshness out, or use "external-secrets"';
const badKey = (path: string, field: string) =>
  `${path}: Secret Sync makes no key of field "${field}": it takes dots and underscores one at a time, after two letters or digits and before another; rename the field, or use "external-secrets"`;
test.each<[string, More, string[]]>([
  [
    "on AWS",
    { workspace: irsa },
    [
      'delivery: "gke-sync" is a part of GKE and reads from Google Secret Manager, and the workspace is on AWS: use "external-secrets" or "csi"',
    ],
  ],
  [
    "without a cluster",
    { workspace: gcpRef },
    [
      'delivery: "gke-sync" is a part of GKE, and the workspace names no such cluster: set its kubernetes.cluster.gke (in a reference, cluster.gke), or delivery: "native"',
    ],
  ],
  ["a pinned version", { freshness: "pinned" }, [pinned]],
  [
    "all fields",
    { env: {}, envFrom: [{ secret: "a" }] },
    ['envFrom: delivery "gke-sync" needs each field by name: list them under env, or use "external-secrets"'],
  ],
  [
    "a template",
    { env: { A: { secret: "a", template: "{{b}}" } } },
    ['delivery: "gke-sync" fills no templates: bind the fields, or use "external-secrets"'],
  ],
  [
    "something optional",
    { env: { A: { secret: "a", optional: true } } },
    [
      'delivery: "gke-sync" makes a Secret with all of its keys or none, so nothing is optional: use "external-secrets"',
    ],
  ],
  [
    "keeping on destroy",
    { keepOnDestroy: true },
    ['keepOnDestroy: keeps the Secrets of delivery "external-secrets" only: leave it out'],
  ],
  [
    "an interval",
    { refreshSeconds: 60 },
    ['refreshSeconds: delivery "gke-sync" refreshes as Secret Sync is set for the whole cluster: leave it out'],
  ],
  [
    "a number of pods",
    { expectedPods: 3 },
    ['expectedPods: is for delivery "csi", where every pod reads for itself: leave it out'],
  ],
  ["a field that is no key", { env: { A: { secret: "db", field: "_user" } } }, [badKey("env.A", "_user")]],
  [
    "a staleness below the interval",
    { restartedBy: "reloader", maxStalenessSeconds: 100 },
    [
      "maxStalenessSeconds: can't be met: it takes up to 160 s (Secret Sync's interval 120 s, the operator 20 s, Reloader 20 s)",
    ],
  ],
])("refused: %s", async (_, { workspace = gke, ...more }, messages) => {
  expect(await faultsOnGke({ ...sync, workspace, ...more })).toEqual(messages);
});

test.each<[string, More]>([
  ["variables of a CronJob, which begins with what is there", { workload: "CronJob" }],
  ["a single file of a Job", { env: {}, files: { "/a.pem": { asFile: { secret: "a" } } }, workload: "Job" }],
  [
    "a certificate whose fields are no keys",
    { env: {}, tls: [{ secret: "a", certificateField: "a_b", keyField: "c_d" }] },
  ],
  ["files within five minutes", { env: {}, files: { "/a": { secrets: ["a"] } }, maxStalenessSeconds: 300 }],
])("accepted: %s", async (_, more) => {
  expect(await faultsOnGke({ ...sync, ...more })).toEqual([]);
});

test("each key is a read in each interval, however many pods there are", async () => {
  const everyTwoMinutes = (30 * 86_400) / 120;
  // a, db.user, pw, the registry, the certificate and its key
  expect((await boundOnGke(all)).result.estimatedApiCallsPerMonth).toBe(6 * everyTwoMinutes);
});

/** As the definition of SecretSync has it, in a language whose expressions take linear time. */
const upstream = /^[A-Za-z0-9.]([-A-Za-z0-9]+([-._a-zA-Z0-9]?[A-Za-z0-9])*)?$/;
test("what is taken for a key is what SecretSync takes", () => {
  const text = fc.array(fc.constantFrom("a", "B", "0", ".", "_", "-"), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, (letters) => isSyncPath(letters.join("")) === upstream.test(letters.join(""))),
    { numRuns: 5_000 },
  );
  expect([isSyncPath("a".repeat(253)), isSyncPath("a".repeat(254)), isSyncPath(`${"a".repeat(200)}_`)]).toEqual([
    true,
    false,
    false,
  ]);
});
