import {
  fieldManagerOf,
  isKnown,
  nameOfId,
  namespaceOfId,
  objectOf,
  withApiVersionAndKind,
} from "../../../local/providers/kubernetes/object";
import { type Properties, unknown } from "../../../local/providers/provider";

const resource = (type: string) => ({ urn: `urn:pulumi:dev::p::${type}::x`, type, name: "x" });

test.each([
  ["kubernetes:core/v1:Secret", "v1", "Secret"],
  ["kubernetes:apps/v1:Deployment", "apps/v1", "Deployment"],
  ["kubernetes:rbac.authorization.k8s.io/v1:Role", "rbac.authorization.k8s.io/v1", "Role"],
])("%s says version and kind where the inputs do not", (type, apiVersion, kind) => {
  expect(withApiVersionAndKind(resource(type), {})).toEqual({ apiVersion, kind });
  const given = { apiVersion: "example.com/v1", kind: "Thing" };
  expect(withApiVersionAndKind(resource(type), given)).toEqual(given);
});

test("stringData is sent as data, and wins over it as the API server has it", () => {
  const inputs: Properties = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "x" },
    data: { a: "YQ==" },
    stringData: { a: "b", c: unknown },
  };
  expect(objectOf(inputs)).toEqual({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "x" },
    data: { a: "Yg==", c: unknown },
  });
});

test("an unknown anywhere makes the whole not known", () => {
  expect(isKnown({ a: [{ b: null }] })).toBe(true);
  expect(isKnown({ a: [{ b: unknown }] })).toBe(false);
});

test("an id is NAMESPACE/NAME, or the name alone", () => {
  expect([namespaceOfId("n/x"), nameOfId("n/x")]).toEqual(["n", "x"]);
  expect([namespaceOfId("x"), nameOfId("x")]).toEqual([undefined, "x"]);
});

test("every resource is a field manager of its own, always the same", () => {
  const one = fieldManagerOf(resource("kubernetes:core/v1:Secret"));
  expect(one).toMatch(/^pulumi-kubernetes-[0-9a-f]{8}$/);
  expect(fieldManagerOf(resource("kubernetes:core/v1:Secret"))).toBe(one);
  expect(fieldManagerOf(resource("kubernetes:core/v1:ConfigMap"))).not.toBe(one);
});
