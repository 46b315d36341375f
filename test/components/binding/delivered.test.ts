import { randomUUID } from "node:crypto";
import { deliveredSecrets, keyOf, nameOf, shortHash } from "../../../components/binding/delivered";
import { referencesOf } from "../../../components/binding/references";

test("a hash is the beginning of the SHA-256", () => {
  expect(shortHash("1")).toBe("6b86b273");
});

test("ids that begin alike, as those of one secret do, end differently", () => {
  const ids = Array.from({ length: 1000 }, () => `terraform-${randomUUID()}`);
  expect(new Set(ids.map(shortHash)).size).toBe(1000);
});

test("each form of a bound secret is one Kubernetes Secret, with the keys that are used and no others", () => {
  const template = "{{user}}@{{host}}";
  const references = referencesOf({
    env: { A: { secret: "db", field: "user" }, B: { secret: "db", template }, C: { secret: "token" } },
    files: {
      "/a": { secrets: ["token"], items: { b: { secret: "db", template } } },
      "/x/y": { asFile: { secret: "one" } },
    },
    envFrom: [{ secret: "db" }, { secret: "db", prefix: "X_" }],
    imagePullSecrets: [{ secret: "registry" }],
    tls: [{ secret: "gateway", keyField: "privateKey" }],
    secrets: ["read-at-run-time"],
  });
  const key = keyOf({ template });
  const delivered = deliveredSecrets(references);
  expect(delivered).toEqual([
    { secretName: "db", form: "keys", keys: { user: { field: "user" }, [key]: { template } } },
    { secretName: "token", form: "keys", keys: { value: {} } },
    { secretName: "one", form: "keys", keys: { value: {} } },
    { secretName: "db", form: "env", keys: undefined },
    { secretName: "registry", form: "pull", keys: { ".dockerconfigjson": {} } },
    {
      secretName: "gateway",
      form: "tls",
      keys: { "tls.crt": { field: "certificate" }, "tls.key": { field: "privateKey" } },
    },
  ]);
  expect(delivered.map((one) => nameOf("agent", one))).toEqual([
    "agent-db",
    "agent-token",
    "agent-one",
    "agent-db--env",
    "agent-registry--pull",
    "agent-gateway--tls",
  ]);
});
