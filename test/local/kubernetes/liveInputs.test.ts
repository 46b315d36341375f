import { importedInputs, liveInputs } from "../../../local/providers/kubernetes/liveInputs";
import type { KubernetesObject } from "../../../local/providers/kubernetes/object";
import type { Properties } from "../../../local/providers/provider";

const base = { apiVersion: "v1", kind: "Thing" };
const object = (fields: Properties, metadata: Properties = {}): KubernetesObject =>
  ({
    ...base,
    ...fields,
    metadata: { name: "x", uid: "1", resourceVersion: "2", ...metadata },
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

test("items of a list are told apart by their place, as the official provider does", () => {
  const container = { name: "app", image: "a:1", env: [{ name: "A", value: "1" }] };
  const given = inputs({ spec: { containers: [container] } });
  const written = object({ spec: { containers: [{ ...container, pullPolicy: "Always" }] } });
  const drift = (...containers: Properties[]) => liveInputs(given, written, object({ spec: { containers } }));
  const withContainers = (...containers: Properties[]) => inputs({ spec: { containers } });
  expect(drift({ ...container, image: "a:2" })).toEqual(withContainers({ ...container, image: "a:2" }));
  expect(drift()).toEqual(withContainers());
  const sidecar = { name: "sidecar", image: "s:1" };
  expect(drift(container, sidecar)).toEqual(given);
  expect(drift(sidecar, container)).toEqual(withContainers(sidecar));
});

test("what somebody appends to a list is not seen, wherever the list is", () => {
  const rule = { resources: ["secrets"], verbs: ["get"] };
  const given = inputs({ rules: [rule], subjects: [{ name: "viewers" }] });
  const written = object({ rules: [rule], subjects: [{ name: "viewers" }] });
  const appended = object({
    rules: [
      { ...rule, verbs: ["get", "delete"] },
      { ...rule, verbs: ["*"] },
    ],
    subjects: [{ name: "viewers" }, { name: "everybody" }],
  });
  expect(liveInputs(given, written, appended)).toEqual(given);
  const removed = object({ rules: [], subjects: [{ name: "everybody" }] });
  expect(liveInputs(given, written, removed)).toEqual(inputs({ rules: [], subjects: [{ name: "everybody" }] }));
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
