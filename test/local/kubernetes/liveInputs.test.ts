import { importedInputs, liveInputs } from "../../../local/providers/kubernetes/liveInputs";
import type { KubernetesObject } from "../../../local/providers/kubernetes/object";
import type { Properties } from "../../../local/providers/provider";

/** What a manager owns: containers are told apart by name, their env too; rules of a Role are one value. */
const managedFields = [
  {
    manager: "pulumi",
    fieldsV1: {
      "f:spec": {
        "f:containers": { 'k:{"name":"app"}': { "f:image": {}, "f:env": { 'k:{"name":"A"}': { "f:value": {} } } } },
      },
      "f:rules": {},
      "f:metadata": { "f:finalizers": { 'v:"example.com/keep"': {} } },
    },
  },
];
const base = { apiVersion: "v1", kind: "Thing" };
const object = (fields: Properties, metadata: Properties = {}): KubernetesObject =>
  ({
    ...base,
    ...fields,
    metadata: { name: "x", uid: "1", resourceVersion: "2", managedFields, ...metadata },
  }) as KubernetesObject;
const inputs = (fields: Properties): Properties => ({ ...base, metadata: { name: "x" }, ...fields });

test("what others set is left out", () => {
  const given = inputs({ spec: { replicas: 1 } });
  const live = object(
    { spec: { replicas: 1, strategy: "Rolling" }, status: { ready: 1 } },
    { labels: { foreign: "1" } },
  );
  expect(liveInputs(given, live, live)).toEqual(given);
  expect(liveInputs(given, {}, live)).toEqual(given);
});

test("a canonical form of the API server is no drift, an edit is", () => {
  const given = inputs({ spec: { cpu: "1000m" } });
  const written = object({ spec: { cpu: "1" } });
  expect(liveInputs(given, written, object({ spec: { cpu: "1" } }))).toEqual(given);
  expect(liveInputs(given, written, object({ spec: { cpu: "2" } }))).toEqual(inputs({ spec: { cpu: "2" } }));
});

test("a field that is gone is gone, an empty one never was there", () => {
  const given = inputs({ metadata: { name: "x", labels: { a: "1", b: "2" }, annotations: {} } });
  const written = object({}, { labels: { a: "1", b: "2" } });
  expect(liveInputs(given, written, object({}, { labels: { b: "2" } }))).toMatchObject({
    metadata: { name: "x", labels: { b: "2" }, annotations: {} },
  });
});

test("items with a key are found by it, and those that others added are left out", () => {
  const container = { name: "app", image: "a:1", env: [{ name: "A", value: "1" }] };
  const given = inputs({ spec: { containers: [container] } });
  const written = object({ spec: { containers: [{ ...container, pullPolicy: "Always" }] } });
  const sidecar = { name: "sidecar", image: "s:1" };
  const added = {
    ...container,
    env: [
      { name: "X", value: "x" },
      { name: "A", value: "1" },
    ],
  };
  expect(liveInputs(given, written, object({ spec: { containers: [sidecar, added] } }))).toEqual(given);
  const edited = { ...added, image: "a:2" };
  expect(liveInputs(given, written, object({ spec: { containers: [sidecar, edited] } }))).toEqual(
    inputs({ spec: { containers: [{ ...container, image: "a:2" }] } }),
  );
  expect(liveInputs(given, written, object({ spec: { containers: [sidecar] } }))).toEqual(
    inputs({ spec: { containers: [] } }),
  );
});

test("a list that is one value is taken as it is", () => {
  const given = inputs({ rules: [{ verbs: ["get"] }] });
  const written = object({ rules: [{ verbs: ["get"] }] });
  const rules = [{ verbs: ["get"] }, { verbs: ["*"] }];
  expect(liveInputs(given, written, object({ rules }))).toEqual(inputs({ rules }));
});

test("items of a set are found by value", () => {
  const finalizers = ["example.com/keep"];
  const given = inputs({ metadata: { name: "x", finalizers } });
  const written = object({}, { finalizers });
  const live = object({}, { finalizers: ["foreground", "example.com/keep"] });
  expect(liveInputs(given, written, live)).toMatchObject({ metadata: { finalizers } });
});

test("stringData comes back as text, data as it is", () => {
  const given = { ...inputs({ stringData: { a: "one" }, data: { b: "dHdv" } }), kind: "Secret" };
  const written = { ...object({ data: { a: "b25l", b: "dHdv" } }), kind: "Secret" };
  expect(liveInputs(given, written, written)).toEqual(given);
  const live = { ...object({ data: { a: "ZWRpdGVk", b: "dHdv", c: "Zm9yZWlnbg==" } }), kind: "Secret" };
  expect(liveInputs(given, written, live)).toEqual({ ...given, stringData: { a: "edited" } });
});

test("an import takes over all that is not the server's", () => {
  const live = object({ data: { a: "1" }, status: {} }, { labels: { a: "1" } });
  expect(importedInputs(live)).toEqual({ ...base, data: { a: "1" }, metadata: { name: "x", labels: { a: "1" } } });
});
