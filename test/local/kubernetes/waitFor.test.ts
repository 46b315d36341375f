import type { KubernetesObject } from "../../../local/providers/kubernetes/object";
import { awaitedConditions, timeoutOf, unmet } from "../../../local/providers/kubernetes/waitFor";
import { type Properties, unknown } from "../../../local/providers/provider";

const annotated = (annotations: Properties, kind = "ExternalSecret"): Properties => ({
  kind,
  metadata: { name: "x", annotations },
});
const ready = { type: "Ready", status: "True" };
const established = { type: "Established", status: "True" };

test.each([
  ["nothing", annotated({}), []],
  ["a condition", annotated({ "pulumi.com/waitFor": "condition=Ready" }), [ready]],
  ["its status", annotated({ "pulumi.com/waitFor": "condition=Ready=False" }), [{ type: "Ready", status: "False" }]],
  ["several", annotated({ "pulumi.com/waitFor": '["condition=Ready","condition=Established"]' }), [ready, established]],
  ["skipped", annotated({ "pulumi.com/waitFor": "condition=Ready", "pulumi.com/skipAwait": "true" }), []],
  ["not known in a preview", annotated({ "pulumi.com/waitFor": unknown }), []],
  ["a definition", annotated({}, "CustomResourceDefinition"), [established]],
])("what is waited for: %s", (_case, inputs, expected) => {
  expect(awaitedConditions(inputs)).toEqual(expected);
});

test.each([
  ["Ready", 'expected a "jsonpath=" or "condition=" prefix, got "Ready"'],
  ["condition=", 'expected a "jsonpath=" or "condition=" prefix, got "condition="'],
  ["[]", "at least one condition must be specified"],
  ["jsonpath={.status.x}=1", 'the local Kubernetes provider waits for a condition only, not "jsonpath={.status.x}=1"'],
])("what can't be awaited is refused: %s", (annotation, reason) => {
  expect(() => awaitedConditions(annotated({ "pulumi.com/waitFor": annotation }))).toThrow(
    `pulumi.com/waitFor: ${reason}`,
  );
});

test.each([
  [undefined, 600],
  ["5", 5],
  ["soon", 600],
])("a timeout of %s is %d seconds", (given, seconds) => {
  expect(timeoutOf(annotated(given === undefined ? {} : { "pulumi.com/timeoutSeconds": given }), 600)).toBe(seconds);
});

const live = (status: Properties, generation = 1): KubernetesObject => ({
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: { name: "x", generation },
  status,
});
const condition = (fields: Properties) => live({ conditions: [{ type: "Ready", ...fields }] }, 2);

test.each([
  ["no status", live({}), "it has no condition Ready"],
  ["another condition", live({ conditions: [{ type: "Deleted", status: "True" }] }), "it has no condition Ready"],
  ["as asked", condition({ status: "True" }), undefined],
  ["in another case", live({ conditions: [{ type: "ready", status: "true" }] }), undefined],
  ["without a reason", condition({ status: "Unknown" }), "Ready is Unknown, not True"],
  [
    "with a reason",
    condition({ status: "False", reason: "SecretSyncedError", message: "could not get it" }),
    "Ready is False, not True (SecretSyncedError: could not get it)",
  ],
  [
    "of an earlier generation",
    condition({ status: "True", observedGeneration: 1 }),
    "Ready is that of generation 1, and 2 is awaited",
  ],
  [
    "of a status of an earlier generation",
    live({ observedGeneration: 1, conditions: [ready] }, 2),
    "Ready is that of generation 1, and 2 is awaited",
  ],
  ["of this generation", condition({ status: "True", observedGeneration: 2 }), undefined],
])("what an object lacks: %s", (_case, object, lack) => {
  expect(unmet(object, [ready])).toBe(lack);
});

test("of several conditions the first that does not hold is told", () => {
  expect(unmet(live({ conditions: [ready] }), [ready, established])).toBe("it has no condition Established");
});
