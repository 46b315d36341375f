import { shortHash } from "../../../components/binding/delivered";
import { DeploymentBinding, Secret, type WorkspaceRef } from "../../../index";
import type { More } from "../../support/bindings";
import { gcpRef, projectId } from "../../support/gcp";
import { boundOnGke, faultsOnGke, gcpAnswers, gke, withAddOn } from "../../support/gke";
import { attempt, only } from "../../support/mocks";

const classType = "kubernetes:secrets-store.csi.x-k8s.io/v1:SecretProviderClass";
const csi = { delivery: "csi" } as const;
const files: More = {
  env: {},
  files: {
    "/etc/keys": {
      secrets: ["a"],
      items: { "db/user": { secret: "db", field: "user-name", mode: "0400" }, pw: { secret: "db", field: "pw" } },
    },
  },
};
const latest = (name: string, place = "") =>
  `projects/${projectId}/${place}secrets/vantedge--production--${name}/versions/latest`;

/** The specification of a class, with its entries read from their JSON. */
async function classOf(name: string, more: More) {
  const { resources, result } = await boundOnGke({ ...csi, ...more });
  const { spec } = only(resources, classType, `agent--${name}-class`).inputs as {
    spec: { parameters: { secrets: string } };
  };
  return { spec: { ...spec, parameters: JSON.parse(spec.parameters.secrets) }, given: spec.parameters, result };
}

test.each<[string, WorkspaceRef, string, string]>([
  ["the open-source driver", gke, "gcp", "secrets-store.csi.k8s.io"],
  ["GKE's add-on", withAddOn, "gke", "secrets-store-gke.csi.k8s.io"],
])(
  "files by %s: an entry for each, of a field its key, and the whole of a secret where it is asked for only",
  async (...of) => {
    const [, workspace, provider, driver] = of;
    const name = `agent-${shortHash("/etc/keys")}`;
    const { spec, given, result } = await classOf(name, { ...files, workspace });
    expect(spec).toEqual({
      provider,
      parameters: [
        { resourceName: latest("a"), path: "a", mode: 0o440 },
        { resourceName: latest("db"), path: "db/user", mode: 0o400, extractJSONKey: "user-name" },
        { resourceName: latest("db"), path: "pw", mode: 0o440, extractJSONKey: "pw" },
      ],
    });
    // The provider takes `auth` as well, and another identity with it.
    expect(Object.keys(given)).toEqual(["secrets"]);
    expect(result.volumes).toEqual([
      {
        name: `vantedge-${shortHash("/etc/keys")}`,
        csi: { driver, readOnly: true, volumeAttributes: { secretProviderClass: name } },
      },
    ]);
    expect(result.serviceAccountName).toBe("agent-reader");
  },
);

test("regional secrets are named with their location", async () => {
  const { spec } = await classOf(`agent-${shortHash("/etc/keys")}`, {
    ...files,
    workspace: { ...gke, location: "europe-west3" },
  });
  expect(spec.parameters[0].resourceName).toBe(latest("a", "locations/europe-west3/"));
});

test("variables: the open-source driver keeps a Secret of what a pod mounts", async () => {
  const env = { A: { secret: "a" }, USER: { secret: "db", field: "user" }, SAME: { secret: "db", field: "user" } };
  const { spec, result } = await classOf("agent", { env });
  expect(spec).toEqual({
    provider: "gcp",
    parameters: [
      { resourceName: latest("a"), path: "a", mode: 0o400 },
      { resourceName: latest("db"), path: "db.user", mode: 0o400, extractJSONKey: "user" },
    ],
    secretObjects: [
      { secretName: "agent-a", type: "Opaque", data: [{ objectName: "a", key: "value" }] },
      { secretName: "agent-db", type: "Opaque", data: [{ objectName: "db.user", key: "user" }] },
    ],
  });
  expect(result.env[1]).toEqual({ name: "USER", valueFrom: { secretKeyRef: { name: "agent-db", key: "user" } } });
});

test.each<[string, More]>([
  ["a Deployment's", {}],
  ["a CronJob's, with one reason", { workload: "CronJob" }],
])("GKE's add-on keeps no Secrets for variables: %s", async (_, more) => {
  expect(await faultsOnGke({ ...csi, workspace: withAddOn, ...more })).toEqual([
    'env: delivery "csi" by GKE\'s Secret Manager add-on keeps no Secrets for variables: bind files, or use "gke-sync"',
  ]);
  expect(await faultsOnGke({ ...csi, ...files, workspace: withAddOn, ...more })).toEqual([]);
});

test("what reads the latest does not serve a secret that is pinned to another", async () => {
  for (const delivery of ["csi", "gke-sync"] as const) {
    const { errors } = await attempt(
      () => {
        const secret = new Secret("a", { workspace: gcpRef, pinVersion: "5" });
        new DeploymentBinding("agent", { workspace: gke, delivery, ...files }, { dependsOn: secret });
      },
      { calls: gcpAnswers },
    );
    expect(errors).toEqual([
      `DeploymentBinding "agent": files./etc/keys/a: secret "a" is pinned to a version, and delivery "${delivery}" reads the latest: use "external-secrets", or unpin it`,
    ]);
  }
});

const everyTwoMinutes = (30 * 86_400) / 120;
test.each<[string, More, number]>([
  ["three entries of two secrets, in ten pods", { ...files, expectedPods: 10 }, 30 * everyTwoMinutes],
  [
    "a secret in two directories",
    { env: {}, files: { "/a": { secrets: ["a"] }, "/b": { secrets: ["a"] } } },
    2 * everyTwoMinutes,
  ],
  ["two variables of one field", { env: { A: { secret: "a" }, B: { secret: "a" } } }, everyTwoMinutes],
])("each entry is a read of each pod: %s", async (_, more, calls) => {
  const { result } = await boundOnGke({ ...csi, ...more });
  expect(result.estimatedApiCallsPerMonth).toBe(calls);
  expect(result.estimatedMonthlyPrice).toBeCloseTo((calls / 10_000) * 0.03, 4);
});
