import { DeploymentBinding, type DeploymentBindingArgs, Secret, type WorkspaceRef } from "../../../index";
import { gcpCalls, gcpRef } from "../../support/gcp";
import { attempt, type Calls, named, only, run } from "../../support/mocks";

const storeType = "kubernetes:external-secrets.io/v1:SecretStore";
const externalType = "kubernetes:external-secrets.io/v1:ExternalSecret";
const workspace: WorkspaceRef = {
  ...gcpRef,
  namespace: "apps",
  cluster: {
    gke: { projectId: "ai-clusters", projectNumber: "999999999999", location: "europe-west3", clusterName: "main" },
  },
};
const versions = {
  ...gcpCalls,
  "gcp:secretmanager/getSecret:getSecret": () => ({}),
  "gcp:secretmanager/getSecretVersion:getSecretVersion": () => ({
    version: "7",
    createTime: "2026-01-01",
    enabled: true,
  }),
};

const bind = (more: Partial<DeploymentBindingArgs>, calls: Calls = {}) =>
  run(
    () => {
      new DeploymentBinding("agent", { workspace, ...more });
    },
    { calls: { ...versions, ...calls } },
  );

const spec = async (more: Partial<DeploymentBindingArgs>, calls: Calls = {}) =>
  only((await bind(more, calls)).resources, externalType).inputs.spec as {
    data?: object[];
    dataFrom?: object[];
    target: { name: string; template: { data?: Record<string, string>; metadata: object } };
  };

test("the store reads in the workspace's project with the binding's own identity, and asks no metadata server", async () => {
  const { resources } = await bind({ env: { A: { secret: "a" } } });
  expect(only(resources, storeType).inputs.spec).toEqual({
    provider: {
      gcpsm: {
        projectID: "ai-startup-production",
        auth: {
          workloadIdentity: {
            clusterProjectID: "ai-clusters",
            clusterLocation: "europe-west3",
            clusterName: "main",
            serviceAccountRef: { name: "agent-reader" },
          },
        },
      },
    },
  });
});

test("of regional secrets it knows the place", async () => {
  const regional = { ...workspace, location: "europe-west3" };
  const { resources } = await run(
    () => {
      new DeploymentBinding("agent", { workspace: regional, files: { "/s": { secrets: ["a"] } } });
    },
    {
      calls: {
        ...gcpCalls,
        "gcp:secretmanager/getRegionalSecret:getRegionalSecret": () => ({}),
        "gcp:secretmanager/getRegionalSecretVersion:getRegionalSecretVersion": () => ({
          version: "1",
          createTime: "t",
        }),
      },
    },
  );
  expect(only(resources, storeType).inputs.spec).toMatchObject({ provider: { gcpsm: { location: "europe-west3" } } });
});

const remoteRef = {
  key: "vantedge--production--db",
  conversionStrategy: "Default",
  decodingStrategy: "None",
  metadataPolicy: "None",
};
const once = [{ secretKey: "value", remoteRef }];

test("a whole value is read as it is", async () => {
  const { data, target } = await spec({ env: { A: { secret: "db" } } });
  expect(data).toEqual(once);
  expect(target.template).not.toHaveProperty("data");
});

test("all fields of a secret are one read", async () => {
  const { data, target } = await spec({
    env: { USER: { secret: "db", field: "username" }, URL: { secret: "db", template: "pg://{{user-name}}@{{host}}" } },
    files: { "/etc/db": { items: { password: { secret: "db", field: "password" }, all: { secret: "db" } } } },
  });
  expect(data).toEqual(once);
  const texts = target.template.data as Record<string, string>;
  expect(Object.keys(texts).sort()).toEqual(["password", expect.stringMatching(/^template\./), "username", "value"]);
  expect(texts.value).toBe("{{ .value }}");
});

/** What the operator makes of it is seen in test/engine/externalSecrets.gcp.test.ts. */
test("a field is taken out by a template that fails where it can't, with nothing of the value in what it says", async () => {
  const { target } = await spec({ env: { USER: { secret: "db", field: "user-name" } } });
  const value = '(index $fields "user-name")';
  expect(target.template.data).toEqual({
    "user-name":
      '{{ $fields := fromJson .value }}{{ if not (kindIs "map" $fields) }}{{ fail "the value is not made of fields" }}{{ end }}' +
      '{{ if not (hasKey $fields "user-name") }}{{ fail "the value has no field user-name" }}{{ end }}' +
      `{{ if and (kindIs "float64" ${value}) (or (gt ${value} 9007199254740991.0) (lt ${value} -9007199254740991.0)) }}` +
      '{{ fail "field user-name is a number with too many digits: make it a text" }}{{ end }}' +
      `{{ (ternary ${value} (toRawJson ${value}) (kindIs "string" ${value})) }}`,
  });
});

test("all fields as variables are one read too, as the operator takes them apart", async () => {
  const { data, dataFrom } = await spec({ envFrom: [{ secret: "db" }] });
  expect(data).toBeUndefined();
  expect(dataFrom).toEqual([{ extract: remoteRef, rewrite: [{ regexp: { source: "[^a-zA-Z0-9_]", target: "_" } }] }]);
});

test("a pinned version is asked for by its number, and again where it is another of that number", async () => {
  const pinned = async (createTime: string) => {
    const answer = { version: "7", createTime, destroyTime: "", enabled: true };
    const calls = { "gcp:secretmanager/getSecretVersion:getSecretVersion": () => answer };
    return spec({ env: { A: { secret: "db" } }, freshness: "pinned" }, calls);
  };
  const [one, again] = [await pinned("2026-01-01T00:00:00Z"), await pinned("2026-02-01T00:00:00Z")];
  expect(one.data).toEqual([{ secretKey: "value", remoteRef: { ...remoteRef, version: "7" } }]);
  // A secret that was deleted and made again has a version 7 again one day, and that is another value.
  expect(one.target.template.metadata).not.toEqual(again.target.template.metadata);
});

describe("a secret whose new version disables the one before", () => {
  const program = (freshness?: "pinned") => () => {
    const db = new Secret("db", { workspace, value: "v", gcp: { previousVersion: "disable" } });
    const args = { workspace, env: { A: { secret: "db" } }, ...(freshness === undefined ? {} : { freshness }) };
    new DeploymentBinding("agent", args, { dependsOn: [db] });
  };

  test("is not bound to one version", async () => {
    const { errors } = await attempt(program("pinned"), { calls: versions });
    expect(errors).toEqual([
      'DeploymentBinding "agent": freshness: "pinned" sends pods to one version, and of db it is disabled as soon as there is ' +
        'a new one: set gcp.previousVersion: "keep" there, or freshness: "latest"',
    ]);
  });

  test("is delivered as it is, by itself", async () => {
    const { resources } = await run(program(), { calls: versions });
    expect(Object.values(named(resources, externalType))[0]?.inputs.spec).toMatchObject({ refreshPolicy: "Periodic" });
  });
});
