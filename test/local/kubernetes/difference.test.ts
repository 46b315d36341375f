import { differenceOf } from "../../../local/providers/kubernetes/difference";
import { type Properties, unknown } from "../../../local/providers/provider";

const immutable = { secrets: false, configMaps: false };
const secret = (fields: Properties, metadata: Properties = {}): Properties => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "s", namespace: "n", ...metadata },
  ...fields,
});
const deployment = (spec: Properties, apiVersion = "apps/v1"): Properties => ({
  apiVersion,
  kind: "Deployment",
  metadata: { name: "d", namespace: "n" },
  spec: { selector: { matchLabels: { app: "d" } }, ...spec },
});

test("equal inputs are no change, in whatever order", () => {
  const olds = secret({ data: { a: "YQ==", b: "Yg==" } });
  const news = secret({ data: { b: "Yg==", a: "YQ==" } });
  expect(differenceOf("n/s", olds, news, immutable)).toEqual({ changed: [], replace: [], deleteBeforeReplace: false });
});

test("stringData is data: moving a value from one to the other is no change", () => {
  const olds = secret({ stringData: { a: "a" } });
  expect(differenceOf("n/s", olds, secret({ data: { a: "YQ==" } }), immutable).changed).toEqual([]);
});

test.each(["data", "type", "immutable"])("a changed %s replaces a Secret of fixed name, the old one first", (field) => {
  const difference = differenceOf("n/s", secret({ [field]: "old" }), secret({ [field]: "new" }), immutable);
  expect(difference).toEqual({ changed: [field], replace: [field], deleteBeforeReplace: true });
});

test("a Secret with an invented name is replaced by another beside it", () => {
  const autonamed = { annotations: { "pulumi.com/autonamed": "true" } };
  const difference = differenceOf(
    "n/s",
    secret({ data: { a: "1" } }, autonamed),
    secret({ data: {} }, autonamed),
    immutable,
  );
  expect(difference).toMatchObject({ replace: ["data"], deleteBeforeReplace: false });
});

test("a mutable Secret is changed in place", () => {
  const difference = differenceOf("n/s", secret({ data: { a: "1" } }), secret({ data: {} }), {
    ...immutable,
    secrets: true,
  });
  expect(difference).toMatchObject({ changed: ["data"], replace: [] });
});

test.each([
  ["name", { name: "other" }],
  ["namespace", { namespace: "other" }],
])("another %s is another object, which can be made first", (_field, metadata) => {
  const difference = differenceOf("n/s", secret({}), secret({}, metadata), immutable);
  expect(difference).toEqual({ changed: ["metadata"], replace: ["metadata"], deleteBeforeReplace: false });
});

test("a namespace that the program does not name is that of the object", () => {
  const unnamed = { apiVersion: "v1", kind: "Secret", metadata: { name: "s" } };
  expect(differenceOf("default/s", unnamed, unnamed, immutable).changed).toEqual([]);
  const named = secret({}, { namespace: "default" });
  expect(differenceOf("default/s", unnamed, named, immutable).changed).toEqual([]);
});

test("labels and replicas change in place, a selector does not", () => {
  const olds = deployment({ replicas: 1 });
  expect(differenceOf("n/d", olds, deployment({ replicas: 2 }), immutable)).toMatchObject({
    changed: ["spec"],
    replace: [],
  });
  const selector = { matchLabels: { app: "other" } };
  expect(differenceOf("n/d", olds, deployment({ replicas: 1, selector }), immutable)).toMatchObject({
    replace: ["spec"],
  });
});

test("another version of a group is the same object, another group is not", () => {
  const olds = deployment({}, "apps/v1beta1");
  expect(differenceOf("n/d", olds, deployment({}), immutable)).toMatchObject({ changed: ["apiVersion"], replace: [] });
  const other = deployment({}, "example.com/v1");
  expect(differenceOf("n/d", olds, other, immutable)).toMatchObject({ replace: ["apiVersion"] });
});

test("an unknown field replaces, an unknown field above it does not", () => {
  const olds = deployment({});
  const unknownSpec: Properties = { ...olds, spec: unknown };
  expect(differenceOf("n/d", olds, unknownSpec, immutable)).toMatchObject({ changed: ["spec"], replace: [] });
  expect(differenceOf("n/s", secret({ data: {} }), secret({ data: unknown }), immutable)).toMatchObject({
    replace: ["data"],
  });
});
